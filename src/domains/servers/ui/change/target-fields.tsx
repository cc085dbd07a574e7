"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { type AvailableServerType, availableServerTypes, type VersionEntry } from "@/domains/versions/contract";
import type { Server } from "../../contract";
import { useVersions } from "../create/use-versions";
import { VersionPicker } from "../create/version-picker";

interface TargetFieldsProps {
  server: Server;
  entry: VersionEntry | null;
  onChoose: (entry: VersionEntry | null) => void;
}

const offered = availableServerTypes.filter((type) => type !== "custom");

/** Type, version and build of what the server is to be. */
export function TargetFields({ server, entry, onChoose }: TargetFieldsProps) {
  const t = useTranslations("servers.change");
  const types = useTranslations("versions.types");
  const ids = { type: useId(), version: useId() };
  const [type, setType] = useState<AvailableServerType>(offered.find((known) => known === server.type) ?? "vanilla");
  const [isStableOnly, setStableOnly] = useState(true);
  const { versions, isKnown } = useVersions(type);
  const shown = isStableOnly ? versions.filter(({ stable }) => stable) : versions;
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        <span className="text-muted-foreground">{t("now")}: </span>
        {types(server.type)} <span className="font-mono tabular-nums">{server.version}</span>
        {server.build && <span className="text-muted-foreground"> ({server.build})</span>}
      </p>
      <div className="grid gap-1.5">
        <Label htmlFor={ids.type}>{t("type")}</Label>
        <Select
          value={type}
          onValueChange={(value) => {
            setType(value as AvailableServerType);
            onChoose(null);
          }}
        >
          <SelectTrigger id={ids.type} className="w-full max-md:h-11!">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {offered.map((known) => (
              <SelectItem key={known} value={known}>
                {types(known)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
      <div className="grid gap-1.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Label htmlFor={ids.version}>{t("version")}</Label>
          <Label className="font-normal text-muted-foreground">
            <Switch checked={isStableOnly} onCheckedChange={setStableOnly} />
            {t("stableOnly")}
          </Label>
        </div>
        {shown.length > 0 ? (
          <VersionPicker id={ids.version} versions={shown} value={entry} onChange={onChoose} />
        ) : isKnown ? (
          <p className="text-sm text-muted-foreground">{t("noVersions")}</p>
        ) : (
          <Skeleton className="h-9" />
        )}
      </div>
    </div>
  );
}
