"use client";

import { ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";

/** The way to the folder that is open. */
export function FolderPath({ path, onPath }: { path: string; onPath: (path: string) => void }) {
  const t = useTranslations("snapshots.browse");
  const parts = path === "" ? [] : path.split("/");
  const steps = [
    { name: t("root"), to: "" },
    ...parts.map((name, index) => ({ name, to: parts.slice(0, index + 1).join("/") })),
  ];
  return (
    <nav aria-label={t("path")}>
      <ol className="flex flex-wrap items-center gap-1 text-sm">
        {steps.map(({ name, to }, index) => {
          const isLast = index === steps.length - 1;
          return (
            <li key={to} className="flex items-center gap-1">
              {index > 0 && <ChevronRightIcon aria-hidden="true" className="size-3.5 text-muted-foreground" />}
              {isLast ? (
                <span aria-current="page" className="py-1 font-medium break-all">
                  {name}
                </span>
              ) : (
                <button
                  type="button"
                  onClick={() => onPath(to)}
                  className="py-1 break-all text-muted-foreground underline-offset-4 hover:text-foreground hover:underline max-md:min-h-11"
                >
                  {name}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
