"use client";

import { EyeIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import type { Permission } from "@/domains/auth/permissions";
import { groupPermissions } from "@/domains/auth/ui/group-permissions";
import { shareablePermissions } from "../../members-contract";
import { isStrong, presetLike, presetNames, presetOf } from "./member-presets";
import { useShareWords } from "./use-share-words";

interface PermissionChoiceProps {
  chosen: readonly Permission[];
  onChoose: (chosen: Permission[]) => void;
  /** What the person who shares may do with the server; what a member has already may stay besides. */
  givable: readonly Permission[];
}

/** What a member may do: presets to start from, and each permission by itself. */
export function PermissionChoice({ chosen, onChoose, givable }: PermissionChoiceProps) {
  const t = useTranslations("members");
  const groups = useTranslations("auth.permissionGroups");
  const { word } = useShareWords();
  const id = useId();
  const preset = presetLike(chosen, givable);
  const single = shareablePermissions.filter((name) => name !== "servers.view");
  const toggle = (permission: Permission, isOn: boolean) =>
    onChoose(shareablePermissions.filter((name) => (name === permission ? isOn : chosen.includes(name))));
  return (
    <div className="grid gap-4">
      <fieldset className="min-w-0">
        <legend className="mb-2 text-sm font-medium">{t("presets.title")}</legend>
        <div className="grid grid-cols-2 gap-2">
          {presetNames.map((name) => (
            <Button
              key={name}
              variant={preset === name ? "secondary" : "outline"}
              aria-pressed={preset === name}
              className="h-auto min-h-11 flex-col items-start gap-0 py-1.5 text-left whitespace-normal aria-pressed:border aria-pressed:border-primary"
              onClick={() => onChoose(presetOf(name, givable))}
            >
              {t(`presets.${name}`)}
              <span className="text-xs font-normal text-muted-foreground">{t(`presets.${name}Text`)}</span>
            </Button>
          ))}
        </div>
      </fieldset>
      <fieldset className="grid min-w-0 gap-3">
        <legend className="mb-2 text-sm font-medium">{t("permissions")}</legend>
        <p className="flex items-center gap-2 text-muted-foreground">
          <EyeIcon aria-hidden="true" className="size-4" />
          {t("always")}
        </p>
        {groupPermissions(single).map(({ group, permissions }) => (
          <div key={group} className="grid gap-x-4 sm:grid-cols-2">
            <p className="mb-1 text-xs font-medium text-muted-foreground sm:col-span-2">{groups(group)}</p>
            {permissions.map((name) => {
              const isLocked = !givable.includes(name) && !chosen.includes(name);
              return (
                <Label
                  key={name}
                  htmlFor={`${id}-${name}`}
                  title={isLocked ? t("notYours") : name}
                  className="min-h-8 font-normal has-disabled:text-muted-foreground max-md:min-h-11"
                >
                  <Checkbox
                    id={`${id}-${name}`}
                    checked={chosen.includes(name)}
                    disabled={isLocked}
                    onCheckedChange={(value) => toggle(name, value === true)}
                  />
                  <span>
                    {word(name)}
                    {isLocked && <span className="sr-only"> ({t("notYours")})</span>}
                  </span>
                </Label>
              );
            })}
          </div>
        ))}
        {isStrong(chosen) && (
          <p className="flex gap-2 text-xs text-warning">
            <TriangleAlertIcon aria-hidden="true" className="size-4 shrink-0" />
            {t("dangerous")}
          </p>
        )}
      </fieldset>
    </div>
  );
}
