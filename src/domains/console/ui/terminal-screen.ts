import type { FitAddon } from "@xterm/addon-fit";
import type { SearchAddon } from "@xterm/addon-search";
import type { Terminal } from "@xterm/xterm";
import { consoleTheme, onThemeChange } from "./console-theme";
import { followTouch } from "./follow-touch";

export interface ScrollPlace {
  isAtTop: boolean;
  isAtBottom: boolean;
}

export interface SearchResults {
  /** 0-based; -1 when there are too many to count or none. */
  index: number;
  count: number;
}

/** Rows kept while following; reading back may go further. */
export const followScrollback = 5_000;
const readingScrollback = 40_000;
/** Loading older lines starts this many rows before the top. */
const nearTop = 3;

/** The terminal in which the log is shown: output only, nothing typed here goes anywhere. */
export class TerminalScreen {
  private isRedrawing = false;
  private isEmpty = true;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly terminal: Terminal,
    private readonly fit: FitAddon,
    private readonly search: SearchAddon,
    private readonly host: HTMLElement,
  ) {
    terminal.loadAddon(fit);
    terminal.loadAddon(search);
    terminal.open(host);
    terminal.attachCustomKeyEventHandler((event) => this.handleKey(event));
    const paint = () => {
      terminal.options.theme = consoleTheme(host);
    };
    paint();
    this.stops.push(onThemeChange(paint), followTouch(host, terminal));
    const size = new ResizeObserver(() => this.refit());
    size.observe(host);
    this.stops.push(() => size.disconnect());
    this.refit();
  }

  /** Names the output for screen readers, and keeps an on-screen keyboard away. */
  describe(label: string): void {
    const { textarea } = this.terminal;
    if (!textarea) return;
    textarea.setAttribute("aria-label", label);
    textarea.readOnly = true;
    textarea.inputMode = "none";
  }

  write(text: string): void {
    const shown = withoutLastBreak(text);
    this.terminal.write(this.isEmpty ? shown : `\r\n${shown}`);
    this.isEmpty = false;
  }

  /** Shows `text` in place of everything. `keepPlace`: what stood at the top of the window stays there. */
  redraw(text: string, { keepPlace }: { keepPlace: boolean }): void {
    const { active } = this.terminal.buffer;
    const fromBottom = keepPlace ? active.baseY - active.viewportY : 0;
    this.isRedrawing = true;
    this.terminal.options.scrollback = keepPlace ? readingScrollback : followScrollback;
    this.terminal.reset();
    this.isEmpty = text === "";
    this.terminal.write(withoutLastBreak(text), () => {
      this.isRedrawing = false;
      this.terminal.scrollToLine(Math.max(0, this.terminal.buffer.active.baseY - fromBottom));
    });
  }

  scrollToBottom(): void {
    this.terminal.scrollToBottom();
  }

  scrollToTop(): void {
    this.terminal.scrollToTop();
  }

  onScroll(listener: (place: ScrollPlace) => void): void {
    const listening = this.terminal.onScroll(() => {
      if (this.isRedrawing) return;
      const { viewportY, baseY } = this.terminal.buffer.active;
      listener({ isAtTop: viewportY <= nearTop && baseY > 0, isAtBottom: viewportY >= baseY });
    });
    this.stops.push(() => listening.dispose());
  }

  onSearchResults(listener: (results: SearchResults) => void): void {
    const listening = this.search.onDidChangeResults(({ resultIndex, resultCount }) =>
      listener({ index: resultIndex, count: resultCount }),
    );
    this.stops.push(() => listening.dispose());
  }

  find(term: string, direction: "next" | "previous"): void {
    const decorations = {
      matchBackground: "#8a6d1a",
      activeMatchBackground: "#d97706",
      matchOverviewRuler: "#8a6d1a",
      activeMatchColorOverviewRuler: "#d97706",
    };
    if (direction === "next") this.search.findNext(term, { decorations });
    else this.search.findPrevious(term, { decorations });
  }

  endSearch(): void {
    this.search.clearDecorations();
    this.terminal.clearSelection();
  }

  get selection(): string {
    return this.terminal.getSelection();
  }

  set isForScreenReaders(value: boolean) {
    this.terminal.options.screenReaderMode = value;
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.terminal.dispose();
  }

  private refit(): void {
    if (this.host.clientWidth > 0 && this.host.clientHeight > 0) this.fit.fit();
  }

  /** Keys scroll; all others go to the browser, so that Tab leaves and Ctrl C copies. */
  private handleKey(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return false;
    const { terminal } = this;
    const moves: Readonly<Record<string, () => void>> = {
      PageUp: () => terminal.scrollPages(-1),
      PageDown: () => terminal.scrollPages(1),
      ArrowUp: () => terminal.scrollLines(-1),
      ArrowDown: () => terminal.scrollLines(1),
      Home: () => terminal.scrollToTop(),
      End: () => terminal.scrollToBottom(),
    };
    const move = moves[event.key];
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      move();
    }
    return false;
  }
}

/** The break after the last row comes with the next row: otherwise an empty row would always stand at the end. */
function withoutLastBreak(text: string): string {
  return text.endsWith("\r\n") ? text.slice(0, -2) : text;
}

/** Loads the terminal's code (not part of the page's first load) and opens it in `host`. */
export async function openTerminalScreen(host: HTMLElement): Promise<TerminalScreen> {
  const [{ Terminal }, { FitAddon }, { SearchAddon }] = await Promise.all([
    import("@xterm/xterm"),
    import("@xterm/addon-fit"),
    import("@xterm/addon-search"),
  ]);
  const terminal = new Terminal({
    allowProposedApi: true, // the search addon's marks
    disableStdin: true,
    convertEol: false,
    cursorInactiveStyle: "none",
    cursorBlink: false,
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: window.matchMedia("(max-width: 767px)").matches ? 11 : 13,
    lineHeight: 1.25,
    minimumContrastRatio: 4.5,
    scrollback: followScrollback,
  });
  return new TerminalScreen(terminal, new FitAddon(), new SearchAddon({ highlightLimit: 2_000 }), host);
}
