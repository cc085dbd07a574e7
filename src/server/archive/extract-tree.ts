import { mkdirSync } from "node:fs";
import { type FileHandle, open, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { type ArchiveGate, refuse } from "./archive-limits";

export interface TreeWriter {
  folder(name: string, mtime: Date | null): void;
  /** Opens a new file. The caller ends it. */
  file(name: string, mode: number, mtime: Date | null): Promise<OpenedFile>;
  /** Sets the times of folders, the deepest first. */
  finish(): Promise<void>;
}

export interface OpenedFile {
  write(content: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** Writes below the working directory, which is new and ours: it never holds a link, as none is ever made. */
export function createTreeWriter(gate: ArchiveGate): TreeWriter {
  const times = new Map<string, Date>();
  return {
    folder: (name, mtime) => {
      const path = gate.admit(name, "folder");
      if (path === null) return;
      mkdirSync(path, { recursive: true, mode: 0o755 });
      if (mtime) times.set(path, mtime);
    },
    file: async (name, mode, mtime) => {
      const path = gate.admit(name, "file");
      if (path === null) refuse("nul", name);
      if (path.includes("/")) mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
      const file: FileHandle = await open(path, "wx", 0o600);
      return {
        write: async (content) => {
          gate.addBytes(content.length);
          await file.writeFile(content);
        },
        end: async () => {
          // Of the mode only "may be run" is taken over: never setuid, setgid or sticky.
          await file.chmod((mode & 0o111) === 0 ? 0o644 : 0o755);
          if (mtime) await file.utimes(mtime, mtime);
          await file.close();
        },
      };
    },
    finish: async () => {
      const deepestFirst = [...times].sort(([a], [b]) => b.split("/").length - a.split("/").length);
      for (const [path, mtime] of deepestFirst) await utimes(path, mtime, mtime);
    },
  };
}
