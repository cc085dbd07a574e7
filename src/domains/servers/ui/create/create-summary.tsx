"use client";

import { useLocale, useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { formatBytes } from "@/lib/format-bytes";
import { formatAddress } from "../format-address";
import { TypeIcon } from "../server-icon";
import { useHostname } from "../use-hostname";
import type { CreateForm } from "./create-form-schema";
import { useVersions } from "./use-versions";

/** What will happen on "create", in sentences that follow the form. */
export function CreateSummary() {
  const t = useTranslations("create.summary");
  const types = useTranslations("versions.types");
  const locale = useLocale();
  const hostname = useHostname();
  const { control } = useFormContext<CreateForm>();
  const [type, version, build, memoryMb, port, name] = useWatch({
    control,
    name: ["type", "version", "build", "memoryMb", "port", "name"],
  });
  const { versions } = useVersions(type);
  const entry = versions.find((known) => known.version === version && known.build === build);
  const isPortKnown = Number.isInteger(port);
  const lines = [
    type === "custom"
      ? t("ownJar")
      : entry?.sizeBytes
        ? t("download", { what: `${types(type)} ${version}`, size: formatBytes(entry.sizeBytes, locale) })
        : t("noVersion"),
    Number.isNaN(memoryMb) ? null : t("memory", { size: formatBytes(memoryMb * 1024 * 1024, locale) }),
    isPortKnown && hostname ? t("address", { address: formatAddress(hostname, port) }) : null,
    t("stopped"),
  ].filter((line) => line !== null);
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3">
        <TypeIcon type={type} />
        <div className="min-w-0">
          <p className="truncate font-medium">{name.trim() || t("unnamed")}</p>
          <p className="truncate text-xs text-muted-foreground">
            {types(type)} {version}
          </p>
        </div>
      </div>
      <ul className="grid list-disc gap-1.5 pl-4 text-sm text-muted-foreground marker:text-primary">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
