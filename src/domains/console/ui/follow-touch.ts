import type { Terminal } from "@xterm/xterm";

/** Scrolls the terminal with a finger, which xterm itself does not do; gives back how to stop. */
export function followTouch(host: HTMLElement, terminal: Terminal): () => void {
  let lastY: number | null = null;
  let rest = 0;
  const begin = (event: TouchEvent) => {
    lastY = event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null;
    rest = 0;
  };
  const move = (event: TouchEvent) => {
    const y = event.touches[0]?.clientY;
    if (lastY === null || y === undefined) return;
    const rowHeight = host.clientHeight / Math.max(1, terminal.rows);
    rest += (lastY - y) / rowHeight;
    lastY = y;
    const rows = Math.trunc(rest);
    if (rows !== 0) {
      rest -= rows;
      terminal.scrollLines(rows);
    }
    event.preventDefault();
  };
  host.addEventListener("touchstart", begin, { passive: true });
  host.addEventListener("touchmove", move, { passive: false });
  return () => {
    host.removeEventListener("touchstart", begin);
    host.removeEventListener("touchmove", move);
  };
}
