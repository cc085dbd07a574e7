import { expect, it } from "vitest";
import { toCsvLine } from "./to-csv";

const row = {
  seq: 7,
  at: "2026-01-31T00:00:00.000001Z",
  actorKind: "user",
  actorId: null,
  actorName: "steve",
  address: null,
  action: "servers.start",
  targetKind: null,
  targetId: null,
  result: "ok",
  details: {},
  canonical: "",
  hash: "ab",
} as const;

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("a cell that begins like %j is no formula", (actorName) => {
  expect(toCsvLine({ ...row, actorName })).toContain(`'${actorName}`);
});

it("cells with quotes, commas and ends of lines stay one cell", () => {
  const details = { command: 'say "hi", all\n' };
  expect(toCsvLine({ ...row, details })).toBe(
    '7,2026-01-31T00:00:00.000001Z,user,,steve,,servers.start,,,ok,"{""command"":""say \\""hi\\"", all\\n""}",ab\r\n',
  );
});
