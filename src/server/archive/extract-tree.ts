import { closeSync, constants, futimesSync, mkdirSync, openSync, utimesSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type ArchiveGate, type ArchiveLimits, refuse } from "./archive-limits";

/** Waits for nobody: the process has nothing else to do, and a small file costs a tenth of what promises would. */
export interface TreeWriter {
  folder(name: string, mtime: Date | null): void;
  /** Opens a new file. The caller ends it. */
  file(name: string, mode: number, mtime: Date | null): OpenedFile;
  /** Sets the times of folders, the deepest first. */
  finish(): void;
}

export interface OpenedFile {
  write(content: Uint8Array): void;
  end(): void;
}

/** Reads the archive that is open as this descriptor into the tree. */
export type Extract = (fd: number, tree: TreeWriter, limits: ArchiveLimits) => Promise<void>;

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/**
 * Writes below the working directory, which is new and ours: it never holds a link, as none is ever made. For a process of its own: modes
 * are those that are asked for, whatever umask there was.
 */
export function createTreeWriter(gate: ArchiveGate): TreeWriter {
  process.umask(0o022);
  const times = new Map<string, Date>();
  const made = new Set<string>();
  const makeFolder = (path: string) => {
    if (path === "." || made.has(path)) return;
    mkdirSync(path, { recursive: true, mode: 0o755 });
    made.add(path);
  };
  return {
    folder: (name, mtime) => {
      const path = gate.admit(name, "folder");
      if (path === null) return;
      makeFolder(path);
      if (mtime) times.set(path, mtime);
    },
    file: (name, mode, mtime) => {
      const path = gate.admit(name, "file");
      if (path === null) refuse("nul", name);
      makeFolder(dirname(path));
      // Of the mode only "may be run" is taken over: never setuid, setgid or sticky.
      const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, (mode & 0o111) === 0 ? 0o644 : 0o755);
      return {
        write: (content) => {
          gate.addBytes(content.length);
          for (let at = 0; at < content.length; ) at += writeSync(fd, content, at);
        },
        end: () => {
          if (mtime) futimesSync(fd, mtime, mtime);
          closeSync(fd);
        },
      };
    },
    finish: () => {
      const deepestFirst = [...times].sort(([a], [b]) => b.split("/").length - a.split("/").length);
      for (const [path, mtime] of deepestFirst) utimesSync(path, mtime, mtime);
    },
  };
}
