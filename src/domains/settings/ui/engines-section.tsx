"use client";

import { useTranslations } from "next-intl";
import type { EngineHealth } from "../contract";
import { EngineCard } from "./engine-card";

/** The engines that servers of the Docker kinds run on. */
export function EnginesSection({ engines }: { engines: readonly EngineHealth[] }) {
  const t = useTranslations("launch.engines");
  return (
    <section aria-labelledby="engines-title" className="grid gap-3">
      <div className="grid gap-0.5">
        <h2 id="engines-title" className="font-semibold">
          {t("title")}
        </h2>
        <p className="text-muted-foreground">{t("text")}</p>
      </div>
      <div className="grid items-start gap-4 md:grid-cols-2">
        {engines.map((engine) => (
          <EngineCard key={engine.kind} health={engine} />
        ))}
      </div>
    </section>
  );
}
