"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { CardFooter } from "@/components/ui/card";
import { useErrorText } from "@/components/use-error-text";

interface PropertiesFootProps {
  /** Properties that are different from the file. */
  count: number;
  /** What the last save answered, if it failed. */
  error: unknown;
  isSaving: boolean;
  onReset: () => void;
}

/** Leads to the review of what would be saved, or drops it. */
export function PropertiesFoot({ count, error, isSaving, onReset }: PropertiesFootProps) {
  const t = useTranslations("files.properties");
  const common = useTranslations("common");
  const errorText = useErrorText();
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
          count > 0 && t("unsaved", { count })
        )}
      </p>
      <Button variant="outline" disabled={count === 0 || isSaving} onClick={onReset} className="max-md:h-11">
        {t("discard")}
      </Button>
      <Button type="submit" disabled={count === 0 || isSaving} className="max-md:h-11">
        {t("review")}
      </Button>
    </CardFooter>
  );
}
