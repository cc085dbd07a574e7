"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeftIcon, SearchIcon, SearchXIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { FilesSkeleton } from "../manager/files-skeleton";
import { shownPath } from "../shown-name";
import type { FileSearch, FileView } from "../use-file-view";
import { SearchResults } from "./search-results";

const fieldId = "files-search";
const places = ["names", "contents"] as const;

interface SearchPanelProps {
  serverId: string;
  view: FileView;
  onView: (view: Partial<FileView>) => void;
}

/** Looks below the open folder, in names or in the lines of text files. The search is in the address, so that one comes back to it. */
export function SearchPanel({ serverId, view, onView }: SearchPanelProps) {
  const t = useTranslations("files.search");
  const trpc = useTRPC();
  const client = useQueryClient();
  const { path, search } = view;
  const [typed, setTyped] = useState<FileSearch>(search);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => setTyped(search), [search]);
  const options = trpc.files.search.queryOptions(
    { serverId, path, text: search.text || "-", where: search.where, matchCase: search.matchCase },
    { trpc: { abortOnUnmount: true } },
  );
  const isWanted = search.text !== "";
  const { data, error, isFetching, refetch } = useQuery({
    ...options,
    enabled: isWanted,
    staleTime: 10_000,
    retry: false,
  });
  const [isCancelled, setCancelled] = useState(false);
  const begin = (next: FileSearch) => {
    setCancelled(false);
    const text = next.text.trim();
    if (text === "") return field.current?.focus();
    const isSame = text === search.text && next.where === search.where && next.matchCase === search.matchCase;
    if (isSame) void refetch();
    else onView({ panel: "search", search: { ...next, text } });
  };
  return (
    <section aria-labelledby="search-title" className="flex min-h-0 flex-1 flex-col gap-3">
      <header className="flex items-center gap-3">
        <Button variant="ghost" size="sm" onClick={() => onView({})} className="max-md:h-11">
          <ArrowLeftIcon />
          {t("back")}
        </Button>
        <h2 id="search-title" className="min-w-0 font-semibold break-all">
          {path === "" ? t("title") : t("titleIn", { folder: shownPath(path) })}
        </h2>
      </header>
      <search aria-label={t("form")}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            begin(typed);
          }}
          className="flex flex-wrap items-center gap-x-4 gap-y-2"
        >
          <div className="relative min-w-48 flex-1 md:max-w-96">
            <SearchIcon
              aria-hidden="true"
              className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
            />
            <Input
              ref={field}
              id={fieldId}
              type="search"
              data-page-search
              value={typed.text}
              onChange={({ target }) => setTyped({ ...typed, text: target.value })}
              aria-label={t("text")}
              placeholder={t("placeholder")}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className="pl-9 max-md:h-11"
            />
          </div>
          <fieldset className="flex items-center gap-1 rounded-md border p-0.5">
            <legend className="sr-only">{t("where")}</legend>
            {places.map((where) => (
              <label
                key={where}
                className="flex h-8 cursor-pointer items-center rounded-sm px-3 text-sm text-muted-foreground has-checked:bg-accent has-checked:font-medium has-checked:text-foreground has-focus-visible:outline-2 max-md:h-10"
              >
                <input
                  type="radio"
                  name="search-where"
                  value={where}
                  checked={typed.where === where}
                  onChange={() => setTyped({ ...typed, where })}
                  className="sr-only"
                />
                {t(where)}
              </label>
            ))}
          </fieldset>
          <Label className="gap-2 font-normal max-md:min-h-11">
            <Checkbox
              checked={typed.matchCase}
              onCheckedChange={(checked) => setTyped({ ...typed, matchCase: checked === true })}
            />
            {t("matchCase")}
          </Label>
          {isFetching ? (
            <Button
              variant="outline"
              onClick={() => {
                setCancelled(true);
                void client.cancelQueries({ queryKey: options.queryKey });
              }}
              className="max-md:h-11"
            >
              <XIcon />
              {t("cancel")}
            </Button>
          ) : (
            <Button type="submit" className="max-md:h-11">
              {t("submit")}
            </Button>
          )}
        </form>
      </search>
      <div className="min-h-0 flex-1">
        {!isWanted && <p className="px-1 text-muted-foreground">{t("hint")}</p>}
        {isFetching && !data && <FilesSkeleton label={t("searching")} />}
        {!isFetching && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {isCancelled && !isFetching && !data && <p className="px-1 text-muted-foreground">{t("cancelled")}</p>}
        {isWanted && data && data.matches.length === 0 && (
          <EmptyState
            icon={SearchXIcon}
            title={t("none.title", { text: search.text })}
            text={data.isComplete ? t("none.text", { count: data.searchedFiles }) : t("incomplete")}
          />
        )}
        {isWanted && data && data.matches.length > 0 && (
          <SearchResults
            serverId={serverId}
            result={data}
            search={search}
            onPath={(to, line) => onView({ path: to, line })}
          />
        )}
      </div>
    </section>
  );
}
