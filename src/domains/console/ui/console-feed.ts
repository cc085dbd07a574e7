import type { LogLine } from "../contract";
import { type ConsoleEntry, isEntryShown, type LevelGroup } from "./console-entry";
import { type EntryFormat, entryAsText, formatEntry } from "./format-entry";
import { LogBuffer } from "./log-buffer";
import { followScrollback, type TerminalScreen } from "./terminal-screen";

export interface FeedState {
  /** False while the person reads further up: nothing moves then. */
  isFollowing: boolean;
  /** Lines that came since, up to the next follow. */
  newLines: number;
  /** Entries that are loaded. */
  loaded: number;
  /** True once the oldest line of the log is loaded, or as much as this page holds. */
  hasReachedStart: boolean;
}

/** Reading back stops here: a browser tab is no archive. */
const readingLimit = 20_000;

type Screen = Pick<TerminalScreen, "write" | "redraw" | "scrollToBottom">;

/** Brings what arrives onto the screen: in one piece per frame, filtered, held back while someone reads further up. */
export class ConsoleFeed {
  private readonly buffer = new LogBuffer();
  private readonly listeners = new Set<() => void>();
  private waiting: ConsoleEntry[] = [];
  private screen: Screen | null = null;
  private hidden: ReadonlySet<LevelGroup> = new Set();
  private frame: number | null = null;
  private state: FeedState = { isFollowing: true, newLines: 0, loaded: 0, hasReachedStart: false };

  constructor(
    private format: EntryFormat,
    private readonly nextFrame: (draw: () => void) => number = (draw) => requestAnimationFrame(draw),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): FeedState => this.state;

  get oldestId(): string | null {
    return this.buffer.firstId;
  }

  attach(screen: Screen | null): void {
    this.screen = screen;
    this.redraw(false);
  }

  receive(lines: readonly LogLine[]): void {
    this.show(this.buffer.append(lines));
  }

  /** Adds something of the page's own, and goes to the end to show it. */
  note(entry: ConsoleEntry): void {
    this.buffer.note(entry);
    this.show([entry]);
    if (entry.kind !== "gap") this.follow();
  }

  /** Older lines that were asked for; none means that the log begins here. */
  addOlder(lines: readonly LogLine[]): void {
    const added = this.buffer.prepend(lines);
    this.change({ hasReachedStart: added === 0 || this.buffer.entries.length >= readingLimit });
    if (added > 0) this.redraw(true);
  }

  setHidden(hidden: ReadonlySet<LevelGroup>): void {
    this.hidden = hidden;
    this.redraw(!this.state.isFollowing);
  }

  setFormat(format: EntryFormat): void {
    this.format = format;
    this.redraw(!this.state.isFollowing);
  }

  pause(): void {
    if (this.state.isFollowing) this.change({ isFollowing: false });
  }

  /** To the end, and on from there. */
  follow(): void {
    if (!this.state.isFollowing) {
      const hadOlder = this.buffer.entries.length > followScrollback;
      this.change({ isFollowing: true, newLines: 0 });
      if (hadOlder) {
        this.buffer.trim(followScrollback);
        this.change({ hasReachedStart: false });
        this.redraw(false);
      } else this.flush();
    }
    this.screen?.scrollToBottom();
  }

  /** What is loaded and not filtered out, as plain text. */
  asText(): string {
    const shown = this.buffer.entries.filter((entry) => isEntryShown(entry, this.hidden));
    return shown.map((entry) => `${entryAsText(entry, this.format.gap)}\n`).join("");
  }

  private show(entries: readonly ConsoleEntry[]): void {
    if (entries.length === 0) return;
    this.waiting.push(...entries);
    if (this.waiting.length > 2 * followScrollback) this.waiting = this.waiting.slice(-followScrollback);
    this.frame ??= this.nextFrame(() => {
      this.frame = null;
      this.flush();
    });
  }

  private flush(): void {
    const shown = this.waiting.filter((entry) => isEntryShown(entry, this.hidden));
    if (!this.state.isFollowing) {
      if (this.buffer.entries.length > 2 * readingLimit) {
        this.buffer.trim(readingLimit);
        this.change({ hasReachedStart: true });
      }
      this.change({ newLines: shown.length, loaded: this.buffer.entries.length });
      return;
    }
    // Trimmed in steps: cutting the array on every frame would cost more than drawing.
    if (this.buffer.entries.length > 1.2 * followScrollback) this.buffer.trim(followScrollback);
    if (this.screen) {
      this.waiting = [];
      const text = shown.slice(-followScrollback).map((entry) => formatEntry(entry, this.format));
      if (text.length > 0) this.screen.write(text.join(""));
    }
    this.change({ newLines: 0, loaded: this.buffer.entries.length });
  }

  private redraw(keepPlace: boolean): void {
    if (!this.screen) return;
    const held = new Set(keepPlace ? this.waiting : []);
    if (!keepPlace) this.waiting = [];
    const shown = this.buffer.entries.filter((entry) => isEntryShown(entry, this.hidden) && !held.has(entry));
    this.screen.redraw(shown.map((entry) => formatEntry(entry, this.format)).join(""), { keepPlace });
    this.change({ loaded: this.buffer.entries.length });
  }

  private change(part: Partial<FeedState>): void {
    const next = { ...this.state, ...part };
    const keys = Object.keys(next) as (keyof FeedState)[];
    if (keys.every((key) => next[key] === this.state[key])) return;
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}
