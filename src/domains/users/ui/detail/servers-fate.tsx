"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { Me } from "@/domains/auth/contract";
import type { Server } from "@/domains/servers/contract";
import { StateBadge } from "@/domains/servers/ui/state-badge";
import type { User } from "../../contract";
import { PersonPicker } from "../person-picker";

export type Fate = { action: "transfer"; to: Pick<User, "id" | "username"> | null } | { action: "delete" };

interface ServersFateProps {
  user: User;
  /** Those of the person's servers that can be seen. */
  servers: readonly Server[];
  canDelete: boolean;
  fate: Fate;
  onFate: (fate: Fate) => void;
}

/** Whether those who delete an account may delete its servers with it. */
export function mayDeleteServers(me: Pick<Me, "permissions">): boolean {
  return me.permissions.includes("servers.delete") && me.permissions.includes("servers.view_all");
}

/** What becomes of the servers of somebody who goes: which they are, and the choice. */
export function ServersFate({ user, servers, canDelete, fate, onFate }: ServersFateProps) {
  const t = useTranslations("users.delete");
  const name = useId();
  const running = servers.filter(({ state }) => state !== "stopped");
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 font-medium">{t("serversTitle", { count: user.serverCount })}</legend>
      <ul className="max-h-40 divide-y overflow-y-auto rounded-lg border">
        {servers.map((server) => (
          <li key={server.id} className="flex items-center justify-between gap-3 px-3 py-2">
            <span className="min-w-0 break-words">{server.name}</span>
            <StateBadge server={server} />
          </li>
        ))}
      </ul>
      <label className="flex gap-3">
        <input
          type="radio"
          name={name}
          checked={fate.action === "transfer"}
          onChange={() => onFate({ action: "transfer", to: null })}
          className="mt-1 size-4 shrink-0 accent-primary"
        />
        <span>
          {t("transfer", { count: user.serverCount })}
          <span className="block text-xs text-muted-foreground">{t("transferText", { count: user.serverCount })}</span>
        </span>
      </label>
      {fate.action === "transfer" && (
        <PersonPicker
          value={fate.to}
          onChange={(to) => onFate({ action: "transfer", to })}
          label={t("transferTo")}
          placeholder={t("transferChoose")}
          isActiveOnly
          isOffered={({ id }) => id !== user.id}
          className="ml-7"
        />
      )}
      {canDelete && (
        <label className="flex gap-3">
          <input
            type="radio"
            name={name}
            checked={fate.action === "delete"}
            onChange={() => onFate({ action: "delete" })}
            className="mt-1 size-4 shrink-0 accent-primary"
          />
          <span>
            {t("remove", { count: user.serverCount })}
            <span className="block text-xs text-muted-foreground">{t("removeText", { count: user.serverCount })}</span>
          </span>
        </label>
      )}
      {fate.action === "delete" && running.length > 0 && (
        <p role="alert" className="text-sm text-destructive">
          {t("notStopped", { names: running.map((server) => server.name).join(", ") })}
        </p>
      )}
    </fieldset>
  );
}
