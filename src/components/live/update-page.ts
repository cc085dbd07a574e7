import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Changes the first page of a paged answer, whether it was asked for as one page or as an endless list. */
export function updatePage<Item>(client: QueryClient, queryKey: QueryKey, change: (items: Item[]) => Item[]): void {
  client.setQueryData<Page<Item> | InfiniteData<Page<Item>>>(queryKey, (data) => {
    if (!data) return data;
    if (!("pages" in data)) return { ...data, items: change(data.items) };
    return {
      ...data,
      pages: data.pages.map((page, index) => (index === 0 ? { ...page, items: change(page.items) } : page)),
    };
  });
}
