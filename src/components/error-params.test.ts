import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import { locales } from "@/domains/auth/contract";
import { type ErrorCode, errorCodes } from "@/lib/error-codes";
import { errorParams } from "./error-params";

const texts = {
  en: (await import("@/i18n/messages/en.json")).default,
  ja: (await import("@/i18n/messages/ja.json")).default,
};

function sentence(locale: (typeof locales)[number], code: ErrorCode, details: Record<string, unknown>): string {
  const onError = (error: Error) => {
    throw error;
  };
  const t = createTranslator({ locale, messages: texts[locale], namespace: "errors", onError });
  return t(code, errorParams(details));
}

it.each(locales)("makes a whole sentence of every code in %s, whatever details came", (locale) => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    for (const details of [
      {},
      { port: null, holder: null, state: 7 },
      { port: 25565, holder: "Lobby", state: "running" },
    ]) {
      expect(sentence(locale, code, details)).toMatch(/^[^{}]+[.。]$/);
    }
    expect(sentence(locale, code, {}), code).not.toMatch(/\bnone\b/);
  }
});

it("puts the details into the sentence", () => {
  expect(sentence("en", "PORT_TAKEN", { port: 25565, holder: "Lobby" })).toBe(
    "Port 25565 is taken by Lobby. Choose another one.",
  );
  expect(sentence("en", "PORT_TAKEN", { port: 25565, holder: null })).toBe("Port 25565 is taken. Choose another one.");
  expect(sentence("ja", "PORT_TAKEN", { port: 25565, holder: "Lobby" })).toBe(
    "ポート 25565 は Lobby が使用しています。別のポートを指定してください。",
  );
  expect(sentence("en", "RATE_LIMITED", { retryAfterSeconds: 12 })).toContain("in 12 s");
  expect(sentence("en", "STATE_CONFLICT", { state: "stopping", allowed: [] })).toContain(
    "while the server is stopping",
  );
});
