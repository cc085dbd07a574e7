import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "@/server/trpc/root";

/** Streams that go on until the subscriber leaves. */
export const endlessStreams: ReadonlySet<string> = new Set(["servers.events", "console.stream"]);

/**
 * For streams that have no end of their own: the server ends them when it closes, and when the session or a right behind
 * them has changed. Their end becomes a failure, which retryLink answers by coming back; subscribers see `connecting` with
 * the reason meanwhile.
 */
export function endlessLink(isEndless: (path: string) => boolean): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      if (!isEndless(op.path)) return next(op);
      return observable((observer) => {
        let isLeft = false;
        const lose = (error: TRPCClientError<AppRouter>) => {
          observer.next({ result: { type: "state", state: "connecting", error } });
          observer.error(error);
        };
        const subscription = next(op).subscribe({
          next(envelope) {
            const { result } = envelope;
            if (result.type === "stopped" || (result.type === "state" && result.state === "idle")) return;
            observer.next(envelope);
          },
          error: lose,
          complete() {
            if (!isLeft) lose(TRPCClientError.from(new Error("the stream was ended by the server")));
          },
        });
        return () => {
          isLeft = true;
          subscription.unsubscribe();
        };
      });
    };
}
