/** How a run of numbered lines arrived. */
export interface LineCount {
  received: number;
  lost: number;
  doubled: number;
}

export interface LineCounter {
  /** Reads every `Flood line N of TOTAL` in the text. */
  read(text: string): void;
  count(): LineCount;
  /** The last line of the run was seen. */
  isComplete(): boolean;
}

/** Counts the lines of one run, which is known by its total: 1, 2, 3 … `total`, each once, is what should arrive. */
export function createLineCounter(total: number): LineCounter {
  const pattern = new RegExp(`Flood line (\\d+) of ${total}(?!\\d)`, "g");
  let last = 0;
  const state: LineCount = { received: 0, lost: 0, doubled: 0 };
  return {
    read(text) {
      for (const [, digits] of text.matchAll(pattern)) {
        const number = Number(digits);
        state.received++;
        if (number <= last) state.doubled++;
        else {
          state.lost += number - last - 1;
          last = number;
        }
      }
    },
    count: () => ({ ...state, lost: state.lost + total - last }),
    isComplete: () => last === total,
  };
}
