"use client";

import {
  FilePlusIcon,
  FolderPlusIcon,
  FunnelIcon,
  PanelLeftIcon,
  PlusIcon,
  SearchIcon,
  Trash2Icon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import type { FileRights } from "../use-file-rights";

interface FileToolbarProps {
  rights: FileRights;
  filter: string;
  onFilter: (filter: string) => void;
  /** From the filter into the list. */
  onList: () => void;
  onNew: (kind: "file" | "folder") => void;
  onSearch: () => void;
  onTrash: () => void;
  hasTree: boolean;
  onTree: (hasTree: boolean) => void;
  /** The upload's own button. */
  upload: ReactNode;
}

/** What is done with the folder as a whole. */
export function FileToolbar(props: FileToolbarProps) {
  const { rights, filter, onFilter, hasTree } = props;
  const t = useTranslations("files.manager");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        variant="outline"
        size="icon"
        aria-label={t("tree.show")}
        aria-pressed={hasTree}
        title={t("tree.show")}
        onClick={() => props.onTree(!hasTree)}
        className="max-lg:hidden"
      >
        <PanelLeftIcon />
      </Button>
      <search className="relative min-w-40 flex-1 md:max-w-72">
        <FunnelIcon
          aria-hidden="true"
          className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          data-page-search
          value={filter}
          onChange={({ target }) => onFilter(target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Escape") onFilter("");
            if (event.key !== "ArrowDown" && event.key !== "Enter") return;
            event.preventDefault();
            props.onList();
          }}
          aria-label={t("filter.label")}
          placeholder={t("filter.placeholder")}
          aria-keyshortcuts="/"
          maxLength={200}
          className="pl-9 max-md:h-11"
        />
      </search>
      <div className="ml-auto flex items-center gap-2">
        <Button variant="outline" onClick={props.onSearch} className="max-md:size-11 max-md:px-0">
          <SearchIcon />
          <span className="max-md:sr-only">{t("search")}</span>
        </Button>
        <Button variant="outline" onClick={props.onTrash} className="max-md:size-11 max-md:px-0">
          <Trash2Icon />
          <span className="max-md:sr-only">{t("trash")}</span>
        </Button>
        {rights.edit && (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="outline" className="max-md:size-11 max-md:px-0">
                <PlusIcon />
                <span className="max-md:sr-only">{t("new")}</span>
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={() => props.onNew("folder")} className="max-md:min-h-11">
                <FolderPlusIcon />
                {t("actions.newFolder")}
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={() => props.onNew("file")} className="max-md:min-h-11">
                <FilePlusIcon />
                {t("actions.newFile")}
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        )}
        {props.upload}
      </div>
    </div>
  );
}
