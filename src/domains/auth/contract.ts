import { z } from "zod";
import { permissions, roles } from "./permissions";

export const usernameSchema = z
  .string()
  .trim()
  .min(3)
  .max(32)
  .regex(/^[A-Za-z0-9_.-]+$/, { message: "username_characters" });

/** argon2 hashes at most this much; longer input would only cost memory. */
export const passwordSchema = z.string().min(8).max(200);

/** What is typed at sign-in: any string of bounded length, so that old names still get the one answer. */
export const credentialsSchema = z.object({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
});

export const setupInputSchema = z.object({
  secret: z.string().min(1).max(100),
  username: usernameSchema,
  password: passwordSchema,
});

export const issueTokenInputSchema = credentialsSchema.extend({
  totp: z.string().max(20).optional(),
  name: z.string().trim().min(1).max(60).default("script"),
});

export const locales = ["en", "ja"] as const;
export type Locale = (typeof locales)[number];
export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

export const preferencesInputSchema = z.object({
  locale: z.enum(locales).optional(),
  theme: z.enum(themes).optional(),
});

/** The person who is signed in, as the page needs it. */
export const meSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  role: z.enum(roles),
  isApproved: z.boolean(),
  locale: z.enum(locales).nullable(),
  theme: z.enum(themes).nullable(),
  permissions: z.array(z.enum(permissions)),
});
export type Me = z.infer<typeof meSchema>;
