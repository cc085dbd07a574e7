import { z } from "zod";
import { permissions } from "../auth/permissions";
import { serverIdInputSchema } from "./contract";

/** What an owner can share, beside seeing the server, which every member may. `rcon.execute` is the console's command line. */
export const shareablePermissions = permissions.filter(
  (name) =>
    name === "rcon.execute" ||
    (/^(?:servers|files|backups)\./.test(name) && !["servers.create", "servers.view_all"].includes(name)),
);
export const memberSchema = z.object({
  userId: z.uuid(),
  username: z.string(),
  permissions: z.array(z.enum(permissions)),
  addedBy: z.string(),
  createdAt: z.date(),
});
/** Somebody with whom a server is shared. */
export type Member = z.infer<typeof memberSchema>;
export const setMemberInputSchema = serverIdInputSchema.extend({
  username: z.string().trim().min(1).max(64),
  permissions: z
    .array(z.enum(permissions).refine((name) => shareablePermissions.includes(name), { message: "not_shareable" }))
    .max(permissions.length),
});
export const removeMemberInputSchema = serverIdInputSchema.extend({ userId: z.uuid() });
