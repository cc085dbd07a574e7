import { expect, it } from "vitest";
import { safeCallbackPath } from "./safe-callback-path";

it.each(["/servers/abc/console", "/versions?type=paper#x", "/account"])("keeps our own path %s", (path) => {
  expect(safeCallbackPath(path)).toBe(path);
});

it.each([
  null,
  "",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n//evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "/..//evil.example",
  "/./\\evil.example",
  "/api/auth/signout",
  "/x/../api/auth/signout",
  "/login?callbackUrl=/login",
  "/register",
  "/reset?secret=x",
  "/renew?callbackUrl=/servers",
  `/${"a".repeat(2000)}`,
])("goes home instead of %j", (path) => {
  const result = safeCallbackPath(path);
  expect(new URL(result, "http://here.example").host).toBe("here.example");
  expect(result).toBe("/servers");
});
