import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { credentialsWithCodeSchema, passkeySignInSchema } from "@/domains/auth/contract";
import { bridge, type SignInAttempt } from "@/server/bridge";
import { signInFailure } from "./sign-in-failure";

/**
 * What next-auth does for one request: it is the shell around our own sessions. Its JWT holds the session's id and the
 * user's id and nothing else; whether that session still stands is asked of the database at every call.
 */
export function authOptions(headers: Headers): AuthOptions {
  const { signIn, signOut, settings } = bridge();
  const from = { address: addressOf(headers), userAgent: headers.get("user-agent")?.slice(0, 300) ?? "" };
  const open = async (attempt: SignInAttempt) => {
    const session = await signIn(attempt).catch((error) => {
      throw signInFailure(error);
    });
    return session && { id: session.userId, sessionId: session.sessionId };
  };
  const isSecure = settings.isSecureCookie(headers);
  return {
    secret: settings.authSecret,
    session: { strategy: "jwt", maxAge: settings.sessionMaxAgeSeconds },
    pages: { signIn: "/login", signOut: "/login", error: "/login", verifyRequest: "/login" },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: isSecure ? "__Host-mcsd.session" : "mcsd.session",
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure },
      },
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
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sessionId } : { sub: token.sub, sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (token?.sid) await signOut(token.sid);
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
