"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { CardContent } from "@/components/ui/card";
import { useTRPC } from "@/trpc/client";
import type { Server } from "../../contract";
import { fieldOf, isOwnChoice, keysByGroup } from "./game-properties";
import { PropertiesFilter } from "./properties-filter";
import { PropertiesFoot } from "./properties-foot";
import { PropertiesGroup } from "./properties-group";
import { PropertiesReview } from "./properties-review";
import { propertyId } from "./property-row";
import { usePropertiesDraft } from "./use-properties-draft";
import { usePropertyWords } from "./use-property-words";

interface PropertiesFieldsProps {
  server: Server;
  isLocked: boolean;
  data: { properties: Record<string, string>; managed: string[] };
}

/** All keys in their groups. What changes is shown before it is saved; nothing typed is lost by a save that fails. */
export function PropertiesFields({ server, isLocked, data }: PropertiesFieldsProps) {
  const t = useTranslations("files.properties");
  const trpc = useTRPC();
  const client = useQueryClient();
  const wordsOf = usePropertyWords();
  const draft = usePropertiesDraft(data.properties);
  const [search, setSearch] = useState("");
  const [isOwnOnly, setOwnOnly] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(["general"]));
  const [isReviewing, setReviewing] = useState(false);
  const update = useMutation(
    trpc.servers.updateProperties.mutationOptions({
      onSuccess: (saved) => {
        client.setQueryData(trpc.servers.properties.queryKey({ serverId: server.id }), saved);
        draft.reset();
        toast.success(t("saved"));
      },
      onSettled: () => setReviewing(false),
    }),
  );

  const wanted = search.trim().toLowerCase();
  const isFiltered = wanted !== "" || isOwnOnly;
  const matches = (name: string) => {
    if (isOwnOnly && !draft.isChanged(name) && !isOwnChoice(data.properties, name)) return false;
    const { label, text } = wordsOf(name);
    return [name, label, fieldOf(name) ? text : ""].some((part) => part.toLowerCase().includes(wanted));
  };
  const groups = keysByGroup(data.properties, data.managed)
    .map(([group, names]) => ({ group, names: names.filter(matches) }))
    .filter(({ names }) => names.length > 0);

  const toggle = (group: string, isOpen: boolean) =>
    setOpen((before) => new Set(isOpen ? [...before, group] : [...before].filter((other) => other !== group)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [first] = draft.faulty;
    if (first === undefined) return setReviewing(true);
    // What is wrong may lie in a closed group or behind the filter.
    setSearch("");
    setOwnOnly(false);
    const [group] = keysByGroup(data.properties, data.managed).find(([, names]) => names.includes(first)) ?? [];
    if (group) toggle(group, true);
    requestAnimationFrame(() => document.getElementById(propertyId(first))?.focus());
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label={t("title")}>
      <CardContent className="grid gap-3">
        <PropertiesFilter search={search} onSearch={setSearch} isOwnOnly={isOwnOnly} onOwnOnly={setOwnOnly} />
        <div className="grid min-w-0 gap-2">
          {groups.map(({ group, names }) => (
            <PropertiesGroup
              key={group}
              title={t(`groups.${group}`)}
              names={names}
              draft={draft}
              isLocked={isLocked}
              isOpen={isFiltered || open.has(group)}
              onOpen={(isOpen) => !isFiltered && toggle(group, isOpen)}
            />
          ))}
        </div>
        {groups.length === 0 && <p role="status">{t("noMatch")}</p>}
        <p className="text-sm text-muted-foreground">
          {t("managed")} <span className="font-mono text-xs">{data.managed.join(", ")}</span>
        </p>
      </CardContent>
      {!isLocked && (
        <PropertiesFoot
          count={Object.keys(draft.changes).length}
          error={update.error}
          isSaving={update.isPending}
          onReset={() => {
            draft.reset();
            update.reset();
          }}
        />
      )}
      {isReviewing && (
        <PropertiesReview
          before={data.properties}
          changes={draft.changes}
          isSaving={update.isPending}
          onSave={() => update.mutate({ serverId: server.id, properties: draft.changes })}
          onClose={() => setReviewing(false)}
        />
      )}
    </form>
  );
}
