import { expect, it } from "vitest";
import { createListCheck } from "./check-list";
import { createRosterCheck } from "./check-roster";
import { createStays } from "./settle-sessions";

const at = (seconds: number) => new Date(Date.parse("2026-05-04T10:00:00Z") + seconds * 1000);
const joined = (name: string) => ({ kind: "joined", name, formerly: null }) as const;
const left = (name: string) => ({ kind: "left", name }) as const;
const uuid = "b50ad385-829d-3141-a216-7e7d7539ba7f";

it("makes one stay of the two lines of an arrival, and one end of the two of a departure", () => {
  const stays = createStays([]);
  stays.read({ kind: "uuid", name: "Notch", uuid }, at(0));
  stays.read(joined("Notch"), at(1));
  stays.read(joined("Notch"), at(1));
  expect(stays.take()).toMatchObject({ opened: [{ name: "Notch", uuid, joinedAt: at(1) }], ended: [] });
  stays.read(left("Notch"), at(61));
  stays.read(left("Notch"), at(61));
  expect(stays.take()).toMatchObject({ opened: [], ended: [{ name: "Notch", leftAt: at(61), endedBy: "left" }] });
  stays.read(left("Steve"), at(62));
  expect(stays.take()).toEqual({ opened: [], ended: [], known: [] });
});

it("ends a stay whose end nobody saw when the player arrives anew, and all of them when the game begins or ends", () => {
  const known = { id: 7, name: "Notch", uuid: null, joinedAt: at(0), seenAt: at(30) };
  const stays = createStays([known]);
  stays.read(joined("Notch"), at(100));
  stays.read(joined("Steve"), at(101));
  expect(stays.take()).toMatchObject({
    opened: [{ name: "Notch", joinedAt: at(100) }, { name: "Steve" }],
    ended: [{ id: 7, leftAt: at(30), endedBy: "missing" }],
  });
  stays.read({ kind: "begun" }, at(200));
  expect(stays.take().ended.map(({ name, leftAt, endedBy }) => [name, leftAt, endedBy])).toEqual([
    ["Notch", at(100), "ended"],
    ["Steve", at(101), "ended"],
  ]);
  stays.read(joined("Steve"), at(300));
  stays.endAll(at(250));
  // One that came and went since the last time is stored with its end at once, and never ends before it began.
  expect(stays.take()).toMatchObject({ opened: [], ended: [{ id: null, name: "Steve", leftAt: at(300) }] });
});

it("believes what two lists in a row say, and says who is gone only by a whole list", () => {
  const list = createListCheck();
  const live = (playersOnline: number | null, ...playerNames: string[]) => ({
    ...{ cpu: null, memoryBytes: null, playersMax: 20 },
    ...{ playersOnline, playerNames },
  });
  const open = [{ id: 1, name: "Notch", uuid: null, joinedAt: at(0), seenAt: at(0) }];
  const nothing = { arrived: [], gone: [] };
  const steve = (seconds: number) => [{ name: "Steve", uuid: null, since: at(seconds) }];
  expect(list.compare(open, live(2, "Notch", "Steve"), at(6))).toEqual(nothing);
  expect(open[0]?.seenAt).toEqual(at(6));
  expect(list.compare(open, live(2, "Notch", "Steve"), at(12))).toEqual({ arrived: steve(12), gone: [] });
  expect(list.compare(open, live(1, "Steve"), at(18))).toEqual({ arrived: steve(18), gone: [] });
  expect(list.compare(open, live(null), at(24))).toEqual(nothing);
  expect(list.compare(open, live(1, "Steve"), at(30))).toEqual({ arrived: steve(30), gone: ["Notch"] });
  // Fifty are there and twelve are named; or nobody is, and somebody advertises.
  for (let i = 0; i < 3; i++) expect(list.compare(open, live(50, "Alex"), at(36)).gone).toEqual([]);
  for (let i = 0; i < 3; i++) expect(list.compare(open, live(0, "Vote_for_us"), at(42))).toEqual(nothing);
  for (let i = 0; i < 3; i++) expect(list.compare([], live(2, "Anonymous Player", "§aHello"), at(48))).toEqual(nothing);
});

it("takes from whole lists that lie some time apart what the log does not tell, and counts nobody twice", () => {
  const roster = createRosterCheck();
  const stays = createStays([{ id: 1, name: "Notch", uuid, joinedAt: at(0), seenAt: at(0) }]);
  const compare = (seconds: number, ...names: string[]) => {
    const players = names.map((name) => ({ name, uuid: name === "Steve" ? uuid : null }));
    const told = roster.compare(stays.open, { at: at(seconds), players });
    for (const player of told.arrived) stays.notice(player);
    for (const name of told.gone) stays.miss(name);
    return told;
  };
  const nothing = { arrived: [], gone: [] };
  expect(compare(10, "Notch", "Steve", "§aNobody")).toEqual(nothing);
  // The same list looked at again is no second one, and one of the same moment tells no more.
  expect(compare(10, "Notch", "Steve")).toEqual(nothing);
  expect(compare(11, "Notch", "Steve")).toEqual(nothing);
  expect(compare(12, "Notch", "Steve")).toEqual({ arrived: [{ name: "Steve", uuid, since: at(10) }], gone: [] });
  stays.read(joined("Steve"), at(11));
  expect(stays.take()).toMatchObject({ opened: [{ name: "Steve", uuid, joinedAt: at(10) }], ended: [] });
  // The log has told of Alex before the list does, and of Notch's end after it.
  stays.read(joined("Alex"), at(20.5));
  expect(compare(20, "Steve")).toEqual(nothing);
  stays.read(left("Notch"), at(20.6));
  expect(compare(22, "Steve", "Alex")).toEqual(nothing);
  expect(compare(30, "Steve")).toEqual(nothing);
  expect(compare(32, "Steve")).toEqual({ arrived: [], gone: ["Alex"] });
  stays.read(left("Alex"), at(32));
  expect(stays.take().ended.map(({ name, leftAt, endedBy }) => [name, leftAt, endedBy])).toEqual([
    ["Notch", at(20.6), "left"],
    ["Alex", at(22), "missing"],
  ]);
  // A list says nothing about what has happened since it was made.
  stays.read(left("Steve"), at(32.5));
  expect(compare(32, "Steve")).toEqual(nothing);
  expect(compare(33.6, "Steve")).toEqual(nothing);
  stays.read(joined("Steve"), at(33));
  stays.read(joined("Bob"), at(40.5));
  expect(compare(40, "Steve")).toEqual(nothing);
  expect(compare(41.6, "Steve")).toEqual(nothing);
});
