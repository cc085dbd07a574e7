import type { Env } from "@/server/env";

/** Where a browser gets a player's picture from; null: the page draws one. */
export function headUrlOf(
  { PLAYER_HEAD_URL: template }: Pick<Env, "PLAYER_HEAD_URL">,
  { name, uuid }: { name: string; uuid: string | null },
): string | null {
  if (template === null || (uuid === null && template.includes("{uuid}"))) return null;
  return template.replaceAll("{uuid}", encodeURIComponent(uuid ?? "")).replaceAll("{name}", encodeURIComponent(name));
}
