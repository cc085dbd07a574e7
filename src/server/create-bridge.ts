import { readMe } from "@/domains/auth/server/me";
import { hasAdministrator } from "@/domains/auth/server/repository";
import { signIn } from "@/domains/auth/server/sign-in";
import { signOut } from "@/domains/auth/server/sign-out";
import { readCookie, sessionCookieNames } from "@/domains/auth/session-cookies";
import type { Actor } from "@/server/auth/actor";
import type { Bridge } from "@/server/bridge";
import type { Services } from "@/server/context";
import { AppError, isDatabaseDown, statusOf, toErrorBody } from "@/server/errors";
import type { AccessParts } from "@/server/http/access-part";
import type { Authenticator } from "@/server/http/authenticate";
import { endedCookies, sessionCookies } from "@/server/http/set-session-cookies";
import { createCaller } from "@/server/trpc/root";

interface Secrets {
  /** next-auth's. */
  authSecret: string;
  access: AccessParts;
}

/** What pages may reach of the running program. The headers that it reads were written by main.ts. */
export function createBridge(services: Services, authenticate: Authenticator, { authSecret, access }: Secrets): Bridge {
  const { env } = services;
  const addressOf = (headers: Headers) => headers.get("x-mcsd-address") ?? "";
  const originOf = (headers: Headers) =>
    `${headers.get("x-forwarded-proto") ?? "http"}://${headers.get("x-forwarded-host") ?? ""}`;
  const isHttps = (headers: Headers) => headers.get("x-forwarded-proto") === "https";
  const credentialsOf = (headers: Headers) => ({
    cookie: headers.get("cookie") ?? undefined,
    isHttps: isHttps(headers),
  });
  const actorOf = (headers: Headers): Promise<Actor | null> => authenticate(credentialsOf(headers), addressOf(headers));
  const refreshSeconds = env.REFRESH_TOKEN_EXPIRE_DAYS * 86_400;

  return {
    me: (headers) =>
      orUnavailable(async () => {
        const actor = await actorOf(headers);
        return actor && readMe({ ...services, actor });
      }),
    async caller(headers) {
      const actor = await orUnavailable(() => actorOf(headers));
      return createCaller({
        services,
        actor,
        address: addressOf(headers),
        origin: originOf(headers),
        requestId: headers.get("x-request-id") ?? "",
        signal: services.shutdown,
        reauthenticate: () => authenticate.again(credentialsOf(headers), addressOf(headers)),
        retryAfter: () => {},
      });
    },
    isSetupNeeded: () => orUnavailable(async () => !(await hasAdministrator(services.db))),
    signIn: (attempt) => signIn(services, attempt),
    signOut: (sessionId, headers) => signOut(services, sessionId, addressOf(headers)),
    async mayRenew(headers) {
      const credentials = credentialsOf(headers);
      const names = sessionCookieNames(credentials.isHttps);
      if (readCookie(credentials.cookie, names.session)) return authenticate.hasEnded(credentials);
      return services.refreshSecrets.read(readCookie(credentials.cookie, names.refresh)) !== null;
    },
    openedCookies: (sessionId, headers) =>
      sessionCookies(
        { refresh: services.refreshSecrets.make({ sessionId, generation: 0 }), generation: 0 },
        { isHttps: isHttps(headers), accessSeconds: access.seconds, refreshSeconds },
      ),
    endedCookies: (headers) => endedCookies(isHttps(headers)),
    refusal: (error, headers) => {
      const body = toErrorBody(error, headers.get("x-request-id") ?? "");
      return { status: statusOf(body.code), body };
    },
    settings: {
      authSecret,
      defaultLocale: env.NEXT_PUBLIC_DEFAULT_LOCALE,
      sessionMaxAgeSeconds: refreshSeconds,
      accessUntil: access.until,
      isSecureCookie: isHttps,
      originOf,
      version: services.version,
      registrationEnabled: () => services.settings.current().registrationEnabled,
    },
  };
}

/** A page can tell a database that is away from a fault: it says so and offers to try again. */
async function orUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    throw new AppError("DATABASE_UNAVAILABLE", "The database cannot be reached at the moment.", {}, { cause: error });
  }
}
