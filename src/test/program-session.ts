export interface SignInAnswer {
  status: number;
  url: string;
  /** What the sign-in page is told; null when it went well. */
  error: string | null;
  /** The body as it came. */
  text: string;
}

export interface Browser {
  /** For the `cookie` header. */
  cookie(): string;
  /** Sends what the browser holds, keeps what it is given. Follows no redirect. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Through the sign-in page's own way; the answer's `url` names the error when it failed. */
  signIn(credentials: { username: string; password: string; totp?: string }): Promise<SignInAnswer>;
  /** Through another of next-auth's providers. */
  signInWith(provider: string, fields: Record<string, string>): Promise<SignInAnswer>;
  signOut(): Promise<void>;
}

/** As much of a browser as signing in needs: a cookie jar and next-auth's three requests. */
export function openBrowser(url: string): Browser {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("cookie", cookie());
    const response = await fetch(new URL(path, url), { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const post = async (path: string, fields: Record<string, string>) => {
    const { csrfToken } = (await (await send("/api/auth/csrf")).json()) as { csrfToken: string };
    return send(path, { method: "POST", body: new URLSearchParams({ ...fields, csrfToken, json: "true" }) });
  };
  const signInWith = async (provider: string, fields: Record<string, string>): Promise<SignInAnswer> => {
    const response = await post(`/api/auth/callback/${provider}`, fields);
    const text = await response.text();
    const url = /"url":"([^"]*)"/.exec(text)?.[1] ?? "";
    const error = URL.canParse(url) ? new URL(url).searchParams.get("error") : null;
    return { status: response.status, url, error, text };
  };
  return {
    cookie,
    fetch: send,
    signIn: (credentials) => signInWith("credentials", { ...credentials }),
    signInWith,
    async signOut() {
      await (await post("/api/auth/signout", {})).arrayBuffer();
    },
  };
}
