"use client";

import { useTranslations } from "next-intl";
import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from "@/components/ui/select";
import { cn } from "@/lib/cn";
import { useActionText, useKnownActions } from "./use-action-text";

interface ActionSelectProps {
  action: string | null;
  onAction: (action: string | null) => void;
}

const any = "any";

/** One action, or all about one thing; also one that has no words, when the address asks for it. */
export function ActionSelect({ action, onAction }: ActionSelectProps) {
  const t = useTranslations("audit");
  const text = useActionText();
  const known = useKnownActions();
  const domainName = (domain: string) => {
    const key = `domains.${domain}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key as "domains.auth") : domain;
  };
  const isKnown = action === null || action in known || text(action) !== null;
  return (
    <Select value={action ?? any} onValueChange={(value) => onAction(value === any ? null : value)}>
      <SelectTrigger
        aria-label={t("filter.action")}
        className={cn("max-w-full max-md:data-[size=default]:h-11", action && "border-primary")}
      >
        <SelectValue />
      </SelectTrigger>
      <SelectContent className="max-h-96">
        <SelectItem value={any}>{t("filter.anyAction")}</SelectItem>
        {!isKnown && <SelectItem value={action}>{action}</SelectItem>}
        {Object.entries(known).map(([domain, verbs]) => (
          <SelectGroup key={domain}>
            <SelectLabel>{domainName(domain)}</SelectLabel>
            <SelectItem value={domain}>{t("filter.allOf", { domain: domainName(domain) })}</SelectItem>
            {verbs.map((verb) => (
              <SelectItem key={verb} value={`${domain}.${verb}`}>
                {text(`${domain}.${verb}`)}
              </SelectItem>
            ))}
          </SelectGroup>
        ))}
      </SelectContent>
    </Select>
  );
}
