"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { defaultUploadTypes } from "@/domains/files/upload-types";
import { appSettingsSchema } from "../contract";
import type { SettingCardProps } from "./setting-card";

/** Which files may be uploaded, by their endings. */
export function UploadTypesCard({ settings, canChange, isSaving, onSave }: SettingCardProps) {
  const t = useTranslations("settings.uploads");
  const id = useId();
  const [typed, setTyped] = useState(settings.uploadTypes.join(" "));
  const wanted = [
    ...new Set(
      typed
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((type) => type !== ""),
    ),
  ];
  const found = appSettingsSchema.shape.uploadTypes.safeParse(wanted);
  const isChanged = wanted.join(" ") !== settings.uploadTypes.join(" ");
  return (
    <Card className="md:col-span-2">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-2">
        {!canChange && <p className="font-mono text-sm break-words">{settings.uploadTypes.join(" ")}</p>}
        {canChange && (
          <>
            <Label htmlFor={id}>{t("label")}</Label>
            <Textarea
              id={id}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              rows={2}
              spellCheck={false}
              aria-invalid={!found.success}
              aria-describedby={`${id}-hint`}
              className="font-mono"
            />
            <p
              id={`${id}-hint`}
              className={found.success ? "text-sm text-muted-foreground" : "text-sm text-destructive"}
            >
              {t(found.success ? "hint" : "invalid")}
            </p>
            <div className="flex flex-wrap gap-2">
              <Button
                disabled={!found.success || !isChanged || isSaving}
                onClick={() => onSave({ uploadTypes: wanted }, t("saved"))}
                className="max-md:h-11"
              >
                {t("save")}
              </Button>
              <Button variant="outline" onClick={() => setTyped(defaultUploadTypes.join(" "))} className="max-md:h-11">
                {t("usual")}
              </Button>
            </div>
          </>
        )}
      </CardContent>
    </Card>
  );
}
