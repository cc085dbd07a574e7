/* biome-ignore-all lint/suspicious/noControlCharactersInRegex: finding control characters is the point */
import fc from "fast-check";
import { expect, it } from "vitest";
import { cleanLogText, plainLogText } from "./clean-log-text";

it("keeps colours and drops every other escape sequence", () => {
  expect(cleanLogText("\u001b[1;31mred\u001b[0m \u001b[2J\u001b[10;5Hmoved\u001b[K")).toBe(
    "\u001b[1;31mred\u001b[0m moved",
  );
  expect(cleanLogText("\u001b]0;owned title\u0007after")).toBe("after");
  expect(cleanLogText("\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\")).toBe("link");
  expect(cleanLogText("\u001bP$qm\u001b\\done \u001bcreset")).toBe("done reset");
  expect(cleanLogText("\u009b2Jeight\u009d0;bit\u009c ok")).toBe("2Jeight ok");
});

it("does not let text be hidden or blink", () => {
  expect(cleanLogText("\u001b[8mhidden\u001b[0m")).toBe("hidden\u001b[0m");
  expect(cleanLogText("\u001b[1;5;8mx")).toBe("\u001b[1mx");
  expect(cleanLogText("\u001b[38;5;8mgrey")).toBe("\u001b[38;5;8mgrey");
  expect(cleanLogText("\u001b[38;5;1;08mx")).toBe("\u001b[38;5;1mx");
});

it("drops carriage returns, backspaces, bells and marks that reverse the text", () => {
  expect(cleanLogText("safe\r\b\b\u0007evil\u202egpj.exe\u2066")).toBe("safeevilgpj.exe");
  expect(cleanLogText("tab\tstays")).toBe("tab\tstays");
});

it("leaves an escape sequence that never ends readable", () => {
  expect(cleanLogText("\u001b]0;no end")).toBe("0;no end");
  expect(cleanLogText("cut \u001b[31")).not.toContain("\u001b");
});

it("gives the plain text for copying and searching", () => {
  expect(plainLogText("\u001b[33m[WARN]\u001b[0m §aHello §x§1§2§3§4§5§6World")).toBe("[WARN] Hello World");
});

it("holds for any input: only colour sequences and printable text remain", () => {
  const nasty = fc.array(
    fc.oneof(fc.string(), fc.constantFrom("\u001b", "\u001b[", "\u001b]", "m", "8", ";", "\u0007", "\u009b", "\n")),
  );
  fc.assert(
    fc.property(nasty, (parts) => {
      const left = cleanLogText(parts.join("")).replace(/\u001b\[[0-9;:]*m/g, "");
      expect(left).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
    }),
    { numRuns: 2_000 },
  );
});
