import { expect, it } from "vitest";
import { oneByOne } from "./one-by-one";

it("goes on behind what is refused, and names it with its reason", async () => {
  const worked: string[] = [];
  const items = ["a", "b", "c", "d"].map((path) => ({ path }));
  const ended = await oneByOne(items, async ({ path }) => {
    if (path === "b") throw { data: { error: { code: "PATH_NOT_FOUND", message: "gone", details: {} } } };
    if (path === "c") throw new TypeError("fetch failed");
    worked.push(path);
  });
  expect(worked).toEqual(["a", "d"]);
  expect(ended.done).toEqual([{ path: "a" }, { path: "d" }]);
  expect(ended.failed).toEqual([
    { path: "b", code: "PATH_NOT_FOUND", message: "gone" },
    { path: "c", code: "NETWORK", message: "" },
  ]);
});
