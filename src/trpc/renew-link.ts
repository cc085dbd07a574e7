import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "@/server/trpc/root";
import { isSignedOut } from "./query-client";
import type { Renewal } from "./renew-session";

export interface Renewer {
  freshMark(): string | undefined;
  renewSession(seen: string | undefined): Promise<Renewal>;
}

/**
 * Renews the session when a call is refused because nobody is signed in, and makes the call again, once. A stream becomes a failure
 * that retryLink answers, so that it goes on after its last event. What stays refused is refused; when the renewal itself fails,
 * the call fails like any call to a server that is away.
 */
export function renewLink({ freshMark, renewSession }: Renewer): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let isLeft = false;
        let leave = () => {};
        const run = (isFirst: boolean) => {
          const seen = freshMark();
          const subscription = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error(error) {
              if (isFirst && isSignedOut(error)) void renewSession(seen).then((renewal) => goOn(error, renewal));
              else observer.error(error);
            },
          });
          leave = () => subscription.unsubscribe();
        };
        const goOn = (refusal: TRPCClientError<AppRouter>, renewal: Renewal) => {
          if (isLeft) return;
          if (renewal.kind === "ended") observer.error(refusal);
          else if (renewal.kind === "failed") observer.error(unavailable(renewal));
          else if (op.type === "subscription")
            observer.error(TRPCClientError.from(new Error("the session was renewed")));
          else run(false);
        };
        run(true);
        return () => {
          isLeft = true;
          leave();
        };
      });
}

/** As the call itself would have failed: worth trying again, and no reason to sign in. */
function unavailable({ error }: Renewal & { kind: "failed" }): TRPCClientError<AppRouter> {
  if (!error) return TRPCClientError.from(new Error("the session could not be renewed"));
  const data = { code: "SERVICE_UNAVAILABLE", httpStatus: 503, error };
  return TRPCClientError.from({ error: { message: error.message, code: -32_603, data } } as never);
}
