import { authedProcedure, publicProcedure, router } from "@/server/trpc/procedures";
import { issueTokenInputSchema, preferencesInputSchema, setupInputSchema } from "../contract";
import { issueToken } from "./issue-token";
import { readMe, setPreferences } from "./me";
import { setUp } from "./set-up";

export const authRouter = router({
  setup: publicProcedure.input(setupInputSchema).mutation(({ ctx, input }) => setUp(ctx.services, input, ctx.address)),
  issueToken: publicProcedure
    .input(issueTokenInputSchema)
    .mutation(({ ctx, input }) =>
      issueToken(ctx.services, { kind: "password", ...input, address: ctx.address, userAgent: "" }),
    ),
  me: authedProcedure.query(({ ctx }) => readMe(ctx.verb)),
  setPreferences: authedProcedure
    .input(preferencesInputSchema)
    .mutation(({ ctx, input }) => setPreferences(ctx.verb, input)),
});
