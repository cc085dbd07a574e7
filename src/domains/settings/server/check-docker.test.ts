import { expect, it } from "vitest";
import type { KindProblem } from "../../launch/contract";
import type { EngineHealth } from "../contract";
import { checkDocker } from "./check-docker";

const engine = (kind: EngineHealth["kind"], problem: KindProblem | null, more: Partial<EngineHealth> = {}) => ({
  kind,
  problem,
  isAvailable: problem === null,
  message: null,
  engine: null,
  servers: 0,
  isDefault: false,
  ...more,
});
const own = engine("dind", "not_privileged");

it("finds nothing wrong with an engine that is missing and that nobody uses", () => {
  expect(checkDocker([engine("dood", "engine_unreachable"), own])).toMatchObject({ status: "ok", detail: "missing" });
  expect(checkDocker([engine("dood", "engine_denied"), own])).toMatchObject({ status: "ok", detail: "unusable" });
  expect(checkDocker([engine("dood", null), own])).toMatchObject({ status: "ok", detail: "available" });
});

it("fails when servers, or new servers by default, need an engine that cannot be used", () => {
  const gone = (more: Partial<EngineHealth>) => checkDocker([engine("dood", "engine_unreachable", more), own]);
  expect(gone({ servers: 1 })).toMatchObject({ status: "fail", detail: "failing" });
  expect(gone({ isDefault: true })).toMatchObject({ status: "fail", detail: "failing" });
  const used = [engine("dood", null), engine("dind", "engine_ended", { servers: 2 })];
  expect(checkDocker(used)).toMatchObject({ status: "fail" });
});
