import { approvedProcedure, authedProcedure, publicProcedure, router } from "@/server/trpc/procedures";
import {
  changePasswordInputSchema,
  createTokenInputSchema,
  issueTokenInputSchema,
  newRecoveryCodesInputSchema,
  passkeyBeginInputSchema,
  passkeyFinishInputSchema,
  passkeyRemoveInputSchema,
  passkeyRenameInputSchema,
  preferencesInputSchema,
  registerInputSchema,
  resetPasswordInputSchema,
  sessionIdInputSchema,
  setupInputSchema,
  tokenIdInputSchema,
  totpBeginInputSchema,
  totpConfirmInputSchema,
  totpDisableInputSchema,
} from "../contract";
import { removePasskey, renamePasskey } from "./change-passkey";
import { changePassword } from "./change-password";
import { issueToken } from "./issue-token";
import { listPasskeys } from "./list-passkeys";
import { readMe, setPreferences } from "./me";
import { listSessions, revokeOtherSessions, revokeSession } from "./own-sessions";
import { createToken, listTokens, revokeToken } from "./own-tokens";
import { passkeyBegin } from "./passkey-begin";
import { passkeyFinish } from "./passkey-finish";
import { passkeySignInBegin } from "./passkey-sign-in-begin";
import { newRecoveryCodes } from "./recovery-codes";
import { register } from "./register";
import { resetPassword } from "./reset-password";
import { setUp } from "./set-up";
import { totpBegin } from "./totp-begin";
import { totpConfirm } from "./totp-confirm";
import { totpDisable } from "./totp-disable";

export const authRouter = router({
  setup: publicProcedure.input(setupInputSchema).mutation(({ ctx, input }) => setUp(ctx.services, input, ctx.address)),
  register: publicProcedure
    .input(registerInputSchema)
    .mutation(({ ctx, input }) => register(ctx.services, input, ctx.address)),
  issueToken: publicProcedure
    .input(issueTokenInputSchema)
    .mutation(({ ctx, input }) =>
      issueToken(ctx.services, { kind: "password", ...input, address: ctx.address, userAgent: "" }),
    ),

  totpBegin: authedProcedure.input(totpBeginInputSchema).mutation(({ ctx, input }) => totpBegin(ctx.verb, input)),
  totpConfirm: authedProcedure.input(totpConfirmInputSchema).mutation(({ ctx, input }) => totpConfirm(ctx.verb, input)),
  totpDisable: authedProcedure.input(totpDisableInputSchema).mutation(({ ctx, input }) => totpDisable(ctx.verb, input)),
  newRecoveryCodes: authedProcedure
    .input(newRecoveryCodesInputSchema)
    .mutation(({ ctx, input }) => newRecoveryCodes(ctx.verb, input)),
  listPasskeys: authedProcedure.query(({ ctx }) => listPasskeys(ctx.verb)),
  passkeyBegin: authedProcedure
    .input(passkeyBeginInputSchema)
    .mutation(({ ctx, input }) => passkeyBegin(ctx.verb, { ...input, origin: ctx.origin })),
  passkeyFinish: authedProcedure
    .input(passkeyFinishInputSchema)
    .mutation(({ ctx, input }) => passkeyFinish(ctx.verb, { ...input, origin: ctx.origin })),
  renamePasskey: authedProcedure
    .input(passkeyRenameInputSchema)
    .mutation(({ ctx, input }) => renamePasskey(ctx.verb, input)),
  removePasskey: authedProcedure
    .input(passkeyRemoveInputSchema)
    .mutation(({ ctx, input }) => removePasskey(ctx.verb, input)),
  passkeySignInBegin: publicProcedure.mutation(({ ctx }) => passkeySignInBegin(ctx.services, ctx.origin)),
  resetPassword: publicProcedure
    .input(resetPasswordInputSchema)
    .mutation(({ ctx, input }) => resetPassword(ctx.services, input, ctx.address)),

  me: authedProcedure.query(({ ctx }) => readMe(ctx.verb)),
  setPreferences: authedProcedure
    .input(preferencesInputSchema)
    .mutation(({ ctx, input }) => setPreferences(ctx.verb, input)),
  changePassword: authedProcedure
    .input(changePasswordInputSchema)
    .mutation(({ ctx, input }) => changePassword(ctx.verb, input)),

  listSessions: authedProcedure.query(({ ctx }) => listSessions(ctx.verb)),
  revokeSession: authedProcedure
    .input(sessionIdInputSchema)
    .mutation(({ ctx, input }) => revokeSession(ctx.verb, input)),
  revokeOtherSessions: authedProcedure.mutation(({ ctx }) => revokeOtherSessions(ctx.verb)),

  listTokens: authedProcedure.query(({ ctx }) => listTokens(ctx.verb)),
  createToken: approvedProcedure
    .input(createTokenInputSchema)
    .mutation(({ ctx, input }) => createToken(ctx.verb, input)),
  revokeToken: authedProcedure.input(tokenIdInputSchema).mutation(({ ctx, input }) => revokeToken(ctx.verb, input)),
});
