"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { appSettingsSchema } from "../contract";
import type { SettingCardProps } from "./setting-card";

const usual = ["30", "90", "365", "1095"];
const forever = "forever";
const custom = "custom";

/** How long the audit log is kept. A shorter time is not saved before its consequence was in sight. */
export function RetentionCard({ settings, canChange, isSaving, onSave }: SettingCardProps) {
  const t = useTranslations("settings.retention");
  const validation = useTranslations("common.validation");
  const id = useId();
  const now = settings.auditRetentionDays;
  const nowText = now === null ? forever : String(now);
  const [choice, setChoice] = useState(now === null || usual.includes(nowText) ? nowText : custom);
  const [typed, setTyped] = useState(now === null ? "" : nowText);
  const wanted = choice === forever ? null : Number(choice === custom ? typed : choice);
  const found = appSettingsSchema.shape.auditRetentionDays.safeParse(wanted);
  const isShorter = wanted !== null && (now === null || wanted < now);
  const save = () =>
    onSave({ auditRetentionDays: wanted }, wanted === null ? t("savedForever") : t("saved", { days: wanted }));
  return (
    <Card className="md:col-span-2">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-2">
        {!canChange && <p className="font-medium">{now === null ? t("forever") : t("days", { count: now })}</p>}
        {canChange && (
          <>
            <Label htmlFor={id}>{t("label")}</Label>
            <div className="flex flex-wrap gap-2">
              <Select value={choice} onValueChange={setChoice}>
                <SelectTrigger id={id} className="min-w-36 max-md:data-[size=default]:h-11">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {usual.map((days) => (
                    <SelectItem key={days} value={days}>
                      {t("days", { count: Number(days) })}
                    </SelectItem>
                  ))}
                  <SelectItem value={forever}>{t("forever")}</SelectItem>
                  <SelectItem value={custom}>{t("custom")}…</SelectItem>
                </SelectContent>
              </Select>
              {choice === custom && (
                <Input
                  type="number"
                  inputMode="numeric"
                  min={7}
                  max={3650}
                  value={typed}
                  onChange={({ target }) => setTyped(target.value)}
                  aria-label={t("custom")}
                  aria-invalid={!found.success}
                  aria-describedby={`${id}-fault`}
                  className="w-28 tabular-nums max-md:h-11"
                />
              )}
              <Button disabled={!found.success || wanted === now || isSaving} className="max-md:h-11" onClick={save}>
                {t("save")}
              </Button>
            </div>
            <p id={`${id}-fault`} role="alert" className="text-sm text-destructive empty:hidden">
              {!found.success &&
                (Number(typed) > 3650 ? validation("too_big", { max: 3650 }) : validation("too_small", { min: 7 }))}
            </p>
            {found.success && isShorter && wanted !== now && (
              <p role="status" className="text-sm text-warning">
                {t("shorter", { days: wanted })}
              </p>
            )}
          </>
        )}
      </CardContent>
    </Card>
  );
}
