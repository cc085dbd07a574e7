import { expect, it } from "vitest";
import { describeUserAgent } from "./describe-user-agent";

const safariParts = "AppleWebKit/537.36 (KHTML, like Gecko)";

it.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${safariParts} Chrome/140.0.0.0 Safari/537.36`, "Chrome", "Linux", "computer"],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${safariParts} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`,
    "Edge",
    "Windows",
    "computer",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Firefox",
    "macOS",
    "computer",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
    "Safari",
    "macOS",
    "computer",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
    "Safari",
    "iOS",
    "phone",
  ],
  [
    `Mozilla/5.0 (Linux; Android 15; SM-S921B) ${safariParts} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    "Samsung Internet",
    "Android",
    "phone",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64) Something/1.0", null, "Linux", "computer"],
  ["curl/8.5.0", null, null, "program"],
  ["", null, null, "program"],
  ["<script>alert(1)</script>", null, null, "program"],
])("says who %s is", (userAgent, browser, system, kind) => {
  expect(describeUserAgent(userAgent)).toEqual({ browser, system, kind });
});
