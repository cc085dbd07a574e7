import type { Locale, Me } from "@/domains/auth/contract";
import type { ErrorBody } from "@/lib/error-codes";
import type { AppCaller } from "@/server/trpc/root";

export interface PasswordAttempt {
  kind: "password";
  username: string;
  password: string;
  /** A code of the authenticator app, or a recovery code. */
  totp?: string;
  /** Address that the request came from, as main.ts worked it out. */
  address: string;
  userAgent: string;
}

export interface PasskeyAttempt {
  kind: "passkey";
  challengeId: string;
  /** The browser's answer, as JSON. */
  response: string;
  /** Where the dashboard is for this browser, as main.ts worked it out. */
  origin: string;
  address: string;
  userAgent: string;
}

/** One way to sign in. */
export type SignInAttempt = PasswordAttempt | PasskeyAttempt;

/** What a page may ask of the running program. `headers` are those of the page's own request. */
export interface Bridge {
  /** The signed-in person, or null. Throws DATABASE_UNAVAILABLE when it cannot be known. */
  me(headers: Headers): Promise<Me | null>;
  /** Calls procedures in process, with the rights of the request. */
  caller(headers: Headers): Promise<AppCaller>;
  /** True while no administrator exists. */
  isSetupNeeded(): Promise<boolean>;
  /** Checks the credentials and opens a session; null for any kind of wrong. */
  signIn(attempt: SignInAttempt): Promise<{ userId: string; sessionId: string } | null>;
  signOut(sessionId: string, headers: Headers): Promise<void>;
  /** Whether the access part of the browser's session has ended or is missing, and nothing else is known: the page can renew it. */
  mayRenew(headers: Headers): Promise<boolean>;
  /** `Set-Cookie` lines beside next-auth's own, for a session that was opened by this request. */
  openedCookies(sessionId: string, headers: Headers): string[];
  /** `Set-Cookie` lines that take them away. */
  endedCookies(headers: Headers): string[];
  /** A failure as every plain HTTP answer tells it. */
  refusal(error: unknown, headers: Headers): { status: number; body: ErrorBody };
  readonly settings: {
    authSecret: string;
    defaultLocale: Locale;
    sessionMaxAgeSeconds: number;
    /** When an access part that is made now ends, in Unix seconds. */
    accessUntil(): number;
    isSecureCookie(headers: Headers): boolean;
    /** Where the dashboard is for this client: `https://mc.example.org`. */
    originOf(headers: Headers): string;
    version: string;
    /** Whether strangers may ask for an account, as it is set at this moment. */
    registrationEnabled(): boolean;
  };
}

const key = Symbol.for("mcsd.app");

/** The one way from a page to the program: main.ts sets it before the first request. */
export function bridge(): Bridge {
  const found = (globalThis as { [key]?: Bridge })[key];
  if (!found) throw new Error("mcsd is not running in this process");
  return found;
}

export function setBridge(value: Bridge): void {
  (globalThis as { [key]?: Bridge })[key] = value;
}
