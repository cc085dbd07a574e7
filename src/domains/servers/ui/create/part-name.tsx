"use client";

import { useTranslations } from "next-intl";
import { IdentityFields } from "../identity-fields";
import { FormPart } from "./form-part";

/** What the server is called. */
export function PartName() {
  const t = useTranslations("create");
  return (
    <FormPart number={4} title={t("name.title")} text={t("name.text")}>
      <IdentityFields
        labels={{ name: t("name.label"), description: t("name.description"), tags: t("name.tags") }}
        namePlaceholder={t("name.placeholder")}
        tagsText={t("name.tagsText")}
      />
    </FormPart>
  );
}
