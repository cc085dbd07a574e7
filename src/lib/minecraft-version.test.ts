import fc from "fast-check";
import { expect, it } from "vitest";
import { compareMinecraftVersions, minecraftVersionSortKey, parseMinecraftVersion } from "./minecraft-version";

/** Oldest first, as they were really released (where lines ran side by side: by the release they led to). */
const history = [
  "3D Shareware v1.34",
  "rd-132211",
  "c0.0.11a",
  "c0.30_01c",
  "in-20100223",
  "inf-20100618",
  "a1.0.4",
  "a1.0.5_01",
  "a1.2.6",
  "b1.0",
  "b1.2_02",
  "b1.7.3",
  "b1.8-pre1-2",
  "b1.8",
  "1.0",
  "12w08a",
  "1.2.4",
  "1.2.5",
  "1.7.9",
  "1.7.10",
  "1.8.9",
  "1.12.2",
  "1.14.2 Pre-Release 4",
  "1.14.2",
  "1.16.5",
  "1.17.1",
  "1.18.2",
  "1.19.4",
  "23w13a_or_b",
  "1.20-pre1",
  "1.20-pre7",
  "1.20-rc1",
  "1.20",
  "1.20.1-rc1",
  "1.20.1",
  "1.20.4",
  "24w13a",
  "24w14a",
  "24w14potato",
  "1.20.5-pre1",
  "1.20.5",
  "1.21",
  "1.21.4",
  "1.21.8",
  "1.21.9-rc1",
  "1.21.9",
  "25w45a",
  "1.21.11",
  "26.1-snapshot-1",
  "26.1-snapshot-11",
  "26.1-pre-3",
  "26.1-rc-1",
  "26.1",
  "26.1.2",
  "26.2-rc-1",
  "26.2",
  "26.3-snapshot-6",
  "26.10",
  "27.1",
];

it("orders the real history of versions", () => {
  for (const [index, older] of history.entries()) {
    for (const newer of history.slice(index + 1)) {
      expect([older, newer, compareMinecraftVersions(older, newer)]).toEqual([older, newer, -1]);
      expect([newer, older, compareMinecraftVersions(newer, older)]).toEqual([newer, older, 1]);
    }
  }
});

it("reads each form", () => {
  expect(parseMinecraftVersion("1.21.11")).toMatchObject({ era: "release", numbers: [1, 21, 11], phase: "release" });
  expect(parseMinecraftVersion("26.3-snapshot-6")).toMatchObject({
    numbers: [26, 3],
    phase: "snapshot",
    phaseNumbers: [6],
  });
  expect(parseMinecraftVersion("26.1-pre-3")).toMatchObject({ numbers: [26, 1], phase: "pre", phaseNumbers: [3] });
  expect(parseMinecraftVersion("26.2-rc-1")).toMatchObject({ numbers: [26, 2], phase: "rc", phaseNumbers: [1] });
  expect(parseMinecraftVersion("24w14a")).toMatchObject({
    numbers: [1, 20, 5],
    phase: "snapshot",
    phaseNumbers: [24, 14, 1],
  });
  expect(parseMinecraftVersion("1.20-pre7")).toMatchObject({ numbers: [1, 20], phase: "pre", phaseNumbers: [7] });
  expect(parseMinecraftVersion("b1.7.3")).toMatchObject({ era: "b", numbers: [1, 7, 3, 0], phase: "release" });
  expect(parseMinecraftVersion("a1.0.17_04")).toMatchObject({ era: "a", numbers: [1, 0, 17, 4] });
});

it("reads a name as a log prints it like the same name as an id", () => {
  expect(compareMinecraftVersions("26.1 Snapshot 1", "26.1-snapshot-1")).toBe(0);
  expect(compareMinecraftVersions("1.21 Release Candidate 1", "1.21-rc1")).toBe(0);
  expect(compareMinecraftVersions("1.14.2 Pre-Release 4", "1.14.2-pre4")).toBe(0);
  expect(compareMinecraftVersions("1.21", "1.21.0")).toBe(0);
});

it("reads nothing into other text", () => {
  for (const text of [
    "",
    "latest",
    "1",
    "1.",
    "1.x",
    "v1.20",
    "1.20.1.1.1",
    "1.20; rm -rf /",
    "1".repeat(100),
    "../../etc",
  ]) {
    expect([text, parseMinecraftVersion(text)]).toEqual([text, null]);
  }
});

const number = fc.nat({ max: 40 });
const release = fc
  .tuple(fc.constantFrom(1, 2, 26, 27), number, fc.option(number))
  .map((parts) => parts.filter((part) => part !== null).join("."));
const anyVersion = fc.oneof(
  release,
  fc
    .tuple(release, fc.constantFrom("-pre", "-pre-", "-rc", "-rc-", "-snapshot-", " Pre-Release "), number)
    .map((parts) => parts.join("")),
  fc
    .tuple(fc.integer({ min: 10, max: 29 }), fc.integer({ min: 10, max: 53 }), fc.constantFrom("a", "b", "potato", "∞"))
    .map(([year, week, letter]) => `${year}w${week}${letter}`),
  fc
    .tuple(fc.constantFrom("a", "b", "c", "inf-", "in-", "rd-"), release, fc.constantFrom("", "_01", "-pre1", "-1634"))
    .map((parts) => parts.join("")),
  fc.constantFrom(...history),
  fc.string(),
);

it("is a total order over all strings", () => {
  fc.assert(
    fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
      expect(compareMinecraftVersions(a, a)).toBe(0);
      expect(compareMinecraftVersions(a, b) + compareMinecraftVersions(b, a)).toBe(0);
      const [x, y, z] = [a, b, c].sort(compareMinecraftVersions) as [string, string, string];
      expect(compareMinecraftVersions(x, y)).toBeLessThanOrEqual(0);
      expect(compareMinecraftVersions(y, z)).toBeLessThanOrEqual(0);
      expect(compareMinecraftVersions(x, z)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

it("keeps the order in its sort key, which is digits only", () => {
  fc.assert(
    fc.property(anyVersion, anyVersion, (a, b) => {
      const [left, right] = [minecraftVersionSortKey(a), minecraftVersionSortKey(b)];
      expect(left).toMatch(/^\d{58}$/);
      if (left !== right) expect(left < right).toBe(compareMinecraftVersions(a, b) < 0);
    }),
  );
});
