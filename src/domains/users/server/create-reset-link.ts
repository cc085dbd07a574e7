import { createHash, randomBytes } from "node:crypto";
import type { Ctx } from "@/server/context";
import { voidResetLinks } from "../../auth/server/end-access";
import type { ResetLink } from "../contract";
import { changeUser } from "./change-people";
import { requireNotOneself, requireNotOutranked } from "./policy";
import { insertResetLink } from "./repository";

const linkHours = 24;

/**
 * A link with which the person sets a new password: single use, for 24 hours, shown this once. Earlier open links of theirs are
 * void. For one's own password there is the account page, which asks for the present one.
 */
export function createResetLink(ctx: Ctx, input: { userId: string }): Promise<ResetLink> {
  const { userId } = input;
  const spec = { action: "users.createResetLink", permission: "users.update", userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOneself(actor, target);
    requireNotOutranked(actor, target);
    const secret = randomBytes(24).toString("base64url");
    const expiresAt = new Date(now.getTime() + linkHours * 3_600_000);
    await voidResetLinks(tx, userId, now);
    await insertResetLink(tx, {
      hash: createHash("sha256").update(secret).digest("hex"),
      userId,
      createdBy: actor.kind === "system" ? null : actor.userId,
      createdAt: now,
      expiresAt,
    });
    await audit(userId, { username: target.username, expiresAt: expiresAt.toISOString() });
    const path = `/reset?secret=${secret}`;
    return { path, url: ctx.env.PUBLIC_URL ? new URL(path, ctx.env.PUBLIC_URL).href : null, expiresAt };
  });
}
