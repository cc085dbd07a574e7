"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Server } from "../../contract";
import { TrialNote } from "../change/trial-note";
import { PullNote } from "../pull-note";
import { RetryNote } from "../retry-note";
import { ServerActionButtons } from "../server-action-buttons";
import { ServerAddress } from "../server-address";
import { ServerIcon } from "../server-icon";
import { ServerKind } from "../server-kind";
import { StateBadge } from "../state-badge";
import { StateSince } from "../state-since";
import { TagList } from "../tag-list";

/** Name, state, address and actions: the same above every tab. */
export function ServerHeader({ server }: { server: Server }) {
  // On the other tabs the room is for what is below.
  const isOverview = usePathname() === `/servers/${server.id}`;
  const t = useTranslations("servers.detail");
  return (
    <header className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-3">
      <ServerIcon server={server} className="size-12 max-md:size-9" />
      <div className="grid min-w-0 flex-1 basis-64 gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl leading-7 font-semibold tracking-tight">{server.name}</h1>
          <TagList tags={server.tags} />
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted-foreground">
          <span className="inline-flex flex-wrap items-center gap-x-2">
            <StateBadge server={server} />
            <StateSince server={server} className="text-xs tabular-nums" />
            <RetryNote server={server} />
            <TrialNote server={server} />
            <PullNote server={server} />
          </span>
          <span>
            <ServerKind server={server} />
          </span>
          <ServerAddress server={server} />
        </div>
        {isOverview && server.description && (
          <p className="text-sm text-balance text-muted-foreground">{server.description}</p>
        )}
      </div>
      <fieldset className="max-md:w-full">
        <legend className="sr-only">{t("actions")}</legend>
        <ServerActionButtons server={server} look="labels" />
      </fieldset>
    </header>
  );
}
