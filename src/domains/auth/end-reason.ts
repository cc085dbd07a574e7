/** Why a session ended; kept with its row. */
export type EndReason = "sign_out" | "replaced" | "ended" | "reused" | "password" | "role" | "deactivated" | "deleted";
