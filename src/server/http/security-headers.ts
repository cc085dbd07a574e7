import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

const csp = (nonce: string, { isProduction, imageOrigin }: Options) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isProduction ? "" : " 'unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${imageOrigin ? ` ${imageOrigin}` : ""}`,
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

interface Options {
  isHttps: boolean;
  isProduction: boolean;
  /** Where pictures may come from beside the program itself. */
  imageOrigin?: string | null;
}

/** Headers of every answer, errors included, with a content security policy that carries a fresh nonce. */
export function securityHeaders(options: Options): Record<string, string> {
  return {
    "content-security-policy": csp(randomBytes(16).toString("base64"), options),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    ...(options.isHttps ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

/** Sets them. Returns the policy, for the pages. */
export function setSecurityHeaders(response: ServerResponse, options: Options): string {
  const headers = securityHeaders(options);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return headers["content-security-policy"] ?? "";
}
