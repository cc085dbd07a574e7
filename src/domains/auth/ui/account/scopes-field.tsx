"use client";

import { useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { useController, useFormContext } from "react-hook-form";
import { cn } from "@/lib/cn";
import { type Permission, permissions } from "../../permissions";
import { useMe } from "../use-me";
import type { TokenFields } from "./create-token-dialog";
import { ScopeGroups } from "./scope-groups";

/** What a token may do: all that its owner may at each call, or chosen permissions. */
export function ScopesField() {
  const t = useTranslations("auth.tokens");
  const { control } = useFormContext<TokenFields>();
  const { field, fieldState } = useController({ control, name: "scopes" });
  const { permissions: held } = useMe();
  const labelId = useId();
  const faultId = useId();
  const scopes = field.value ?? null;
  // Everybody has the console of their own servers without a permission; a token needs the scope for it.
  const offered = permissions.filter((name) => name === "rcon.execute" || held.includes(name));
  return (
    <div className="grid min-w-0 gap-2">
      <span id={labelId} className={cn("font-medium", fieldState.error && "text-destructive")}>
        {t("may")}
      </span>
      <RadioGroup.Root
        aria-labelledby={labelId}
        aria-describedby={fieldState.error ? faultId : undefined}
        value={scopes ? "chosen" : "everything"}
        onValueChange={(value) => field.onChange(value === "chosen" ? [] : null)}
        className="grid gap-1"
      >
        {(["everything", "chosen"] as const).map((value) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="group flex min-h-8 items-center gap-2 rounded-md text-left max-md:min-h-11"
          >
            <span
              aria-hidden="true"
              className="flex size-4 items-center justify-center rounded-full border border-muted-foreground group-data-[state=checked]:border-primary"
            >
              <RadioGroup.Indicator className="size-2 rounded-full bg-primary" />
            </span>
            {t(value)}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {scopes && (
        <ScopeGroups
          offered={offered}
          chosen={new Set<Permission>(scopes)}
          onChange={(chosen) => field.onChange(permissions.filter((name) => chosen.has(name)))}
        />
      )}
      {fieldState.error && (
        <p id={faultId} role="alert" className="text-sm text-destructive">
          {t("chooseSome")}
        </p>
      )}
    </div>
  );
}
