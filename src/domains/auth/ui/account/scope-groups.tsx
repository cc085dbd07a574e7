"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { Permission } from "../../permissions";
import { groupPermissions } from "../group-permissions";

interface ScopeGroupsProps {
  offered: readonly Permission[];
  chosen: ReadonlySet<Permission>;
  onChange: (chosen: ReadonlySet<Permission>) => void;
}

/** Permissions to choose from, by group; a group's own box chooses all of it. */
export function ScopeGroups({ offered, chosen, onChange }: ScopeGroupsProps) {
  const t = useTranslations("auth");
  const set = (names: readonly Permission[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const name of names) {
      if (isChosen) next.add(name);
      else next.delete(name);
    }
    onChange(next);
  };
  return (
    <div className="grid gap-3 rounded-md border p-3 sm:max-h-64 sm:overflow-y-auto">
      {groupPermissions(offered).map(({ group, permissions }) => {
        const count = permissions.filter((name) => chosen.has(name)).length;
        return (
          <fieldset key={group} className="grid min-w-0 gap-x-4 sm:grid-cols-2">
            <legend className="mb-1 font-medium">
              <Box
                label={t("permissionGroups.all", { group: t(`permissionGroups.${group}`) })}
                text={t(`permissionGroups.${group}`)}
                isChecked={count === permissions.length ? true : count > 0 && "indeterminate"}
                onChange={(isChosen) => set(permissions, isChosen)}
              />
            </legend>
            {permissions.map((name) => (
              <Box
                key={name}
                text={name === "rcon.execute" ? t("tokens.console") : t(`permissions.${name}`)}
                isChecked={chosen.has(name)}
                onChange={(isChosen) => set([name], isChosen)}
              />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}

interface BoxProps {
  text: string;
  /** What a screen reader says, where the text alone is not enough. */
  label?: string;
  isChecked: boolean | "indeterminate";
  onChange: (isChosen: boolean) => void;
}

function Box({ text, label, isChecked, onChange }: BoxProps) {
  const id = useId();
  return (
    <div className="flex min-h-7 items-center gap-2 max-md:min-h-11">
      <Checkbox
        id={id}
        checked={isChecked}
        aria-label={label}
        onCheckedChange={(checked) => onChange(checked === true)}
      />
      <label htmlFor={id} className="min-w-0 flex-1 cursor-pointer">
        {text}
      </label>
    </div>
  );
}
