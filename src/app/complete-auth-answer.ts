import { bridge } from "@/server/bridge";
import type { AuthOutcome } from "./auth-options";

/**
 * next-auth's answer with what it leaves out: the refresh part of a session, and failures with their own status, in the form of
 * all others. `url` stays in the body: next-auth's client reads it.
 */
export async function completeAuthAnswer(answer: Response, outcome: AuthOutcome, headers: Headers): Promise<Response> {
  const { openedCookies, endedCookies, refusal } = bridge();
  if (outcome.failure !== undefined) {
    const { status, body } = refusal(outcome.failure, headers);
    const known = (await answer.json().catch(() => ({}))) as { url?: string };
    // Nothing of the session has changed: its cookies stay as they are.
    const failed = Response.json({ url: known.url, error: body }, { status });
    const wait = body.details.retryAfterSeconds;
    if (typeof wait === "number") failed.headers.set("retry-after", String(wait));
    return failed;
  }
  const lines = outcome.sessionId
    ? openedCookies(outcome.sessionId, headers)
    : outcome.isSignedOut
      ? endedCookies(headers)
      : [];
  for (const line of lines) answer.headers.append("set-cookie", line);
  return answer;
}
