"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import type { SettingCardProps } from "./setting-card";

/** Whether strangers may ask for an account. */
export function RegistrationCard({ settings, canChange, isSaving, onSave }: SettingCardProps) {
  const t = useTranslations("settings.registration");
  const id = useId();
  const isOn = settings.registrationEnabled;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-2">
        <div className="flex min-h-8 items-center justify-between gap-4">
          <Label htmlFor={id}>{t("label")}</Label>
          {canChange ? (
            <Switch
              id={id}
              checked={isOn}
              disabled={isSaving}
              aria-describedby={`${id}-text`}
              onCheckedChange={(next) => onSave({ registrationEnabled: next }, t(next ? "savedOn" : "savedOff"))}
            />
          ) : (
            <span className="font-medium">{t(isOn ? "on" : "off")}</span>
          )}
        </div>
        <p id={`${id}-text`} className="text-muted-foreground">
          {t(isOn ? "text" : "offText")}
        </p>
      </CardContent>
    </Card>
  );
}
