"use client";

import { useTranslations } from "next-intl";
import { IdentityFields } from "../identity-fields";
import { TextField } from "../text-field";
import type { SettingsForm } from "./settings-schema";

/** Name, description, tags and subdomain. */
export function GeneralFields() {
  const t = useTranslations("servers.settings");
  return (
    <>
      <IdentityFields
        labels={{ name: t("name"), description: t("description"), tags: t("tags") }}
        tagsText={t("tagsText")}
      />
      <TextField<SettingsForm>
        name="subdomain"
        label={t("subdomain")}
        text={t("subdomainText")}
        autoCapitalize="off"
        spellCheck={false}
        className="font-mono"
      />
    </>
  );
}
