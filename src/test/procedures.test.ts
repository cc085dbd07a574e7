import { afterAll, beforeAll, expect, it } from "vitest";
import { errorCodes, errorStatus } from "@/lib/error-codes";
import { type Matrix, openMatrix, unknownIds } from "./matrix-people";
import { listProcedures } from "./procedures-list";
import { type Caller, callers, type Outcome, outcomeOf, type Row, table } from "./procedures-table";
import { callProcedure, type ProcedureType } from "./program-calls";

const procedures = listProcedures();
let matrix: Matrix;

beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix?.program.end());

it("has a row for every procedure and none too many", () => {
  expect(Object.keys(table).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

it("lets everybody do what they may and nothing else", { timeout: 240_000 }, async () => {
  const { program, ids, credentials } = matrix;
  const unexpected: string[] = [];
  let calls = 0;
  const check = async (path: string, type: ProcedureType, isReal: boolean, caller: Caller) => {
    const row = table[path] ?? {};
    const input = row.input?.(isReal ? ids : unknownIds());
    const { status, error } = await callProcedure(program.url, { path, type, input, credentials: credentials[caller] });
    const wanted = outcomeOf(isReal ? row : whenMissing(row), caller);
    const got = error?.code ?? "ok";
    const wantedStatus = error ? errorStatus[errorCodes[error.code]] : 200;
    calls++;
    if (got === wanted && status === wantedStatus) return;
    unexpected.push(
      `${path} as ${caller}, ${isReal ? "real" : "unknown"} id: ${status} ${got}, not ${wantedStatus} ${wanted}`,
    );
  };
  for (const { path, type } of procedures) {
    const row = table[path] ?? {};
    for (const isReal of row.missing ? [true, false] : [true]) {
      const wanted = (caller: Caller) => outcomeOf(isReal ? row : whenMissing(row), caller);
      // One change at a time: the server's lock would refuse all others. Who is refused before that need not wait.
      const changing = type === "mutation" ? callers.filter((caller) => !atTheDoor.has(wanted(caller))) : [];
      for (const caller of changing) await check(path, type, isReal, caller);
      const others = callers.filter((caller) => !changing.includes(caller));
      await Promise.all(others.map((caller) => check(path, type, isReal, caller)));
    }
  }
  console.log(
    `${procedures.length} procedures, ${callers.length} callers: ${calls} calls, ${unexpected.length} unexpected`,
  );
  expect(unexpected).toEqual([]);
});

const atTheDoor: ReadonlySet<Outcome> = new Set([
  ...(["SIGN_IN_REQUIRED", "NOT_APPROVED", "SECOND_FACTOR_REQUIRED", "PERMISSION_MISSING"] as const),
  ...(["TOKEN_TOO_NARROW", "SERVER_NOT_FOUND", "USER_NOT_FOUND", "JOB_NOT_FOUND"] as const),
]);

/** Who would get through to a real one is told that there is none; who would not hears the same as always. */
function whenMissing(row: Row): Row {
  const { except = {}, exceptMissing, missing } = row;
  const others = Object.entries(except).map(([caller, outcome]) => [caller, outcome === "ok" ? missing : outcome]);
  return { ...row, passes: missing, shared: undefined, except: { ...Object.fromEntries(others), ...exceptMissing } };
}
