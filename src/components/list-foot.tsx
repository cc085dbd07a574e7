"use client";

import { useTranslations } from "next-intl";
import { Button } from "./ui/button";

interface ListFootProps {
  /** How many are shown, in words; told to screen readers when it changes. */
  children: string;
  /** The list's query. */
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): Promise<unknown> };
}

/** Under a list that comes in pages: how much of it is here, and more on demand. */
export function ListFoot({ children, list }: ListFootProps) {
  const common = useTranslations("common");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p role="status" className="text-xs text-muted-foreground tabular-nums">
        {children}
      </p>
      {list.hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="max-md:h-11"
        >
          {common(list.isFetchingNextPage ? "loading" : "loadMore")}
        </Button>
      )}
    </div>
  );
}
