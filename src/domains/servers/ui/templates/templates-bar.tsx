"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { DownloadIcon, EllipsisIcon, FileUpIcon, Trash2Icon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { type ServerTemplate, type TemplateFile, templateFileSchema } from "../../template-contract";
import type { CreateForm } from "../create/create-form-schema";
import { applyTemplate } from "./apply-template";

/** One's templates above the create form: to begin with, to keep as files, to throw away. */
export function TemplatesBar({ onUse }: { onUse: (values: CreateForm) => void }) {
  const t = useTranslations("imports.templates");
  const trpc = useTRPC();
  const client = useQueryClient();
  const inputId = useId();
  const onError = useToastError();
  const [leaving, setLeaving] = useState<ServerTemplate | null>(null);
  const { data: templates = [] } = useQuery(trpc.servers.listTemplates.queryOptions());
  const refresh = () => void client.invalidateQueries({ queryKey: trpc.servers.listTemplates.queryKey() });
  const add = useMutation(trpc.servers.createTemplate.mutationOptions({ onError, onSuccess: refresh }));
  const remove = useMutation(trpc.servers.deleteTemplate.mutationOptions({ onError, onSuccess: refresh }));

  const read = async (file: File) => {
    const parsed = templateFileSchema.safeParse(await readJson(file));
    if (!parsed.success) return void toast.error(t("badFile"));
    const { name, description, settings } = parsed.data;
    add.mutate({ name, description, settings }, { onSuccess: () => void toast.success(t("added", { name })) });
  };
  return (
    <section aria-label={t("title")} className="mb-4 flex flex-wrap items-center gap-2">
      {templates.length > 0 && <span className="text-sm text-muted-foreground">{t("title")}</span>}
      {templates.map((template) => (
        <span key={template.id} className="inline-flex rounded-md border">
          <Button
            variant="ghost"
            size="sm"
            title={template.description || undefined}
            className="max-w-56 rounded-r-none max-md:h-11"
            onClick={() => {
              onUse(applyTemplate(template.settings));
              toast.success(t("used", { name: template.name }));
            }}
          >
            <span className="truncate">{template.name}</span>
          </Button>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={t("menu", { name: template.name })}
                className="rounded-l-none max-md:size-11"
              >
                <EllipsisIcon aria-hidden="true" />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={() => saveFile(template)} className="max-md:min-h-11">
                <DownloadIcon />
                {t("save")}
              </DropdownMenuItem>
              <DropdownMenuItem variant="destructive" onSelect={() => setLeaving(template)} className="max-md:min-h-11">
                <Trash2Icon />
                {t("delete")}
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        </span>
      ))}
      <span className="ml-auto flex flex-wrap gap-2">
        <Button asChild variant="outline" size="sm" className="cursor-pointer max-md:h-11">
          <label htmlFor={inputId}>
            <FileUpIcon aria-hidden="true" />
            {t("open")}
            <input
              id={inputId}
              type="file"
              accept=".json,application/json"
              className="sr-only"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file) void read(file);
                target.value = "";
              }}
            />
          </label>
        </Button>
        <Button asChild variant="outline" size="sm" className="max-md:h-11">
          <Link href="/servers/import">{t("import")}</Link>
        </Button>
      </span>
      {leaving && (
        <ConfirmDialog
          title={t("deleteTitle", { name: leaving.name })}
          text={t("deleteText")}
          action={t("delete")}
          onConfirm={() => remove.mutate({ templateId: leaving.id })}
          onClose={() => setLeaving(null)}
        />
      )}
    </section>
  );
}

async function readJson(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    return null;
  }
}

function saveFile({ name, description, settings }: ServerTemplate): void {
  const file: TemplateFile = { format: "mcsd-server-template", formatVersion: 1, name, description, settings };
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N}-]+/gu, "-")}.mcsd-template.json`;
  link.click();
  URL.revokeObjectURL(url);
}
