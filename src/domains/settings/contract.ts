import { z } from "zod";
import { type Role, roles } from "../auth/permissions";
import { defaultUploadTypes } from "../files/upload-types";
import type { KindCheck } from "../launch/contract";
import { userLimitsSchema } from "../users/contract";

/** What an administrator sets while mcsd runs; everything else is an environment variable. */
export const appSettingsSchema = z.object({
  /** Whether strangers may ask for an account. */
  registrationEnabled: z.boolean(),
  /** Roles that must have an authenticator app or a passkey. */
  secondFactorRoles: z.array(z.enum(roles)).max(roles.length),
  /** How long the audit log is kept; null: for ever. */
  auditRetentionDays: z.number().int().min(7).max(3650).nullable(),
  /** Endings of the files that may be uploaded, lower case; `*` is every file. */
  uploadTypes: z
    .array(z.string().regex(/^(?:\*|\.[a-z0-9][a-z0-9._-]{0,30})$/))
    .min(1)
    .max(100),
});
export type AppSettings = z.infer<typeof appSettingsSchema>;
export const defaultAppSettings: AppSettings = {
  registrationEnabled: true,
  secondFactorRoles: [] as Role[],
  auditRetentionDays: 365,
  uploadTypes: defaultUploadTypes,
};
export const updateSettingsInputSchema = appSettingsSchema.partial();
/** The application's layer: the same limits for everybody. */
export const setLimitsInputSchema = userLimitsSchema.partial();

export interface HealthCheck {
  name: "database" | "disk" | "java" | "upstreams" | "isolation" | "docker";
  status: "ok" | "warn" | "fail";
  /** Facts for the sentence that the page shows; numbers in bytes or seconds as their names say. */
  params: Record<string, string | number>;
  /** Which of the check's sentences applies. */
  detail: string;
}

/** An engine for containers: how it is, and what hangs on it. */
export interface EngineHealth extends KindCheck {
  /** Servers of this kind, of everybody. */
  servers: number;
  /** New servers are of this kind unless somebody chooses another. */
  isDefault: boolean;
}

export interface SystemHealth {
  version: string;
  uptimeSeconds: number;
  checks: HealthCheck[];
  engines: EngineHealth[];
}
