import { z } from "zod";

export const groupTypes = ["op", "whitelist", "ban"] as const;
export const groupTypeSchema = z.enum(groupTypes);
export type GroupType = z.infer<typeof groupTypeSchema>;

/** How far a group has reached one server. */
export const attachmentStates = ["pending", "synced", "failed"] as const;
export type AttachmentState = (typeof attachmentStates)[number];
