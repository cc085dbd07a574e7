import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createContentPins } from "./content-pins";
import type { EngineContext } from "./engine-context";
import { snapshotDamaged } from "./engine-errors";
import { createObjectIndex, type ObjectIndex } from "./object-index";
import type { ContentDamage, ContentRef, ObjectStore, StoreOptions } from "./object-store";
import { type FrameKeeper, readContent } from "./read-content";
import { runLimited } from "./run-limited";
import { openStoreSession } from "./store-session";
import { sweepObjects } from "./sweep-objects";
import { createTurns } from "./take-turns";
import type { ExtractTarget, PackedContent } from "./worker/worker-jobs";

/** The store in a folder of this machine. One process at a time may use it. */
export function createLocalObjectStore(context: EngineContext): ObjectStore {
  const { pool, places } = context;
  const index = createObjectIndex(places.objects, pool);
  const pins = createContentPins();
  const inTurn = createTurns();
  const frames: FrameKeeper = { kept: null };
  return {
    has: (hash) => index.find(hash) !== null,
    load: () => index.load(),
    pin: (hashes) => {
      const pinned = [...new Set(hashes)];
      for (const hash of pinned) pins.add(hash);
      return () => {
        for (const hash of pinned.splice(0)) pins.remove(hash);
      };
    },
    openSession: async () => {
      await index.load();
      const staging = join(places.staging, randomBytes(12).toString("hex"));
      return openStoreSession({ context, index, pins, inTurn, staging });
    },
    probe: async (contents, options) => {
      await index.load();
      const { objects, missing } = groupByObject(index, contents);
      const files = [...objects.keys()];
      const answers = files.length === 0 ? [] : await pool.run("probe", { objects: files }, options);
      const damaged = files.flatMap((file, at) => {
        const { isPack, members } = objects.get(file) ?? { isPack: true, members: [] };
        const answer = answers[at];
        if (typeof answer === "string") return members.map(({ hash }) => ({ hash, problem: answer }));
        return members.flatMap(({ hash, size }) =>
          isPack || answer === size ? [] : [{ hash, problem: `holds ${answer} bytes instead of ${size}` }],
        );
      });
      for (const { hash } of damaged) index.suspect(hash);
      return [...missing, ...damaged];
    },
    verify: async (contents, options) => {
      await index.load();
      const { objects, missing } = groupByObject(index, contents);
      const damages = [...missing];
      await runLimited(objects, pool.size + 1, async ([object, { isPack, members }]) => {
        if (isPack) {
          const places = members.map(({ hash, size }): PackedContent => [hash, offsetOf(index, hash), size]);
          const problems = await pool.run("checkPack", { object, contents: places }, options);
          damages.push(...problems.map(([hash, problem]) => ({ hash, problem })));
        } else
          for (const { hash } of members) {
            const problem = await pool.run("check", { object, hash }, options);
            if (problem !== null) damages.push({ hash, problem });
          }
      });
      for (const { hash } of damages) index.suspect(hash);
      return damages;
    },
    extract: async (targets, options) => {
      await index.load();
      await extractAll(context, index, targets, options);
    },
    read: async function* (content, range = { start: 0, end: content.size }) {
      await index.load();
      const place = index.find(content.hash);
      if (place === null) throw snapshotDamaged("A stored content is missing.", { hash: content.hash });
      if (place.kind === "empty") return;
      const offset = place.kind === "packed" ? place.offset : 0;
      const keeper = place.kind === "packed" ? frames : null;
      const limited = { start: Math.max(0, range.start), end: Math.min(content.size, range.end) };
      if (limited.end > limited.start) yield* readContent({ file: place.file, offset, ...content }, limited, keeper);
    },
    sweep: async (mark, signal) => {
      await index.load();
      return sweepObjects({ context, index, pins, inTurn, mark, signal });
    },
  };
}

function offsetOf(index: ObjectIndex, hash: string): number {
  const place = index.find(hash);
  return place?.kind === "packed" ? place.offset : 0;
}

interface ObjectGroup {
  isPack: boolean;
  members: ContentRef[];
}

function groupByObject(index: ObjectIndex, contents: Iterable<ContentRef>) {
  const objects = new Map<string, ObjectGroup>();
  const missing: ContentDamage[] = [];
  const seen = new Set<string>();
  for (const content of contents) {
    if (seen.has(content.hash)) continue;
    seen.add(content.hash);
    const place = index.find(content.hash);
    if (place === null) missing.push({ hash: content.hash, problem: "is missing" });
    else if (place.kind !== "empty") {
      const group = objects.get(place.file);
      if (group) group.members.push(content);
      else objects.set(place.file, { isPack: place.kind === "packed", members: [content] });
    }
  }
  return { objects, missing };
}

/** One job per object; the contents of a pack are shared out among the threads. */
async function extractAll(
  { pool }: EngineContext,
  index: ObjectIndex,
  targets: readonly ExtractTarget[],
  options: StoreOptions = {},
): Promise<void> {
  const jobs = new Map<string | null, { isPack: boolean; targets: ExtractTarget[] }>();
  for (const target of targets) {
    const place = index.find(target.hash);
    if (place === null) throw snapshotDamaged("A stored content is missing.", { hash: target.hash });
    const file = place.kind === "empty" ? null : place.file;
    const isPack = place.kind === "packed";
    const job = jobs.get(file) ?? { isPack, targets: [] };
    jobs.set(file, job);
    job.targets.push(place.kind === "packed" ? { ...target, offset: place.offset } : target);
  }
  const slices = [...jobs].flatMap(([object, { isPack, targets: own }]) => {
    own.sort((a, b) => a.offset - b.offset);
    const length = Math.max(500, Math.ceil(own.length / pool.size));
    const parts = Array.from({ length: Math.ceil(own.length / length) }, (_, at) =>
      own.slice(at * length, (at + 1) * length),
    );
    return parts.map((part) => ({ object, isPack, targets: part }));
  });
  await runLimited(slices, pool.size + 1, async (slice) => {
    await pool.run("extract", slice, options).catch((error: unknown) => {
      const { isDamage, code, message } = error as { isDamage?: unknown; code?: unknown; message?: unknown };
      if (isDamage !== true && code !== "EIO") throw error;
      throw snapshotDamaged(`A stored content is damaged: it ${String(message)}.`, {
        hashes: [...new Set(slice.targets.map(({ hash }) => hash))].slice(0, 20),
      });
    });
  });
}
