import { type ArchiveRule, archiveRules } from "@/lib/archive-rules";

/** Counted while extracting, never believed from headers. */
export interface ArchiveLimits {
  /** Sum of all contents. */
  maxBytes: number;
  maxFiles: number;
  maxFileBytes: number;
  /** Contents against the archive's own length. */
  maxRatio: number;
  /** Symbolic links in a tar are passed over instead of refusing the whole. None is ever made. */
  skipsLinks?: boolean;
}

/** Thrown for what an archive may not hold. */
export class ArchiveRefusal extends Error {
  constructor(
    readonly rule: ArchiveRule,
    /** Name of the entry, as it is safe to be shown. */
    readonly entry?: string,
  ) {
    super(archiveRules[rule]);
  }
}

/** An archive of a few bytes may hold this much before its ratio counts. */
const ratioFreeBytes = 1024 * 1024;
const maxDepth = 100;
const maxPathBytes = 2048;

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
  const known = new Map<string, { path: string; kind: "file" | "folder" }>();
  const totals = { files: 0, folders: 0, bytes: 0 };
  /** The folder of the last entry, which most entries share with the one before. */
  let folder = "";
  let current = "";
  let fileBytes = 0;

  /** True when it is new. */
  const claim = (path: string, kind: "file" | "folder") => {
    const folded = fold(path);
    const other = known.get(folded);
    if (!other) {
      known.set(folded, { path, kind });
      return true;
    }
    if (other.path !== path) refuse("twin", path);
    if (other.kind !== kind) refuse("fileAndFolder", path);
    if (kind === "file") refuse("duplicate", path);
    return false;
  };

  return {
    admit: (name, kind) => {
      const parts = partsOf(name);
      if (parts.length === 0) return null;
      const path = parts.join("/");
      const parent = parts.slice(0, -1).join("/");
      if (parent !== folder)
        for (let length = 1; length < parts.length; length++)
          if (claim(parts.slice(0, length).join("/"), "folder")) totals.folders++;
      folder = parent;
      if (claim(path, kind)) totals[kind === "file" ? "files" : "folders"]++;
      if (totals.files + totals.folders > limits.maxFiles) refuse("tooManyEntries");
      current = path;
      fileBytes = 0;
      return path;
    },
    addBytes: (bytes) => {
      fileBytes += bytes;
      totals.bytes += bytes;
      if (fileBytes > limits.maxFileBytes) refuse("fileTooLarge", current);
      if (totals.bytes > limits.maxBytes) refuse("tooLarge", current);
      if (totals.bytes > ratioFreeBytes && totals.bytes > archiveBytes * limits.maxRatio) refuse("ratio", current);
    },
    totals,
  };
}

/** What file systems of Windows and macOS take for the same: case, Unicode form, dots and spaces at the end of a name. */
function fold(path: string): string {
  // Of printable ASCII alone, as most names are, only the case can differ.
  const isPlain = /^[!-~]*[!-\-/-~]$/.test(path) && !path.includes("./");
  if (isPlain) return path.toLowerCase();
  const folded = path.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
  return folded.replace(/[. ]+(?=\/|$)/g, "");
}

function partsOf(name: string): string[] {
  if (name === "" || name.includes("\0")) refuse("nul", name);
  if (name.includes("\\")) refuse("backslash", name);
  if (name.startsWith("/")) refuse("absolutePath", name);
  if (/^[A-Za-z]:/.test(name)) refuse("driveLetter", name);
  if (name.includes("\ufffd") || !name.isWellFormed()) refuse("notText", name);
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) refuse("parentPath", name);
  if (parts.length > maxDepth) refuse("tooDeep", name);
  if (Buffer.byteLength(name) > maxPathBytes || parts.some((part) => Buffer.byteLength(part) > 255))
    refuse("nameTooLong", name);
  return parts;
}

export function refuse(rule: ArchiveRule, entry?: string): never {
  throw refusal(rule, entry);
}

export function refusal(rule: ArchiveRule, entry?: string): ArchiveRefusal {
  return new ArchiveRefusal(rule, entry === undefined ? undefined : shown(entry));
}

/** Control characters, and what could turn the reading direction, as escapes; shortened. */
function shown(name: string): string {
  const start = JSON.stringify(name.slice(0, 100)).slice(1, -1);
  return start.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
