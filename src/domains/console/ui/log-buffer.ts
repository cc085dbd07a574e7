import type { LogLine } from "../contract";
import type { ConsoleEntry } from "./console-entry";

/** Ids are byte offsets as decimal strings: the longer one is the later one. */
export function isLaterId(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

/**
 * What the console has loaded, oldest first. Refuses lines that it already holds, so that nothing appears twice
 * after a reconnection.
 */
export class LogBuffer {
  private held: ConsoleEntry[] = [];
  private lastId: string | null = null;

  get entries(): readonly ConsoleEntry[] {
    return this.held;
  }

  /** Id of the oldest line that is held, to ask for what came before it. */
  get firstId(): string | null {
    const first = this.held.find((entry) => entry.kind === "line");
    return first?.kind === "line" ? first.line.id : null;
  }

  /** Adds lines that are later than all held; gives back those that were new. */
  append(lines: readonly LogLine[]): ConsoleEntry[] {
    const fresh: ConsoleEntry[] = [];
    for (const line of lines) {
      if (this.lastId !== null && !isLaterId(line.id, this.lastId)) continue;
      this.lastId = line.id;
      fresh.push({ kind: "line", line });
    }
    this.held.push(...fresh);
    return fresh;
  }

  note(entry: ConsoleEntry): void {
    this.held.push(entry);
  }

  /** Puts older lines in front; gives back how many were new. */
  prepend(lines: readonly LogLine[]): number {
    const first = this.firstId;
    const older = first === null ? lines : lines.filter((line) => isLaterId(first, line.id));
    this.held.unshift(...older.map((line): ConsoleEntry => ({ kind: "line", line })));
    return older.length;
  }

  /** Forgets the oldest entries beyond the limit. */
  trim(limit: number): void {
    if (this.held.length > limit) this.held = this.held.slice(-limit);
  }
}
