import { z } from "zod";
import { isTimeZone } from "@/lib/is-time-zone";
import { permissions, type Role, roles } from "./permissions";

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

/** The same with the code of the authenticator app or a recovery code, where the account has them. */
export const credentialsWithCodeSchema = credentialsSchema.extend({ totp: z.string().max(40).optional() });

/** A passkey's answer to `auth.passkeySignInBegin`: `response` is the browser's AuthenticationResponseJSON, as JSON. */
export const passkeySignInSchema = z.object({ challengeId: z.uuid(), response: z.string().min(2).max(16_384) });

export const setupInputSchema = z.object({
  secret: z.string().min(1).max(100),
  username: usernameSchema,
  password: passwordSchema,
});

export const issueTokenInputSchema = credentialsSchema.extend({
  /** A code of the authenticator app, or a recovery code. */
  totp: z.string().max(40).optional(),
  name: z.string().trim().min(1).max(60).default("script"),
});

export const locales = ["en", "ja"] as const;
export type Locale = (typeof locales)[number];
export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

export const timeZoneSchema = z.string().max(64).refine(isTimeZone, { message: "time_zone" });

export const preferencesInputSchema = z.object({
  locale: z.enum(locales).optional(),
  theme: z.enum(themes).optional(),
  /** Null: the browser's. */
  timeZone: timeZoneSchema.nullable().optional(),
});

export const registerInputSchema = z.object({ username: usernameSchema, password: passwordSchema });
/** An account that has been asked for. */
export interface Registered {
  id: string;
  username: string;
  role: Role;
  isApproved: boolean;
  state: "waiting";
}

/** A code of the authenticator app (six digits) or a recovery code; spaces and hyphens do not count. */
export const secondFactorCodeSchema = z.string().trim().min(6).max(40);

/**
 * Proof that it is still the same person: the password again. Not needed within ten minutes after the sign-in (or after the
 * token was issued for the password).
 */
const proof = { password: z.string().min(1).max(200).optional() };

export const changePasswordInputSchema = z.object({
  password: z.string().min(1).max(200),
  newPassword: passwordSchema,
});
export const resetPasswordInputSchema = z.object({ secret: z.string().min(1).max(100), newPassword: passwordSchema });
export const sessionIdInputSchema = z.object({ sessionId: z.uuid() });
export const totpBeginInputSchema = z.object(proof).default({});
export const totpConfirmInputSchema = z.object({ code: secondFactorCodeSchema });
export const totpDisableInputSchema = z.object({ ...proof, code: secondFactorCodeSchema });
export const newRecoveryCodesInputSchema = z.object({ ...proof, code: secondFactorCodeSchema });
export const passkeyBeginInputSchema = z.object(proof).default({});
export const passkeyNameSchema = z.string().trim().min(1).max(60);
export const passkeyFinishInputSchema = z.object({
  challengeId: z.uuid(),
  name: passkeyNameSchema,
  /** The browser's RegistrationResponseJSON (WebAuthn level 3). */
  response: z.record(z.string(), z.unknown()),
});
export const passkeyRenameInputSchema = z.object({ passkeyId: z.uuid(), name: passkeyNameSchema });
export const passkeyRemoveInputSchema = z.object({ ...proof, passkeyId: z.uuid() });
export const tokenScopesSchema = z.array(z.enum(permissions)).min(1).nullable();
export const createTokenInputSchema = z.object({
  name: z.string().trim().min(1).max(60),
  /** Null: everything that its owner may do at the moment of each call. */
  scopes: tokenScopesSchema.default(null),
  expiresInDays: z.number().int().min(1).max(365).default(90),
});
export const tokenIdInputSchema = z.object({ tokenId: z.uuid() });

export const signInMethods = ["password", "totp", "recovery", "passkey"] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const sessionSchema = z.object({
  id: z.uuid(),
  /** The one that asks. */
  isCurrent: z.boolean(),
  address: z.string(),
  userAgent: z.string(),
  signedInWith: z.enum(signInMethods),
  createdAt: z.date(),
  /** To the minute. */
  lastSeenAt: z.date().nullable(),
  expiresAt: z.date(),
});
export type Session = z.infer<typeof sessionSchema>;

export const apiTokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: tokenScopesSchema,
  createdAt: z.date(),
  expiresAt: z.date(),
  lastUsedAt: z.date().nullable(),
  lastUsedAddress: z.string().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;

export const passkeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  isBackedUp: z.boolean(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;

/** What an authenticator app is set up with. */
export interface TotpBeginning {
  /** Base32, to be typed. */
  secret: string;
  /** The same as an `otpauth://` address, to be shown as a QR code. */
  uri: string;
}

/** The person who is signed in, as the page needs it. */
export const meSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  role: z.enum(roles),
  isApproved: z.boolean(),
  createdAt: z.date(),
  locale: z.enum(locales).nullable(),
  theme: z.enum(themes).nullable(),
  timeZone: z.string().nullable(),
  permissions: z.array(z.enum(permissions)),
  /** Other people's servers that are shared with this person: what they may do with each. */
  sharedServers: z.record(z.uuid(), z.array(z.enum(permissions))),
  hasTotp: z.boolean(),
  hasPasskey: z.boolean(),
  recoveryCodesLeft: z.number().int(),
  /** A second factor is asked of this role and there is none yet: nothing but one's own account can be reached. */
  mustEnrol: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;
