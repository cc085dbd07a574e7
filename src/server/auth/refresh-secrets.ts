import { createHmac, timingSafeEqual } from "node:crypto";

/** Which renewal of which session a secret was made for. */
export interface RefreshClaim {
  sessionId: string;
  generation: number;
}

/**
 * Refresh secrets are derived, not stored: `<session>.<generation>.<HMAC-SHA-256 of both>`. So each one ever given out is
 * recognised for as long as the key lives, also the used ones, and a stolen database holds none.
 */
export interface RefreshSecrets {
  make(claim: RefreshClaim): string;
  /** Null for what was never given out. */
  read(secret: string | undefined): RefreshClaim | null;
}

const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(0|[1-9]\d{0,8})\.([A-Za-z0-9_-]{43})$/;

export function createRefreshSecrets(key: Buffer): RefreshSecrets {
  const sign = ({ sessionId, generation }: RefreshClaim) =>
    createHmac("sha256", key).update(`${sessionId}|${generation}`).digest("base64url");

  return {
    make: (claim) => `${claim.sessionId}.${claim.generation}.${sign(claim)}`,
    read(secret) {
      const [, sessionId, digits, given] = form.exec(secret ?? "") ?? [];
      if (!sessionId || !digits || !given) return null;
      const claim = { sessionId, generation: Number(digits) };
      return timingSafeEqual(Buffer.from(sign(claim)), Buffer.from(given)) ? claim : null;
    },
  };
}
