import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

const csp = (nonce: string, isProduction: boolean) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isProduction ? "" : " 'unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Headers of every answer, errors included. Returns the page's content security policy, which carries a fresh nonce. */
export function setSecurityHeaders(
  response: ServerResponse,
  options: { isHttps: boolean; isProduction: boolean },
): string {
  const policy = csp(randomBytes(16).toString("base64"), options.isProduction);
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=()");
  if (options.isHttps) response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
  return policy;
}
