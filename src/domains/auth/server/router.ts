import { authedProcedure, publicProcedure, router } from "@/server/trpc/procedures";
import {
  issueTokenInputSchema,
  newRecoveryCodesInputSchema,
  passkeyBeginInputSchema,
  passkeyFinishInputSchema,
  passkeyRemoveInputSchema,
  passkeyRenameInputSchema,
  preferencesInputSchema,
  setupInputSchema,
  totpBeginInputSchema,
  totpConfirmInputSchema,
  totpDisableInputSchema,
} from "../contract";
import { removePasskey, renamePasskey } from "./change-passkey";
import { issueToken } from "./issue-token";
import { listPasskeys } from "./list-passkeys";
import { readMe, setPreferences } from "./me";
import { passkeyBegin } from "./passkey-begin";
import { passkeyFinish } from "./passkey-finish";
import { passkeySignInBegin } from "./passkey-sign-in-begin";
import { newRecoveryCodes } from "./recovery-codes";
import { setUp } from "./set-up";
import { totpBegin } from "./totp-begin";
import { totpConfirm } from "./totp-confirm";
import { totpDisable } from "./totp-disable";

export const authRouter = router({
  setup: publicProcedure.input(setupInputSchema).mutation(({ ctx, input }) => setUp(ctx.services, input, ctx.address)),
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

  me: authedProcedure.query(({ ctx }) => readMe(ctx.verb)),
  setPreferences: authedProcedure
    .input(preferencesInputSchema)
    .mutation(({ ctx, input }) => setPreferences(ctx.verb, input)),
});
