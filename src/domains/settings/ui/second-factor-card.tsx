"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { roles } from "@/domains/auth/permissions";
import type { SettingCardProps } from "./setting-card";

/** Which roles must have a second factor. */
export function SecondFactorCard({ settings, canChange, isSaving, onSave }: SettingCardProps) {
  const t = useTranslations("settings.secondFactor");
  const names = useTranslations("nav.roles");
  const format = useFormatter();
  const id = useId();
  const chosen = settings.secondFactorRoles;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent>
        {canChange ? (
          <fieldset>
            <legend className="mb-1 font-medium">{t("legend")}</legend>
            <div className="flex flex-wrap gap-x-6">
              {roles.map((role) => (
                <Label key={role} htmlFor={`${id}-${role}`} className="min-h-8 font-normal max-md:min-h-11">
                  <Checkbox
                    id={`${id}-${role}`}
                    checked={chosen.includes(role)}
                    disabled={isSaving}
                    onCheckedChange={(value) =>
                      onSave(
                        {
                          secondFactorRoles: roles.filter((name) =>
                            name === role ? value === true : chosen.includes(name),
                          ),
                        },
                        t("saved"),
                      )
                    }
                  />
                  {names(role)}
                </Label>
              ))}
            </div>
          </fieldset>
        ) : (
          <p>
            {chosen.length === 0 ? t("nobody") : `${t("legend")}: ${format.list(chosen.map((role) => names(role)))}`}
          </p>
        )}
      </CardContent>
    </Card>
  );
}
