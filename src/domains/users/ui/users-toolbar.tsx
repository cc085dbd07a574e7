"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { SearchField } from "@/components/search-field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { roles } from "@/domains/auth/permissions";
import { cn } from "@/lib/cn";
import { userStates } from "../contract";
import type { UsersFilter } from "./users-filter";

interface UsersToolbarProps {
  filter: UsersFilter;
  onFilter: (part: Partial<UsersFilter>) => void;
}

const any = "any";

/** Search and filters of the list of users. */
export function UsersToolbar({ filter, onFilter }: UsersToolbarProps) {
  const t = useTranslations("users");
  const names = useTranslations("nav.roles");
  const search = useCallback((value: string) => onFilter({ search: value }), [onFilter]);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField
        value={filter.search}
        onSearch={search}
        label={t("search.label")}
        placeholder={t("search.placeholder")}
      />
      <Select
        value={filter.role ?? any}
        onValueChange={(value) => onFilter({ role: value === any ? null : (value as UsersFilter["role"]) })}
      >
        <SelectTrigger
          aria-label={t("filter.role")}
          className={cn("max-md:data-[size=default]:h-11", filter.role && "border-primary")}
        >
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={any}>{t("filter.anyRole")}</SelectItem>
          {roles.map((role) => (
            <SelectItem key={role} value={role}>
              {names(role)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Select
        value={filter.state ?? any}
        onValueChange={(value) => onFilter({ state: value === any ? null : (value as UsersFilter["state"]) })}
      >
        <SelectTrigger
          aria-label={t("filter.state")}
          className={cn("max-md:data-[size=default]:h-11", filter.state && "border-primary")}
        >
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={any}>{t("filter.anyState")}</SelectItem>
          {userStates.map((state) => (
            <SelectItem key={state} value={state}>
              {t(`states.${state}`)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
