import { z } from "zod";
import { changePasswordInputSchema, resetPasswordInputSchema } from "../contract";

const repeated = { passwordRepeat: z.string() };
const isRepeated = (form: { newPassword: string; passwordRepeat: string }) => form.newPassword === form.passwordRepeat;
const mismatch = { path: ["passwordRepeat"], message: "password_mismatch", when: () => true };

/** What is typed behind a reset link. */
export const resetFormSchema = resetPasswordInputSchema
  .omit({ secret: true })
  .extend(repeated)
  .refine(isRepeated, mismatch);

/** What is typed to change one's password. */
export const changePasswordFormSchema = changePasswordInputSchema.extend(repeated).refine(isRepeated, mismatch);
