import type { Credentials } from "./bench";

/** Signs in as a browser does, by next-auth's own routes. Resolves with the value for a `cookie` header. */
export async function signInBrowser(url: string, { username, password }: Credentials): Promise<string> {
  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookiesOf(asked), origin: url },
    body: new URLSearchParams({ csrfToken, username, password, callbackUrl: `${url}/servers`, json: "true" }),
  });
  await answer.arrayBuffer();
  const session = cookiesOf(answer)
    .split("; ")
    .find((cookie) => cookie.startsWith("mcsd.session="));
  if (!session) throw new Error(`The sign-in brought no session (status ${answer.status}).`);
  return session;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}
