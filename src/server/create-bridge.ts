import { readMe } from "@/domains/auth/server/me";
import { hasAdministrator } from "@/domains/auth/server/repository";
import { signIn } from "@/domains/auth/server/sign-in";
import { signOut } from "@/domains/auth/server/sign-out";
import type { Actor } from "@/server/auth/actor";
import type { Bridge } from "@/server/bridge";
import type { Services } from "@/server/context";
import { AppError, isDatabaseDown } from "@/server/errors";
import type { Authenticator } from "@/server/http/authenticate";
import { createCaller } from "@/server/trpc/root";

/** What pages may reach of the running program. The headers that it reads were written by main.ts. */
export function createBridge(services: Services, authenticate: Authenticator, authSecret: string): Bridge {
  const { env } = services;
  const addressOf = (headers: Headers) => headers.get("x-mcsd-address") ?? "";
  const originOf = (headers: Headers) =>
    `${headers.get("x-forwarded-proto") ?? "http"}://${headers.get("x-forwarded-host") ?? ""}`;
  const actorOf = (headers: Headers): Promise<Actor | null> =>
    authenticate({ cookie: headers.get("cookie") ?? undefined }, addressOf(headers));

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
        reauthenticate: () => actorOf(headers),
        retryAfter: () => {},
      });
    },
    isSetupNeeded: () => orUnavailable(async () => !(await hasAdministrator(services.db))),
    signIn: (attempt) => signIn(services, attempt),
    signOut: (sessionId) => signOut(services, sessionId, ""),
    settings: {
      authSecret,
      defaultLocale: env.NEXT_PUBLIC_DEFAULT_LOCALE,
      sessionMaxAgeSeconds: env.REFRESH_TOKEN_EXPIRE_DAYS * 86_400,
      isSecureCookie: (headers) => headers.get("x-forwarded-proto") === "https",
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
