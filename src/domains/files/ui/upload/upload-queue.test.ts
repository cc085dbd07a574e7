// @vitest-environment happy-dom
import { Upload } from "tus-js-client/lib.es5/browser/index.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HeldTusServer, startHeldTusServer } from "@/test/files/held-tus-server";
import { createUploadQueue, type UploadItem } from "./upload-queue";

let server: HeldTusServer;
let queue: ReturnType<typeof createUploadQueue>;

beforeEach(async () => {
  server = await startHeldTusServer();
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(`${server.url}/`);
  localStorage.clear();
  queue = createUploadQueue({ Upload });
});
afterEach(async () => {
  // Otherwise an upload's end would still be told when the next server listens.
  await Promise.all(queue.items().map(({ id }) => queue.cancel(id)));
  await server.close();
});

const fileOf = (text: string, name: string) => new File([text], name, { lastModified: 1 });
const add = (...names: string[]) =>
  queue.add(
    "s1",
    "plugins",
    names.map((name) => ({ file: fileOf(`text of ${name}`, name), path: name })),
  );
const item = (name: string): UploadItem => {
  const found = queue.items().find(({ path }) => path === `plugins/${name}`);
  if (!found) throw new Error(`${name} is not in the queue`);
  return found;
};
const statuses = () => queue.items().map(({ status }) => status);
const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 });
const untilHeld = (name: string) => until(() => expect(server.calls).toContain(`PATCH plugins/${name}`));

describe("the queue of uploads", () => {
  it("sends three at a time, in the order in which they were given", async () => {
    const names = ["a", "b", "c", "d", "e"];
    for (const name of names) server.hold(`plugins/${name}`, 0);
    add(...names);
    for (const name of ["a", "b", "c"]) await untilHeld(name);
    expect(statuses()).toEqual(["sending", "sending", "sending", "waiting", "waiting"]);
    expect(server.begun.toSorted()).toEqual(["plugins/a", "plugins/b", "plugins/c"]);
    server.release("plugins/b");
    await untilHeld("d");
    expect(statuses()).toEqual(["sending", "done", "sending", "sending", "waiting"]);
    for (const name of names) server.release(`plugins/${name}`);
    await until(() => expect(new Set(statuses())).toEqual(new Set(["done"])));
    expect(server.begun.slice(3)).toEqual(["plugins/d", "plugins/e"]);
    expect(Object.fromEntries(server.whole)).toEqual(
      Object.fromEntries(names.map((name) => [`plugins/${name}`, `text of ${name}`])),
    );
  });

  it("goes on where a pause stopped it, and lets the next one go first", async () => {
    server.hold("plugins/a", 4);
    add("a", "b", "c", "d");
    await untilHeld("a");
    queue.pause(item("a").id);
    await until(() => expect(statuses()).toEqual(["paused", "done", "done", "done"]));
    server.release("plugins/a");
    expect(server.whole.has("plugins/a")).toBe(false);
    queue.resume(item("a").id);
    await until(() => expect(item("a").status).toBe("done"));
    expect(server.whole.get("plugins/a")).toBe("text of a");
    expect(server.calls.filter((call) => call.endsWith("/a"))).toEqual([
      "POST plugins/a",
      "PATCH plugins/a",
      "HEAD plugins/a",
      "PATCH plugins/a",
    ]);
  });

  it("pauses all at once: nothing that waits begins instead, and all go on together", async () => {
    const names = ["a", "b", "c", "d"];
    for (const name of names) server.hold(`plugins/${name}`, 2);
    add(...names);
    for (const name of ["a", "b", "c"]) await untilHeld(name);
    queue.pauseAll();
    for (const name of names) server.release(`plugins/${name}`);
    expect(statuses()).toEqual(["paused", "paused", "paused", "paused"]);
    // What is added meanwhile is no part of the pause.
    add("e");
    await until(() => expect(item("e").status).toBe("done"));
    expect(statuses()).toEqual(["paused", "paused", "paused", "paused", "done"]);
    expect(server.begun).not.toContain("plugins/d");
    queue.resumeAll();
    await until(() => expect(new Set(statuses())).toEqual(new Set(["done"])));
    expect(server.whole.size).toBe(5);
  });

  it("tries again by itself what broke off, and leaves a refusal to whoever sends", async () => {
    server.refuseOnce("POST", "plugins/a", { status: 503, code: "SHUTTING_DOWN" });
    server.refuseOnce("POST", "plugins/b", { status: 403, code: "FORBIDDEN" });
    add("a", "b");
    await until(() => expect(statuses()).toEqual(["done", "failed"]));
    expect(item("b").error).toMatchObject({ code: "FORBIDDEN" });
    expect(server.calls.filter((call) => call === "POST plugins/b")).toHaveLength(1);
    queue.resume(item("b").id);
    await until(() => expect(item("b")).toMatchObject({ status: "done", error: null }));
  });

  it("says that there is no room, and sends what comes after it", async () => {
    server.refuseOnce("POST", "plugins/a", { status: 400, code: "LIMIT_EXCEEDED" });
    server.refuseOnce("PATCH", "plugins/b", { status: 409, code: "DISK_FULL" });
    add("a", "b", "c", "d", "e");
    await until(() => expect(statuses()).toEqual(["failed", "failed", "done", "done", "done"]));
    expect([item("a").error?.code, item("b").error?.code]).toEqual(["LIMIT_EXCEEDED", "DISK_FULL"]);
  });

  it("begins anew what the server has forgotten meanwhile", async () => {
    server.hold("plugins/a", 4);
    add("a");
    await untilHeld("a");
    queue.pause(item("a").id);
    server.forget("plugins/a");
    server.release("plugins/a");
    queue.resume(item("a").id);
    await until(() => expect(item("a").status).toBe("done"));
    expect(server.begun).toEqual(["plugins/a", "plugins/a"]);
    expect(server.whole.get("plugins/a")).toBe("text of a");
  });

  it("forgets what is given up, here and on the server, and what failed with it", async () => {
    server.hold("plugins/a", 4);
    server.refuseOnce("POST", "plugins/b", { status: 403, code: "FORBIDDEN" });
    add("a", "b");
    await untilHeld("a");
    await until(() => expect(item("b").status).toBe("failed"));
    await queue.cancel(item("b").id);
    expect(queue.items().map(({ path }) => path)).toEqual(["plugins/a"]);
    await queue.cancel(item("a").id);
    expect(queue.items()).toEqual([]);
    await until(() => expect(server.calls).toContain("DELETE plugins/a"));
    server.release("plugins/a");
  });

  it("asks about a taken name, and finds a free one beside what is there and what is sent", async () => {
    server.refuseOnce("POST", "plugins/a.txt", { status: 409, code: "PATH_EXISTS" });
    add("a.txt", "a (2).txt");
    await until(() => expect(statuses()).toEqual(["taken", "done"]));
    queue.settle(item("a.txt").id, { choice: "keepBoth", readNames: async () => new Set(["a.txt", "a (3).txt"]) });
    await until(() => expect(item("a (4).txt").status).toBe("done"));
    queue.clearDone();
    expect(queue.items()).toEqual([]);
  });
});
