import { expect, it } from "vitest";
import { resolveLocale } from "./resolve-locale";

const nothing = { account: null, cookie: undefined, acceptLanguage: null, fallback: "en" } as const;

it("asks the account first, then the cookie, then the browser, then the setting", () => {
  expect(resolveLocale({ account: "ja", cookie: "en", acceptLanguage: "en", fallback: "en" })).toBe("ja");
  expect(resolveLocale({ ...nothing, cookie: "ja", acceptLanguage: "en" })).toBe("ja");
  expect(resolveLocale({ ...nothing, acceptLanguage: "ja-JP" })).toBe("ja");
  expect(resolveLocale({ ...nothing, fallback: "ja" })).toBe("ja");
});

it("ignores languages that we do not speak", () => {
  expect(
    resolveLocale({ ...nothing, account: "de", cookie: "../../etc", acceptLanguage: "de,fr;q=0.9,ja;q=0.2" }),
  ).toBe("ja");
  expect(resolveLocale({ ...nothing, acceptLanguage: "*" })).toBe("en");
});

it("follows the weights of Accept-Language and leaves out what is refused", () => {
  expect(resolveLocale({ ...nothing, acceptLanguage: "en;q=0.5, ja;q=0.8" })).toBe("ja");
  expect(resolveLocale({ ...nothing, acceptLanguage: "ja;q=0, en;q=0.1" })).toBe("en");
  expect(resolveLocale({ ...nothing, acceptLanguage: ";;;,,q=,ja;q=x", fallback: "en" })).toBe("ja");
});
