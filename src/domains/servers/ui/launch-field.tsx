"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem } from "@/components/ui/form";
import type { KindCheck, LaunchKind } from "@/domains/launch/contract";
import { KindChoice } from "@/domains/launch/ui/kind-choice";
import { FieldFault } from "./field-fault";

interface LaunchFieldProps {
  checks: readonly KindCheck[];
  usual: LaunchKind | null;
}

/** How the server is run. The field is named `launchKind` in every form. */
export function LaunchField({ checks, usual }: LaunchFieldProps) {
  const t = useTranslations("launch");
  const { control } = useFormContext<{ launchKind: LaunchKind | null }>();
  return (
    <FormField
      control={control}
      name="launchKind"
      render={({ field }) => (
        <FormItem>
          <p aria-hidden="true" className="text-sm leading-none font-medium">
            {t("label")}
          </p>
          <FormControl>
            <KindChoice ref={field.ref} checks={checks} value={field.value} usual={usual} onChange={field.onChange} />
          </FormControl>
          <FormDescription>{t("text")}</FormDescription>
          <FieldFault />
        </FormItem>
      )}
    />
  );
}
