import { errorBodyOf } from "@/components/error-body";
import type { ManyResult } from "../contract";

interface Ended<Item> {
  done: Item[];
  failed: ManyResult["failed"];
}

/** Does one after the other. What one of them is refused for is its own: the rest goes on. */
export async function oneByOne<Item extends { path: string }>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<Ended<Item>> {
  const ended: Ended<Item> = { done: [], failed: [] };
  for (const item of items) {
    try {
      await work(item);
      ended.done.push(item);
    } catch (error) {
      const body = errorBodyOf(error);
      ended.failed.push({ path: item.path, code: body?.code ?? "NETWORK", message: body?.message ?? "" });
    }
  }
  return ended;
}
