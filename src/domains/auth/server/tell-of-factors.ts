import type { Services } from "@/server/context";

/** After the commit: whoever looks at the list of users sees who has a second factor. */
export function tellOfFactors({ events }: Pick<Services, "events">): void {
  events.publish({ ownerId: null, permission: "users.view", event: { kind: "people" } });
}
