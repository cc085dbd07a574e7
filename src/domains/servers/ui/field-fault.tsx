"use client";

import { useTranslations } from "next-intl";
import { FormMessage, useFormField } from "@/components/ui/form";

/** The error of a field: the sentences of servers' own rules, else those that all forms share. */
export function FieldFault() {
  const t = useTranslations("servers.faults");
  const { error, formMessageId } = useFormField();
  const key = error?.message as Parameters<typeof t.has>[0] | undefined;
  if (key === undefined || !t.has(key)) return <FormMessage />;
  return (
    <p id={formMessageId} className="text-sm text-destructive">
      {t(key as "port_used")}
    </p>
  );
}
