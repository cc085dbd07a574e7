import { z } from "zod";
import { setupInputSchema } from "../contract";

/** What is typed on the set-up page: the account, and the password once more. */
export const setupFormSchema = setupInputSchema
  .omit({ secret: true })
  .extend({ passwordRepeat: z.string() })
  .refine((form) => form.password === form.passwordRepeat, {
    path: ["passwordRepeat"],
    message: "password_mismatch",
    when: () => true,
  });
