"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import type { VersionEntry } from "@/domains/versions/contract";
import { FieldFault } from "../field-fault";
import type { CreateForm } from "./create-form-schema";
import { FormPart } from "./form-part";
import { JavaHint } from "./java-hint";
import { NoVersions } from "./no-versions";
import { TypeChoice } from "./type-choice";
import { useVersions } from "./use-versions";
import { VersionPicker } from "./version-picker";

/** Type and version. */
export function PartWhat() {
  const t = useTranslations("create");
  const { control, setValue } = useFormContext<CreateForm>();
  const [type, version, build, kind, java] = useWatch({
    control,
    name: ["type", "version", "build", "launchKind", "javaMajor"],
  });
  const [isStableOnly, setStableOnly] = useState(true);
  const { versions, isKnown, error, refetch } = useVersions(type);
  const chosen = versions.find((entry) => entry.version === version && entry.build === build) ?? null;
  const offered = isStableOnly ? versions.filter(({ stable }) => stable) : versions;

  const choose = (entry: VersionEntry | undefined) => {
    setValue("version", entry?.version ?? "", { shouldValidate: entry !== undefined, shouldDirty: true });
    setValue("build", entry?.build ?? null);
  };
  // The newest stable one is what most people want: nothing to do for them here.
  useEffect(() => {
    if (type === "custom" || versions.length === 0 || chosen) return;
    const newest = versions.find(({ stable }) => stable) ?? versions[0];
    setValue("version", newest?.version ?? "", { shouldValidate: true });
    setValue("build", newest?.build ?? null);
  }, [type, versions, chosen, setValue]);

  return (
    <FormPart number={1} title={t("what.title")} text={t("what.text")}>
      <TypeChoice
        value={type}
        onChange={(next) => {
          setValue("type", next, { shouldDirty: true });
          choose(undefined);
        }}
      />
      <FormField
        control={control}
        name="version"
        render={({ field }) => (
          <FormItem>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <FormLabel>{t(type === "custom" ? "version.ownLabel" : "version.label")}</FormLabel>
              {type !== "custom" && (
                <Label className="font-normal text-muted-foreground">
                  <Switch checked={isStableOnly} onCheckedChange={setStableOnly} />
                  {t("version.stableOnly")}
                </Label>
              )}
            </div>
            {type === "custom" ? (
              <FormControl>
                <Input
                  {...field}
                  placeholder={t("version.ownPlaceholder")}
                  autoComplete="off"
                  className="font-mono max-md:h-11"
                />
              </FormControl>
            ) : versions.length > 0 ? (
              <FormControl>
                <VersionPicker ref={field.ref} versions={offered} value={chosen} onChange={choose} />
              </FormControl>
            ) : isKnown || error ? (
              <NoVersions type={type} error={error} onRetry={() => refetch()} />
            ) : (
              <Skeleton className="h-9" />
            )}
            <FormDescription>{t(type === "custom" ? "version.ownText" : "version.text")}</FormDescription>
            <FieldFault />
          </FormItem>
        )}
      />
      {chosen && <JavaHint kind={kind ?? "host"} major={java ?? chosen.javaMajor} />}
    </FormPart>
  );
}
