import { expect, it } from "vitest";
import { entryAsText, formatEntry, withoutServerClock } from "./format-entry";

const line = (text: string, level: "info" | "warn" | "error" = "info") =>
  ({ kind: "line", line: { id: "1", time: "2026-01-01T12:00:00.000Z", level, text } }) as const;

it("puts the viewer's time in place of the server's clock and keeps Paper's level", () => {
  expect(withoutServerClock("[12:34:56] [Server thread/INFO]: Done")).toBe("[Server thread/INFO]: Done");
  expect(withoutServerClock("[12:34:56 WARN]: Careful")).toBe("[WARN]: Careful");
  expect(withoutServerClock("no clock here")).toBe("no clock here");
  const shown = formatEntry(line("[12:34:56] [Server thread/INFO]: Done"), { clock: () => "21:00:00", gap: "" });
  expect(shown).toBe("\u001b[90m21:00:00\u001b[0m [Server thread/INFO]: Done\u001b[0m\r\n");
});

it("leaves the line as it is without a clock, and colours warnings and errors", () => {
  expect(formatEntry(line("[12:34:56] hm", "warn"), { clock: null, gap: "" })).toBe(
    "\u001b[33m[12:34:56] hm\u001b[0m\r\n",
  );
  expect(formatEntry(line("bad", "error"), { clock: null, gap: "" })).toContain("\u001b[31mbad");
});

it("shows a reply under its command, row by row, as data", () => {
  const shown = formatEntry(
    { kind: "command", command: "list", reply: "§aone\u001b[2J\ntwo" },
    { clock: null, gap: "" },
  );
  expect(shown).toBe("\u001b[1;32m> list\u001b[0m\r\n\u001b[0;92mone\u001b[0m\r\ntwo\u001b[0m\r\n");
});

it("gives plain text for copying, with the time in UTC", () => {
  expect(entryAsText(line("§cred \u001b[1mbold"), "gap")).toBe("2026-01-01T12:00:00.000Z red bold");
  expect(entryAsText({ kind: "gap" }, "lines missing")).toBe("… lines missing …");
});
