"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FormControl, FormDescription, FormField, FormItem } from "@/components/ui/form";
import type { KindCheck, LaunchKind } from "@/domains/launch/contract";
import { KindChoice } from "@/domains/launch/ui/kind-choice";
import { FieldFault } from "./field-fault";

interface LaunchFieldProps {
  checks: readonly KindCheck[];
  usual: LaunchKind | null;
  isChecking: boolean;
  /** Asks anew which kinds work here. */
  onCheck: () => void;
}

/** How the server is run. The field is named `launchKind` in every form. */
export function LaunchField({ checks, usual, isChecking, onCheck }: LaunchFieldProps) {
  const t = useTranslations("launch");
  const { control } = useFormContext<{ launchKind: LaunchKind | null }>();
  return (
    <FormField
      control={control}
      name="launchKind"
      render={({ field }) => (
        <FormItem>
          <div className="flex items-center justify-between gap-2">
            <p aria-hidden="true" className="text-sm leading-none font-medium">
              {t("label")}
            </p>
            {checks.some(({ isAvailable }) => !isAvailable) && (
              <Button
                type="button"
                variant="outline"
                size="sm"
                disabled={isChecking}
                onClick={onCheck}
                className="max-md:h-11"
              >
                {t("again")}
              </Button>
            )}
          </div>
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
