import { expect, it } from "vitest";
import { readPageView, writePageView } from "./detail/page-view";
import { readSnapshotFilter, snapshotListInput, writeSnapshotFilter } from "./snapshot-filter";

it("keeps the filter of the list in the address; what it does not know is no filter", () => {
  const filter = { type: "scheduled", resource: "world" } as const;
  expect(readSnapshotFilter(writeSnapshotFilter(filter))).toEqual(filter);
  expect(readSnapshotFilter(new URLSearchParams("type=nonsense&of="))).toEqual({ type: null, resource: null });
  expect(snapshotListInput("x", { type: null, resource: null })).toEqual({ serverId: "x", limit: 30 });
});

it("keeps the view of a snapshot in the address", () => {
  const view = { tab: "compare", path: "world/region", withId: "0198c0de-0000-7000-8000-00000000000a" } as const;
  expect(readPageView(writePageView(view))).toEqual(view);
  expect(readPageView(new URLSearchParams("view=x&path=../etc&with=me"))).toEqual({
    tab: "files",
    path: "",
    withId: null,
  });
});
