// Longer than 250 lines because every way in which a game can answer, or not, is asked of the same guard.
import { appendFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "@/server/clock";
import { AppError } from "@/server/errors";
import { createLogger } from "@/server/logger";
import { createLogHub, type LogHub } from "../../../console/server/log-hub";
import type { ManagementPort } from "../../../console/server/management/management-port";
import type { ExitInfo } from "../../../launch/contract";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { createSavingGuard, type SavingGuard } from "./saving-guard";
import type { SavingMarks } from "./saving-marks";

const serverId = "0c9d7a2e-0000-4000-8000-000000000001";
const log = createLogger({ level: "silent", pretty: false });
const unreachable = () => new AppError("RCON_UNREACHABLE", "Nobody is there.", { reason: "ECONNREFUSED" });

let folder: string;
let hub: LogHub;
let asked: string[];
let typed: string[];
let marks: Set<string>;
let tracked: TrackedServer;
let exit: () => void;
let guard: SavingGuard;
/** What the game answers by RCON; an error is thrown. */
let answer: (command: string) => string | AppError | Promise<string>;

const print = (line: string) => appendFileSync(join(folder, "log"), `[12:00:00] [Server thread/INFO]: ${line}\n`);
const usual: Record<string, string> = {
  "save-off": "Automatic saving is now disabled",
  "save-all flush": "Saving the game (this may take a moment!)Saved the game",
  "save-on": "Automatic saving is now enabled",
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "saving-"));
  writeFileSync(join(folder, "log"), "");
  hub = createLogHub({ pathOf: () => join(folder, "log"), clock: systemClock });
  asked = [];
  typed = [];
  marks = new Set();
  answer = (command) => usual[command] ?? "";
  const exited = new Promise<ExitInfo>((resolve) => {
    exit = () => {
      tracked.record.state = "stopped";
      tracked.handle = null;
      resolve({ code: 0, signal: null, outOfMemory: false, at: "" });
    };
  });
  const handle = { exited, write: async (line: string) => void typed.push(line) };
  tracked = { record: { id: serverId, state: "running" }, handle } as unknown as TrackedServer;
  guard = makeGuard();
});
afterEach(async () => {
  exit();
  hub.close();
  await rm(folder, { recursive: true });
});

function makeGuard(): SavingGuard {
  const command = async (text: string) => {
    asked.push(text);
    const given = await answer(text);
    if (typeof given === "string") return given;
    throw given;
  };
  const ofMemory: SavingMarks = {
    set: async (id) => void marks.add(id),
    clear: async (id) => void marks.delete(id),
    list: async () => [...marks],
  };
  const recorder = { note: async () => {} };
  const supervisor = { find: () => tracked, rcon: () => ({ command, close: () => {} }), recorder };
  return createSavingGuard({
    supervisor: supervisor as unknown as Parameters<typeof createSavingGuard>[0]["supervisor"],
    logHub: hub,
    marks: ofMemory,
    clock: systemClock,
    log,
    shutdown: new AbortController().signal,
    limits: { off: 400, flush: 400, on: 300, told: 300 },
  });
}

const quiesce = (signal = new AbortController().signal) => guard.quiesce(tracked, signal);

describe("a game with a management service", () => {
  let autosave: boolean;
  let heard: Set<(event: { name: string }) => void>;
  /** What it does when it is told to save; the usual one says so before it answers, as the game does. */
  let save: () => unknown;
  const tell = () => {
    for (const listener of heard) listener({ name: "server/saved" });
    return true;
  };

  beforeEach(() => {
    autosave = true;
    heard = new Set();
    save = tell;
    const call = async ({ name }: { name: string }, [value]: [boolean?] = []) => {
      asked.push(`${name.split(":")[1]}${value === undefined ? "" : ` ${value}`}`);
      if (name.endsWith("/save")) return save();
      if (name.endsWith("/set")) autosave = value ?? autosave;
      return autosave;
    };
    const listen = (listener: (event: { name: string }) => void) => {
      heard.add(listener);
      return () => heard.delete(listener);
    };
    tracked.management = { isConnected: true, call, listen, close: () => {} } as unknown as ManagementPort;
  });
  const setting = "serversettings/autosave";
  const off = [setting, `${setting}/set false`, "server/save true"];
  const lost = new AppError("MANAGEMENT_UNREACHABLE", "Gone.", { reason: "closed" });
  const late = new AppError("MANAGEMENT_UNREACHABLE", "Late.", { reason: "timeout", method: "minecraft:server/save" });
  const fail = (error: AppError) => () => {
    throw error;
  };

  it("is quiet by that alone, and saves again afterwards", async () => {
    const quiet = await quiesce();
    expect(asked).toEqual(off);
    expect([[...marks], autosave, heard.size]).toEqual([[serverId], false, 0]);
    expect(await quiet.release()).toMatchObject({ outcome: "on" });
    expect(asked.slice(off.length)).toEqual([setting, `${setting}/set true`, setting]);
    expect([[...marks], autosave, quiet.isBroken]).toEqual([[], true, false]);
  });

  it("keeps its saving off where somebody wants it so, and tells when that changed meanwhile", async () => {
    autosave = false;
    const quiet = await quiesce();
    expect([...marks]).toEqual([]);
    expect(await quiet.release()).toMatchObject({ outcome: "on" });
    expect([autosave, quiet.isBroken]).toEqual([false, false]);
    const other = await quiesce();
    autosave = true;
    expect(await other.release()).toMatchObject({ outcome: "on" });
    expect([autosave, other.isBroken]).toEqual([true, true]);
  });

  it.each([
    ["says that it saved and tells nobody", () => true],
    ["is lost in the middle", fail(lost)],
  ])("that %s is told by commands", async (_name, badly) => {
    save = badly;
    const quiet = await quiesce();
    expect(asked).toEqual([...off, "save-off", "save-all flush"]);
    expect(await quiet.release()).toMatchObject({ outcome: "on" });
    expect([...marks]).toEqual([]);
  });

  it.each([
    ["cannot save", () => false, "refused"],
    ["does not answer in time", fail(late), "timeout"],
  ])("that %s is no good for a snapshot, and saves again", async (_name, badly, reason) => {
    save = badly;
    await expect(quiesce()).rejects.toMatchObject({ code: "NOT_QUIET", details: { reason } });
    expect([[...marks], autosave]).toEqual([[], true]);
  });
});

describe("a game that answers", () => {
  it("is quiet between save-all and save-on, and the mark stands all the while", async () => {
    const quiet = await quiesce();
    expect(asked).toEqual(["save-off", "save-all flush"]);
    expect([...marks]).toEqual([serverId]);
    expect(quiet.hasEnded).toBe(false);
    expect(quiet.isBroken).toBe(false);
    expect(await quiet.release()).toMatchObject({ outcome: "on" });
    expect(asked.at(-1)).toBe("save-on");
    expect([...marks]).toEqual([]);
  });

  it("is believed by its log when the reply comes before the work is done", async () => {
    answer = (command) =>
      command === "save-all flush" ? "Saving the game (this may take a moment!)" : (usual[command] ?? "");
    setTimeout(() => print("[Rcon: Saved the game]"), 100);
    const startedAt = performance.now();
    await quiesce();
    expect(performance.now() - startedAt).toBeGreaterThan(80);
  });

  it("had saving off already", async () => {
    answer = (command) => (command === "save-off" ? "Saving is already turned off" : (usual[command] ?? ""));
    await quiesce();
    expect(asked).toEqual(["save-off", "save-all flush"]);
  });

  it("by its console, when RCON cannot be had", async () => {
    answer = unreachable;
    const working = quiesce();
    await vi.waitFor(() => expect(typed).toEqual(["save-off"]));
    print("Automatic saving is now disabled");
    await vi.waitFor(() => expect(typed).toEqual(["save-off", "save-all flush"]));
    print("Saving the game (this may take a moment!)");
    print("Saved the game");
    const quiet = await working;
    const releasing = quiet.release();
    await vi.waitFor(() => expect(typed.at(-1)).toBe("save-on"));
    print("Automatic saving is now enabled");
    await releasing;
    expect([...marks]).toEqual([]);
  });
});

describe("a game that does not", () => {
  const failure = async () =>
    quiesce().then(
      () => null,
      (error: AppError) => [error.code, error.details.reason],
    );

  it("in time: no snapshot, and saving is on again", async () => {
    answer = (command) => (command === "save-all flush" ? "" : (usual[command] ?? ""));
    expect(await failure()).toEqual(["NOT_QUIET", "timeout"]);
    expect(asked).toEqual(["save-off", "save-all flush", "save-on"]);
    expect([...marks]).toEqual([]);
  });

  it("but a player who says that it did: is not believed", async () => {
    answer = (command) => (command === "save-all flush" ? "" : (usual[command] ?? ""));
    setTimeout(() => {
      for (const line of [
        "<Eve> Saved the game",
        "[Eve] Saved the game",
        "* Eve Saved the game",
        "[Not Secure] <Eve> Saved the game",
      ])
        print(line);
    }, 50);
    expect(await failure()).toEqual(["NOT_QUIET", "timeout"]);
  });

  it("save: it says why", async () => {
    answer = (command) =>
      command === "save-all flush"
        ? "Saving the gameUnable to save the game (is there enough disk space?)"
        : (usual[command] ?? "");
    expect(await failure()).toEqual(["NOT_QUIET", "refused"]);
    expect(asked.at(-1)).toBe("save-on");
  });

  it("know the command", async () => {
    answer = (command) =>
      command === "save-off" ? "Unknown or incomplete command. See below for error" : (usual[command] ?? "");
    expect(await failure()).toEqual(["NOT_QUIET", "refused"]);
    expect(asked.at(-1)).toBe("save-on");
  });
});

it("a game that ends in the middle is at rest", async () => {
  answer = (command) => (command === "save-all flush" ? new Promise<string>(() => {}) : (usual[command] ?? ""));
  setTimeout(exit, 50);
  const quiet = await quiesce();
  expect(quiet.hasEnded).toBe(true);
  expect(await quiet.release()).toMatchObject({ outcome: "ended" });
  expect([...marks]).toEqual([]);
  expect(asked).toEqual(["save-off", "save-all flush"]);
});

it("a game that begins its last save while it is thought quiet does not confirm, and that is told", async () => {
  answer = (command) => (command === "save-on" ? unreachable() : (usual[command] ?? ""));
  const quiet = await quiesce();
  setTimeout(exit, 400);
  expect(await quiet.release(50)).toMatchObject({ outcome: "pending" });
  expect(await quiet.release()).toMatchObject({ outcome: "ended" });
});

it("somebody who switches saving on breaks the quiet", async () => {
  const quiet = await quiesce();
  print("<Eve> Automatic saving is now enabled");
  print("[Bob: Automatic saving is now enabled]");
  await vi.waitFor(() => expect(quiet.isBroken).toBe(true));
});

it("a cancelled snapshot leaves saving on", async () => {
  answer = (command) => (command === "save-all flush" ? new Promise<string>(() => {}) : (usual[command] ?? ""));
  const cancelling = new AbortController();
  setTimeout(() => cancelling.abort(new AppError("JOB_CANCELLED", "Cancelled.")), 50);
  await expect(quiesce(cancelling.signal)).rejects.toMatchObject({ code: "JOB_CANCELLED" });
  expect(asked.at(-1)).toBe("save-on");
  expect([...marks]).toEqual([]);
});

it("a promise of an earlier mcsd is kept as soon as the game answers, and before anything new", async () => {
  marks.add(serverId);
  let tries = 0;
  answer = (command) =>
    command === "save-on" && ++tries < 3 ? new AppError("RCON_TIMEOUT", "No answer.") : (usual[command] ?? "");
  await guard.boot();
  await quiesce();
  expect(asked).toEqual(["save-on", "save-on", "save-on", "save-off", "save-all flush"]);
});

it("a promise to a server that has ended is void", async () => {
  marks.add(serverId);
  exit();
  await guard.boot();
  await vi.waitFor(() => expect([...marks]).toEqual([]));
  expect(asked).toEqual([]);
});
