"use client";

import { useTranslations } from "next-intl";
import { FormMessage, useFormField } from "@/components/ui/form";
import { kindProblems } from "@/domains/launch/contract";

/** The error of a field: the sentences of servers' own rules, else those that all forms share. */
export function FieldFault() {
  const t = useTranslations("servers.faults");
  const launch = useTranslations("launch.problems");
  const { error, formMessageId } = useFormField();
  const problem = kindProblems.find((name) => error?.message === `kind_${name}`);
  if (problem) {
    return (
      <p id={formMessageId} className="text-sm text-destructive">
        {launch(`${problem}.what`)} {launch(`${problem}.fix`)}
      </p>
    );
  }
  const key = error?.message as Parameters<typeof t.has>[0] | undefined;
  if (key === undefined || !t.has(key)) return <FormMessage />;
  return (
    <p id={formMessageId} className="text-sm text-destructive">
      {t(key as "port_used")}
    </p>
  );
}
