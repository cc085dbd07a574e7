"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { User } from "../contract";

type Person = Pick<User, "id" | "username">;

interface PersonPickerProps {
  value: Person | null;
  onChange: (person: Person | null) => void;
  label: string;
  /** What the button says while nobody is chosen; choosing it again chooses nobody where `canClear`. */
  placeholder: string;
  canClear?: boolean;
  /** Nobody else is offered. */
  isOffered?: (user: User) => boolean;
  isActiveOnly?: boolean;
  className?: string;
}

/** One person out of all, found by name. */
export function PersonPicker({
  value,
  onChange,
  label,
  placeholder,
  canClear = false,
  isOffered = () => true,
  isActiveOnly = false,
  className,
}: PersonPickerProps) {
  const t = useTranslations("users.delete");
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const { data } = useQuery({
    ...useTRPC().users.list.queryOptions({
      limit: 20,
      ...(wanted && { search: wanted }),
      ...(isActiveOnly && { state: "active" as const }),
    }),
    enabled: isOpen,
    placeholderData: (before) => before,
  });
  const choose = (person: Person | null) => {
    onChange(person);
    setOpen(false);
    setSearch("");
  };
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="outline"
          role="combobox"
          aria-expanded={isOpen}
          aria-label={`${label}: ${value?.username ?? placeholder}`}
          className={cn("justify-between font-normal max-md:h-11", value && canClear && "border-primary", className)}
        >
          <span className={cn("truncate", !value && !canClear && "text-muted-foreground")}>
            {value?.username ?? placeholder}
          </span>
          <ChevronsUpDownIcon aria-hidden="true" className="text-muted-foreground" />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-(--radix-popover-trigger-width) min-w-56 p-0">
        <Command shouldFilter={false} label={t("transferSearch")}>
          <CommandInput value={search} onValueChange={setSearch} placeholder={t("transferSearch")} />
          <CommandList className="max-h-64">
            <CommandEmpty>{t("transferNobody")}</CommandEmpty>
            {canClear && value && (
              <CommandItem value="nobody" onSelect={() => choose(null)}>
                <CheckIcon aria-hidden="true" className="invisible" />
                {placeholder}
              </CommandItem>
            )}
            {data?.items.filter(isOffered).map(({ id, username }) => (
              <CommandItem key={id} value={id} onSelect={() => choose({ id, username })}>
                <CheckIcon aria-hidden="true" className={cn("text-primary", value?.id !== id && "invisible")} />
                <span className="truncate">{username}</span>
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
