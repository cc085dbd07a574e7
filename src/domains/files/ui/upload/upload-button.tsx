"use client";

import { FolderUpIcon, UploadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { collectChosen } from "./collect-files";
import { uploads } from "./use-uploads";

/** Files, or a whole folder, from the computer into this folder of the server. */
export function UploadButton({ serverId, folder }: { serverId: string; folder: string }) {
  const t = useTranslations("files.upload");
  const files = useRef<HTMLInputElement>(null);
  const folders = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    if (input.files) uploads.add(serverId, folder, collectChosen(input.files));
    input.value = "";
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="outline" className="max-md:h-11">
            <UploadIcon />
            {t("button")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => files.current?.click()} className="max-md:min-h-11">
            <UploadIcon />
            {t("files")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => folders.current?.click()} className="max-md:min-h-11">
            <FolderUpIcon />
            {t("folder")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <input ref={files} type="file" multiple hidden aria-label={t("files")} onChange={({ target }) => take(target)} />
      <input
        ref={(input) => {
          input?.setAttribute("webkitdirectory", "");
          folders.current = input;
        }}
        type="file"
        hidden
        aria-label={t("folder")}
        onChange={({ target }) => take(target)}
      />
    </>
  );
}
