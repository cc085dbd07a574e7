import { expect, it } from "vitest";
import { changeSteps } from "./change-steps";

const tell = (step: string | null) => changeSteps({ step }).map(({ name, state }) => `${name} ${state}`);

it("tells which step is under way, which are done and which wait", () => {
  expect(tell("read")).toEqual(["download done", "keep active", "swap waiting", "boot waiting", "trial waiting"]);
  expect(tell("boot").at(3)).toBe("boot active");
});

it("nothing has begun while there is no step", () => {
  expect(tell(null).every((told) => told.endsWith("waiting"))).toBe(true);
});

it("going back is a step of its own, after what was done", () => {
  expect(tell("put_back")).toEqual(["download done", "keep done", "swap done", "put_back active"]);
});
