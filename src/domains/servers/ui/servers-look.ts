/** How the list of servers looks; a cookie, so that the first paint has it. */
export const serversLooks = ["cards", "table"] as const;
export type ServersLook = (typeof serversLooks)[number];
export const serversLookCookie = "mcsd-servers-look";

export function parseServersLook(value: string | undefined): ServersLook {
  return value === "table" ? "table" : "cards";
}
