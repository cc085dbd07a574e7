"use client";

import { CheckIcon, HourglassIcon, XIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { useApprovals } from "./use-approvals";
import { waitingInput } from "./users-filter";

/** The people who wait for approval: each or several at once. Nothing when nobody waits. */
export function WaitingQueue({ onShowAll }: { onShowAll: () => void }) {
  const t = useTranslations("users.queue");
  const { data } = useQuery(useTRPC().users.list.queryOptions(waitingInput));
  const { data: counts } = useQuery(useTRPC().users.counts.queryOptions());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { approve, reject, isPending } = useApprovals();
  const allId = useId();
  const place = useRef<HTMLElement>(null);
  const people = data?.items ?? [];

  const chosen = people.filter(({ id }) => selected.has(id));
  const select = (ids: readonly string[], isSelected: boolean) => {
    const others = [...selected].filter((id) => !ids.includes(id));
    setSelected(new Set(isSelected ? [...others, ...ids] : others));
  };
  const act = async (work: typeof approve, who: typeof people) => {
    if (!(await work(who))) return;
    select(
      who.map(({ id }) => id),
      false,
    );
    // The button that had the focus goes with its row; the place of the queue stays.
    place.current?.focus();
  };
  const unseen = (counts?.waiting ?? 0) - people.length;
  return (
    <section ref={place} tabIndex={-1} aria-label={people.length > 0 ? t("title") : undefined} className="outline-none">
      {people.length > 0 && (
        <Card className="mb-6 border-state-changing/40">
          <CardHeader>
            <CardTitle className="flex items-center gap-2">
              <HourglassIcon aria-hidden="true" className="size-4 text-state-changing" />
              {t("title")}
              <span className="text-muted-foreground tabular-nums">{counts?.waiting ?? people.length}</span>
            </CardTitle>
            <CardDescription>{t("text")}</CardDescription>
          </CardHeader>
          <CardContent className="grid gap-3">
            {people.length > 1 && (
              <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2 border-b pb-3">
                <Label htmlFor={allId} className="font-normal max-md:min-h-11">
                  <Checkbox
                    id={allId}
                    checked={chosen.length === 0 ? false : chosen.length === people.length ? true : "indeterminate"}
                    onCheckedChange={(value) =>
                      select(
                        people.map(({ id }) => id),
                        value === true,
                      )
                    }
                  />
                  {t("selectAll")}
                </Label>
                <span role="status" className="text-muted-foreground tabular-nums">
                  {t("selected", { count: chosen.length })}
                </span>
                {chosen.length > 0 && (
                  <div className="flex gap-2 md:ml-auto">
                    <Button
                      size="sm"
                      disabled={isPending}
                      className="max-md:h-11"
                      onClick={() => void act(approve, chosen)}
                    >
                      <CheckIcon />
                      {t("approveMany", { count: chosen.length })}
                    </Button>
                    <Button
                      size="sm"
                      variant="outline"
                      disabled={isPending}
                      className="max-md:h-11"
                      onClick={() => void act(reject, chosen)}
                    >
                      <XIcon />
                      {t("rejectMany", { count: chosen.length })}
                    </Button>
                  </div>
                )}
              </div>
            )}
            <ul aria-label={t("title")} className="grid gap-1">
              {people.map((user) => (
                <li key={user.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-1">
                  {people.length > 1 && (
                    <Checkbox
                      checked={selected.has(user.id)}
                      onCheckedChange={(value) => select([user.id], value === true)}
                      aria-label={t("select", { name: user.username })}
                      className="max-md:after:-inset-3.5"
                    />
                  )}
                  <div className="min-w-0 flex-1 basis-32">
                    <Link href={`/users/${user.id}`} className="font-medium break-all hover:underline">
                      {user.username}
                    </Link>
                    <p className="text-xs text-muted-foreground">
                      {t.rich("registered", { when: () => <RelativeTime date={user.createdAt} /> })}
                    </p>
                  </div>
                  <div className="flex gap-2 max-sm:ml-auto">
                    <Button
                      size="sm"
                      disabled={isPending}
                      aria-label={t("approveName", { name: user.username })}
                      className="max-md:h-11"
                      onClick={() => void act(approve, [user])}
                    >
                      <CheckIcon />
                      {t("approve")}
                    </Button>
                    <Button
                      size="sm"
                      variant="outline"
                      disabled={isPending}
                      aria-label={t("rejectName", { name: user.username })}
                      className="max-md:h-11"
                      onClick={() => void act(reject, [user])}
                    >
                      <XIcon />
                      {t("reject")}
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
            {unseen > 0 && (
              <p className="flex flex-wrap items-center gap-2 text-muted-foreground">
                {t("more", { count: unseen })}
                <Button variant="link" size="sm" className="h-auto p-0" onClick={onShowAll}>
                  {t("showAll")}
                </Button>
              </p>
            )}
          </CardContent>
        </Card>
      )}
    </section>
  );
}
