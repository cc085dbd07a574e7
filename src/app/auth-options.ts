import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { credentialsWithCodeSchema, passkeySignInSchema } from "@/domains/auth/contract";
import { sessionCookieNames } from "@/domains/auth/session-cookies";
import { bridge, type SignInAttempt } from "@/server/bridge";
import { ownAddress } from "./own-address";
import { signInFailure } from "./sign-in-failure";

/** What became of the request, for what next-auth's answer leaves out. */
export interface AuthOutcome {
  /** The session that it has opened. */
  sessionId?: string;
  isSignedOut?: boolean;
  /** Why nothing came of it, when it is more than wrong credentials. */
  failure?: unknown;
}

/**
 * What next-auth does for one request: it is the shell around our own sessions. Its JWT holds the session's id and the
 * user's id, and when its time is up, which renewals of the cookie leave as it is; whether that session still stands is asked of the database at every call.
 */
export function authOptions(headers: Headers, outcome: AuthOutcome): AuthOptions {
  const { signIn, signOut, settings } = bridge();
  const from = { address: addressOf(headers), userAgent: headers.get("user-agent")?.slice(0, 300) ?? "" };
  const open = async (attempt: SignInAttempt) => {
    const session = await signIn(attempt).catch((error) => {
      outcome.failure = error;
      throw signInFailure(error);
    });
    if (session) outcome.sessionId = session.sessionId;
    return session && { id: session.userId, sessionId: session.sessionId };
  };
  const isSecure = settings.isSecureCookie(headers);
  const names = sessionCookieNames(isSecure);
  const cookie = (name: string) => ({
    name,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure } as const,
  });
  return {
    secret: settings.authSecret,
    session: { strategy: "jwt", maxAge: settings.sessionMaxAgeSeconds },
    pages: { signIn: "/login", signOut: "/login", error: "/login", verifyRequest: "/login" },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: cookie(names.session),
      csrfToken: cookie(names.csrf),
      callbackUrl: cookie(names.callbackUrl),
    },
    providers: [
      CredentialsProvider({
        id: "credentials",
        credentials: { username: {}, password: {}, totp: {} },
        authorize(given) {
          const { data } = credentialsWithCodeSchema.safeParse(given);
          return data ? open({ kind: "password", ...data, ...from }) : null;
        },
      }),
      CredentialsProvider({
        id: "passkey",
        credentials: { challengeId: {}, response: {} },
        authorize(given) {
          const { data } = passkeySignInSchema.safeParse(given);
          return data ? open({ kind: "passkey", ...data, origin: settings.originOf(headers), ...from }) : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user
          ? { sub: user.id, sid: user.sessionId, acc: settings.accessUntil() }
          : { sub: token.sub, sid: token.sid, acc: token.acc },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
    events: {
      async signOut({ token }) {
        outcome.isSignedOut = true;
        if (!token?.sid) return;
        await signOut(token.sid, headers).catch((error) => {
          outcome.failure = error;
        });
      },
    },
    // The verbs behind the bridge log sign-ins; next-auth's own lines would let strangers fill the log.
    logger: { error() {}, warn() {}, debug() {} },
  };
}

/** main.ts writes this header itself, from the socket and the proxies that it trusts. */
function addressOf(headers: Headers): string {
  return headers.get("x-mcsd-address") ?? "";
}
