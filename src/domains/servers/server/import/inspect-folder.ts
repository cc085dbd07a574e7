import { isFilePath } from "@/lib/is-file-path";
import { AppError } from "@/server/errors";
import { openFolderAt } from "@/server/fs/contained/walk";
import { measureFolder } from "@/server/fs/measure-folder";
import type { ReadSqlite } from "@/server/sqlite/read-sqlite";
import { requiredJava } from "../../../java/server/required-java";
import { memoryLimits } from "../../contract";
import type { ImportFindings, ImportNote } from "../../import-contract";
import { parseProperties } from "../properties-file";
import type { ServerProgram } from "../table";
import { findServerRoots } from "./find-server-roots";
import { identifyProgram } from "./identify-program";
import { createLook, inside, type Look } from "./import-look";
import { readHeap } from "./panel-findings";
import { readPanel } from "./read-panel";

/** Where a start command may stand that says how much memory is taken. */
const starters = ["user_jvm_args.txt", "start.sh", "run.sh", "start.bat", "run.bat", "launch.sh"];

/** A tree to look at: it begins at `within`, below `top`, so that what a panel keeps beside a server's folder is seen too. */
export interface ImportPlace {
  top: string;
  within: string;
}

/**
 * Finds out by looking what kind of server lies in a tree: nothing is run, changed or believed beyond its bounds. `root`
 * is where a person has said that the server's folder is. `path` is that of the folder, below `top`.
 */
export async function inspectFolder(
  { top, within }: ImportPlace,
  { root, readSqlite }: { root?: string; readSqlite: ReadSqlite },
): Promise<{ findings: ImportFindings; program: ServerProgram | null; path: string }> {
  const look = createLook(top, readSqlite);
  const roots = root === undefined ? await findServerRoots(look, within) : [inside(within, root)];
  const [first = within, ...others] = roots;
  const panel = await readPanel(look, first);
  const found = await identifyProgram(look, first, panel.jar);
  const properties = parseProperties((await look.text(inside(first, "server.properties"))) ?? "");
  const version = found?.version ?? (await readLog(look, first));
  const world = properties.get("level-name") || "world";
  const hasWorld = isFilePath(world) && (await look.has(inside(first, `${world}/level.dat`)));
  const { files, bytes } = await measure(top, first);
  const below = (path: string) => (within === "" ? path : path.slice(within.length + 1));
  const port = panel.port ?? wholeNumber(properties.get("server-port"));
  const memoryMb = panel.memoryMb ?? (await readStarters(look, first));
  const isNot = (note: ImportNote, isTrue: boolean) => (isTrue ? [] : [note]);
  const findings: ImportFindings = {
    root: below(first),
    others: others.slice(0, 20).map(below),
    name: panel.name?.trim().slice(0, 60) || null,
    type: found?.type ?? "custom",
    version,
    build: found?.build ?? null,
    port: port !== null && port >= 1024 ? port : null,
    world: hasWorld ? world : null,
    memoryMb: memoryMb === null ? null : Math.min(memoryLimits.max, Math.max(memoryLimits.min, memoryMb)),
    javaMajor: found?.javaMajor ?? (version ? requiredJava(version) : null),
    hasEula:
      parseProperties((await look.text(inside(first, "eula.txt"))) ?? "")
        .get("eula")
        ?.toLowerCase() === "true",
    program: found ? describeProgram(found.program) : null,
    panel: panel.panel,
    schedules: panel.schedules,
    files,
    bytes,
    notes: [
      ...isNot("no_program", found !== null),
      ...isNot("no_version", version !== null),
      ...isNot("no_properties", properties.size > 0),
      ...isNot("no_world", hasWorld),
      ...isNot("several", others.length === 0),
      ...isNot("panel_unreadable", panel.settings !== "unreadable"),
      ...isNot("panel_apart", panel.settings !== "apart"),
    ],
  };
  const isUsual = found?.program.kind === "jar" && found.program.file === "server.jar";
  return { findings, program: found && !isUsual ? found.program : null, path: first };
}

function describeProgram(program: ServerProgram): string {
  return program.kind === "jar" ? program.file : (program.files.at(-1) ?? "");
}

async function measure(top: string, path: string): Promise<{ files: number; bytes: number }> {
  const folder = await openFolderAt(top, path);
  try {
    const size = await measureFolder(folder.place, { enough: Number.MAX_SAFE_INTEGER });
    if (size.isComplete) return size;
    throw new AppError("LIMIT_EXCEEDED", "There is more in this folder than can be imported.", { path });
  } finally {
    await folder.close();
  }
}

/** What the game said when it last began. */
async function readLog(look: Look, root: string): Promise<string | null> {
  const log = (await look.text(inside(root, "logs/latest.log"))) ?? "";
  return /\]: Starting minecraft server version (\d[\w.-]{0,40})\s*$/m.exec(log)?.[1] ?? null;
}

async function readStarters(look: Look, root: string): Promise<number | null> {
  for (const name of starters) {
    const text = (await look.text(inside(root, name))) ?? "";
    const lines = text.split("\n").filter((line) => !/^\s*(?:#|::|rem\b)/i.test(line));
    const heap = readHeap(lines.join("\n"));
    if (heap !== null) return heap;
  }
  return null;
}

function wholeNumber(value: string | undefined): number | null {
  return value && /^\d{1,5}$/.test(value) ? Number(value) : null;
}
