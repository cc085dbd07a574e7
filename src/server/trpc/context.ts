import type { Actor } from "@/server/auth/actor";
import type { Services } from "@/server/context";

/** What every procedure is given about its request. */
export interface RequestContext {
  readonly services: Services;
  readonly actor: Actor | null;
  /** Address of the client, as far as TRUSTED_PROXIES lets it be known. */
  readonly address: string;
  /** Where the dashboard is for this client, by PUBLIC_URL or the request itself: `https://mc.example.org`. */
  readonly origin: string;
  readonly requestId: string;
  /** Aborts when the client goes away or mcsd closes. */
  readonly signal: AbortSignal;
  /** Re-reads who is asking; null once the session or token has ended. For long streams. */
  reauthenticate(): Promise<Actor | null>;
  /** Seconds for a Retry-After header. */
  retryAfter(seconds: number): void;
}
