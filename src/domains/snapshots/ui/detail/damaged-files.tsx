"use client";

import { useTranslations } from "next-intl";
import type { SnapshotMetadata } from "../../contract";

/** Which files a check found damaged, as far as they are listed. */
export function DamagedFiles({ damage }: { damage: NonNullable<SnapshotMetadata["damage"]> }) {
  const t = useTranslations("snapshots.verification");
  const label = t("damagedFiles", { count: damage.count });
  const more = damage.count - damage.files.length;
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer py-1 text-destructive max-md:min-h-11">{label}</summary>
      <ul aria-label={label} className="grid max-h-64 gap-0.5 overflow-auto">
        {damage.files.map(({ path, problem }) => (
          <li key={path} className="break-all">
            <span className="font-mono">{path}</span> <span className="text-muted-foreground">{problem}</span>
          </li>
        ))}
        {more > 0 && <li className="text-muted-foreground">{t("damagedMore", { count: more })}</li>}
      </ul>
    </details>
  );
}
