import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import type { SessionRow } from "@/domains/auth/server/session-repository";
import { sessions } from "@/domains/auth/server/table";
import { readCookie } from "@/domains/auth/session-cookies";
import { deriveKey } from "@/server/crypto/seal";
import { dataPaths } from "@/server/fs/data-paths";
import { createAccessParts } from "@/server/http/access-part";
import type { Program } from "./program";
import { type Answer, readAnswer } from "./program-calls";
import type { Person } from "./program-people";
import type { Browser } from "./program-session";

const refreshPath = "/api/session/refresh";
let count = 0;

/** A new attempt id. */
export const newAttempt = () => `attempt-of-the-tests-${++count}`;

function refreshInit(attempt: string | undefined, cookie?: string): RequestInit {
  const headers = { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) };
  return { method: "POST", headers, body: JSON.stringify({ attempt }) };
}

/** As the page does it: the browser keeps what it is given. */
export async function refresh(browser: Browser, attempt = newAttempt()): Promise<Answer> {
  return readAnswer(await browser.fetch(refreshPath, refreshInit(attempt)));
}

/** By somebody who holds this cookie; with the `Set-Cookie` lines of the answer. */
export async function refreshWith(url: string, cookie: string, attempt: string | undefined = newAttempt()) {
  const response = await fetch(url + refreshPath, refreshInit(attempt, cookie));
  const lines = response.headers.getSetCookie();
  return { ...(await readAnswer(response)), lines, secret: /mcsd\.refresh=([^;]+)/.exec(lines.join("\n"))?.[1] };
}

/** The refresh part that a browser holds, as a cookie. */
export function refreshCookie(browser: Browser): string {
  return `mcsd.refresh=${readCookie(browser.cookie(), "mcsd.refresh")}`;
}

/** The session row behind a browser's cookies. */
export async function rowOf(program: Program, browser: Browser): Promise<SessionRow> {
  const id = readCookie(browser.cookie(), "mcsd.refresh")?.split(".")[0] ?? "";
  const [row] = await program.db.select().from(sessions).where(eq(sessions.id, id));
  if (!row) throw new Error("The browser has no session");
  return row;
}

/** A genuine access part that ended `seconds` ago, as a cookie. */
export async function endedAccess(
  program: Program,
  session: { sessionId: string; person: Person },
  seconds = 1,
): Promise<string> {
  const secretKey = (await readFile(dataPaths(program.dataDir).secretKey, "utf8")).trim();
  const secret = deriveKey(secretKey, "next-auth").toString("base64url");
  const parts = createAccessParts({ secret, seconds: -seconds, cookieSeconds: 3600 });
  return `mcsd.session=${await parts.make({ sessionId: session.sessionId, userId: session.person.id })}`;
}
