import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import en from "@/i18n/messages/en.json";
import ja from "@/i18n/messages/ja.json";
import { exitCauses } from "../exit-cause";
import { causeParams } from "./cause-params";
import { timelineTexts } from "./detail/timeline-text";

const full = {
  port: 25565,
  holder: "Lobby",
  needed: 21,
  have: 17,
  required: 21,
  kind: "Java heap space",
  seconds: 60,
  option: "-Xfoo",
};

for (const [locale, messages] of [
  ["en", en],
  ["ja", ja],
] as const) {
  const onError = (error: Error) => {
    throw error;
  };
  const causes = createTranslator({ locale, messages, namespace: "causes", onError });
  const timeline = createTranslator({ locale, messages, namespace: "servers.timeline.text", onError });

  it(`has a sentence for every cause, with and without its details (${locale})`, () => {
    for (const cause of exitCauses) {
      for (const params of [causeParams({}), causeParams(full)]) {
        const what = causes(`${cause}.what` as "unknown.what", params);
        expect(what.length, cause).toBeGreaterThan(4);
        expect(what, cause).not.toMatch(/none|[{}]/);
      }
    }
  });

  it(`has a sentence for everything that the timeline tells (${locale})`, () => {
    const values = { kind: "odd", name: "Ada", seconds: "none", attempt: 1, attempts: 3, fields: "none" };
    for (const text of timelineTexts) expect(timeline(text, values), text).not.toMatch(/none|[{}]/);
  });
}

it("names who took the port, and which Java is missing", () => {
  const causes = createTranslator({ locale: "en", messages: en, namespace: "causes" });
  expect(causes("port_taken.what", causeParams(full))).toBe("Port 25565 is taken by Lobby.");
  expect(causes("wrong_java.what", causeParams(full))).toBe("It needs Java 21 but was started with Java 17.");
});
