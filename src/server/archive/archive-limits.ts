/** Counted while extracting, never believed from headers. */
export interface ArchiveLimits {
  /** Sum of all contents. */
  maxBytes: number;
  maxFiles: number;
  maxFileBytes: number;
  /** Contents against the archive's own length. */
  maxRatio: number;
}

/** Thrown for what an archive may not hold; its message is a few words for people. */
export class ArchiveRefusal extends Error {}

/** An archive of a few bytes may hold this much before its ratio counts. */
const ratioFreeBytes = 1024 * 1024;

export interface ArchiveGate {
  /** Checks a name and remembers it; returns it without `./` and the slash at the end, or null for the root itself. */
  admit(name: string, kind: "file" | "folder"): string | null;
  /** Counts bytes of the file that was admitted last. */
  addBytes(bytes: number): void;
  readonly totals: { files: number; folders: number; bytes: number };
}

/**
 * One per archive. Refuses absolute paths, `..`, drive letters, backslashes, NUL, names that another system or a
 * normalisation takes for the same, and whatever is more than the limits allow.
 */
export function createArchiveGate(limits: ArchiveLimits, archiveBytes: number): ArchiveGate {
  const kinds = new Map<string, "file" | "folder">();
  const spellings = new Map<string, string>();
  const totals = { files: 0, folders: 0, bytes: 0 };
  let fileBytes = 0;

  const claim = (path: string, kind: "file" | "folder") => {
    const folded = path.normalize("NFC").toLowerCase().normalize("NFC");
    const other = spellings.get(folded);
    if (other !== undefined && other !== path) refuse(`two names that are one on some systems: ${shown(path)}`);
    const known = kinds.get(folded);
    if (known !== undefined && (known !== kind || kind === "file")) refuse(`the same name twice: ${shown(path)}`);
    if (known !== undefined) return false;
    spellings.set(folded, path);
    kinds.set(folded, kind);
    return true;
  };

  return {
    admit: (name, kind) => {
      const parts = partsOf(name);
      if (parts.length === 0) return null;
      for (let length = 1; length < parts.length; length++)
        if (claim(parts.slice(0, length).join("/"), "folder")) totals.folders++;
      const path = parts.join("/");
      const isNew = claim(path, kind);
      if (isNew) totals[kind === "file" ? "files" : "folders"]++;
      if (totals.files + totals.folders > limits.maxFiles) refuse(`more than ${limits.maxFiles} files and folders`);
      fileBytes = 0;
      return path;
    },
    addBytes: (bytes) => {
      fileBytes += bytes;
      totals.bytes += bytes;
      if (fileBytes > limits.maxFileBytes) refuse(`a file of more than ${limits.maxFileBytes} bytes`);
      if (totals.bytes > limits.maxBytes) refuse(`more than ${limits.maxBytes} bytes`);
      if (totals.bytes > ratioFreeBytes && totals.bytes > archiveBytes * limits.maxRatio)
        refuse(`contents of more than ${limits.maxRatio} times the archive's size`);
    },
    totals,
  };
}

function partsOf(name: string): string[] {
  if (name.includes("\0")) refuse("a name with a NUL");
  if (name.includes("\\")) refuse(`a name with a backslash: ${shown(name)}`);
  if (name.startsWith("/")) refuse(`an absolute path: ${shown(name)}`);
  if (/^[A-Za-z]:/.test(name)) refuse(`a drive letter: ${shown(name)}`);
  if (name.includes("\ufffd")) refuse(`a name that is no text: ${shown(name)}`);
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) refuse(`a path that leaves its folder: ${shown(name)}`);
  if (parts.some((part) => Buffer.byteLength(part) > 255)) refuse(`a name that is too long: ${shown(name)}`);
  return parts;
}

export function refuse(reason: string): never {
  throw new ArchiveRefusal(reason);
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 100)).slice(1, -1);
}
