"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ImageIcon, Trash2Icon } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useToastError } from "@/components/use-toast-error";
import { useFileRights } from "@/domains/files/ui/use-file-rights";
import { useTRPC, useTRPCClient } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../../contract";
import { ServerIcon } from "../../server-icon";
import { putIcon } from "./put-icon";
import { readImage } from "./read-image";

const CropDialog = dynamic(() => import("./crop-dialog"), { ssr: false });

/** The picture beside the server's name: shown, cut from any image, and taken away. */
export function IconCard({ server }: { server: Server }) {
  const t = useTranslations("files.properties.icon");
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const rights = useFileRights(server);
  const onError = useToastError();
  const input = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState<string | null>(null);
  const { data } = useQuery(trpc.servers.icon.queryOptions({ serverId: server.id }));
  const onSettled = () => client.invalidateQueries({ queryKey: trpc.servers.icon.queryKey({ serverId: server.id }) });
  const put = useMutation({
    mutationFn: (icon: Blob) => putIcon(server.id, icon),
    onSuccess: () => {
      setSource(null);
      toast.success(t("saved"));
    },
    onError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => api.files.delete.mutate({ serverId: server.id, path: "server-icon.png" }),
    onSuccess: () => void toast.success(t("removed")),
    onError,
    onSettled,
  });
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? [];
    // The same file can be chosen again.
    currentTarget.value = "";
    if (file) readImage(file).then(setSource, () => void toast.error(t("notImage")));
  };
  return (
    <Card id="icon" className="gap-4">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center gap-3">
        <ServerIcon server={server} label={t("present")} className="size-16" />
        {rights.upload && (
          <>
            <input ref={input} type="file" accept="image/*" hidden aria-label={t("choose")} onChange={choose} />
            <Button variant="outline" onClick={() => input.current?.click()} className="max-md:h-11">
              <ImageIcon />
              {t("choose")}
            </Button>
          </>
        )}
        {rights.delete && data?.icon && (
          <Button variant="outline" disabled={remove.isPending} onClick={() => remove.mutate()} className="max-md:h-11">
            <Trash2Icon />
            {t("remove")}
          </Button>
        )}
      </CardContent>
      {source && (
        <CropDialog
          source={source}
          isSaving={put.isPending}
          onSave={(icon) => put.mutate(icon)}
          onClose={() => setSource(null)}
        />
      )}
    </Card>
  );
}
