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
const answering = {
  address: "unix:///var/run/docker.sock",
  version: "28.2.2",
  apiVersion: "1.50",
  os: "Debian GNU/Linux 13",
  cpus: 2,
  memoryBytes: 4e9,
  containers: 1,
  storageDriver: "overlay2",
  isLiveRestore: true,
  isOwnHost: false,
  warnings: [],
};
const own = engine("dind", "not_privileged");

it("finds nothing wrong with an engine that is missing and that nobody uses", () => {
  expect(checkDocker([engine("dood", "engine_unreachable"), own])).toMatchObject({ status: "ok", detail: "missing" });
  expect(checkDocker([engine("dood", "engine_denied"), own])).toMatchObject({ status: "ok", detail: "unusable" });
  expect(checkDocker([engine("dood", null, { engine: answering }), own])).toMatchObject({
    status: "ok",
    detail: "available",
    params: { version: "28.2.2" },
  });
});

it("tells an engine that runs from one that mcsd would start when a server needs it", () => {
  const ready = engine("dind", null);
  expect(checkDocker([engine("dood", "engine_unreachable"), ready])).toMatchObject({ status: "ok", detail: "ready" });
});

it("fails when servers, or new servers by default, need an engine that cannot be used", () => {
  const gone = (more: Partial<EngineHealth>) => checkDocker([engine("dood", "engine_unreachable", more), own]);
  expect(gone({ servers: 1 })).toMatchObject({ status: "fail", detail: "failing" });
  expect(gone({ isDefault: true })).toMatchObject({ status: "fail", detail: "failing" });
  const used = [engine("dood", null), engine("dind", "engine_ended", { servers: 2 })];
  expect(checkDocker(used)).toMatchObject({ status: "fail" });
});
