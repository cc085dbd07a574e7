"use client";

import { ArrowUpDownIcon, LayoutGridIcon, ListFilterIcon, Rows3Icon, SearchIcon, TagIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { type ServerFilter, serverSorts } from "./select-servers";
import type { ServersLook } from "./servers-look";
import { stateColours, stateOrder } from "./state-mark";

interface ServersToolbarProps {
  filter: ServerFilter;
  onFilter: (part: Partial<ServerFilter>) => void;
  tags: readonly string[];
  look: ServersLook;
  onLook: (look: ServersLook) => void;
}

function toggled<Item>(items: readonly Item[], item: Item, isIn: boolean): Item[] {
  const others = items.filter((other) => other !== item);
  return isIn ? [...others, item] : others;
}

/** Search, filters, order and look of the list. `/` puts the cursor into the search. */
export function ServersToolbar({ filter, onFilter, tags, look, onLook }: ServersToolbarProps) {
  const t = useTranslations("servers");
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <search className="relative min-w-48 flex-1 md:max-w-80">
        <SearchIcon
          aria-hidden="true"
          className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          data-page-search
          value={filter.search}
          onChange={(event) => onFilter({ search: event.target.value })}
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          aria-keyshortcuts="/"
          className="pl-9 max-md:h-11"
        />
      </search>
      <FilterMenu icon={<ListFilterIcon aria-hidden="true" />} label={t("filter.state")} count={filter.states.length}>
        {stateOrder.map((state) => (
          <DropdownMenuCheckboxItem
            key={state}
            checked={filter.states.includes(state)}
            onCheckedChange={(isIn) => onFilter({ states: toggled(filter.states, state, isIn === true) })}
            onSelect={(event) => event.preventDefault()}
          >
            <span aria-hidden="true" className={cn("size-2 rounded-full", stateColours[state].dot)} />
            {t(`state.${state}`)}
          </DropdownMenuCheckboxItem>
        ))}
      </FilterMenu>
      {tags.length > 0 && (
        <FilterMenu icon={<TagIcon aria-hidden="true" />} label={t("filter.tag")} count={filter.tags.length}>
          {tags.map((tag) => (
            <DropdownMenuCheckboxItem
              key={tag}
              checked={filter.tags.includes(tag)}
              onCheckedChange={(isIn) => onFilter({ tags: toggled(filter.tags, tag, isIn === true) })}
              onSelect={(event) => event.preventDefault()}
            >
              {tag}
            </DropdownMenuCheckboxItem>
          ))}
        </FilterMenu>
      )}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="outline" className="max-md:h-11">
            <ArrowUpDownIcon aria-hidden="true" />
            <span className="max-md:sr-only">{t("sort.by", { what: t(`sort.${filter.sort}`) })}</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuRadioGroup
            value={filter.sort}
            onValueChange={(sort) => onFilter({ sort: sort as ServerFilter["sort"] })}
          >
            {serverSorts.map((sort) => (
              <DropdownMenuRadioItem key={sort} value={sort}>
                {t(`sort.${sort}`)}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuContent>
      </DropdownMenu>
      <fieldset className="ml-auto flex rounded-md border border-input p-0.5 max-md:hidden">
        <legend className="sr-only">{t("look.label")}</legend>
        {(["cards", "table"] as const).map((name) => (
          <Button
            key={name}
            variant={look === name ? "secondary" : "ghost"}
            size="icon-sm"
            aria-pressed={look === name}
            aria-label={t(`look.${name}`)}
            title={t(`look.${name}`)}
            onClick={() => onLook(name)}
          >
            {name === "cards" ? <LayoutGridIcon /> : <Rows3Icon />}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}

interface FilterMenuProps {
  icon: ReactNode;
  label: string;
  /** How many are chosen; 0 means no filter. */
  count: number;
  children: ReactNode;
}

function FilterMenu({ icon, label, count, children }: FilterMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" className={cn("max-md:h-11", count > 0 && "border-primary")}>
          {icon}
          {label}
          {count > 0 && <span className="text-primary tabular-nums">{count}</span>}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">{children}</DropdownMenuContent>
    </DropdownMenu>
  );
}
