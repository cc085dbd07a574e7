"use client";

import { useTranslations } from "next-intl";
import { useFormState } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { CardFooter } from "@/components/ui/card";
import { useErrorText } from "@/components/use-error-text";

interface FormFootProps {
  /** What the last save answered, if it failed. */
  error: unknown;
  isSaving: boolean;
  onReset: () => void;
}

/** Save and discard, with what went wrong beside them. */
export function FormFoot({ error, isSaving, onReset }: FormFootProps) {
  const t = useTranslations("servers.settings");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { isDirty } = useFormState();
  const failure = error ? errorText(error) : null;
  return (
    <CardFooter className="flex-wrap justify-end gap-2 border-t pt-4">
      <p role={failure ? "alert" : "status"} className="mr-auto min-w-0 text-sm text-muted-foreground">
        {failure ? (
          <span className="text-destructive">
            {failure.text}
            {failure.requestId && (
              <span className="block font-mono text-xs text-muted-foreground">
                {common("requestId", { id: failure.requestId })}
              </span>
            )}
          </span>
        ) : (
          isDirty && t("unsaved")
        )}
      </p>
      <Button variant="outline" disabled={!isDirty || isSaving} onClick={onReset} className="max-md:h-11">
        {t("discard")}
      </Button>
      <Button type="submit" disabled={!isDirty || isSaving} className="max-md:h-11">
        {common(isSaving ? "saving" : "save")}
      </Button>
    </CardFooter>
  );
}
