"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";

/** How far the keys move, in points; a page is a twelfth of the chart. */
const steps = new Map([
  ["ArrowLeft", -1],
  ["ArrowDown", -1],
  ["ArrowRight", 1],
  ["ArrowUp", 1],
  ["Home", Number.NEGATIVE_INFINITY],
  ["End", Number.POSITIVE_INFINITY],
]);
const pages = new Map([
  ["PageDown", -1],
  ["PageUp", 1],
]);

/** The point of a chart that somebody looks at: under the pointer, or chosen by keys while the chart has the focus. */
export function useChartCursor(points: number) {
  const [index, setIndex] = useState<number | null>(null);
  const last = points - 1;
  return {
    index: index === null ? null : Math.min(index, last),
    handlers: {
      onFocus: () => setIndex((at) => at ?? last),
      onBlur: () => setIndex(null),
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const box = event.currentTarget.getBoundingClientRect();
        const share = (event.clientX - box.left) / box.width;
        setIndex(Math.min(last, Math.max(0, Math.floor(share * points))));
      },
      onPointerLeave: (event: PointerEvent<HTMLElement>) => {
        if (document.activeElement !== event.currentTarget) setIndex(null);
      },
      onKeyDown: (event: KeyboardEvent) => {
        const step = steps.get(event.key) ?? (pages.get(event.key) ?? 0) * Math.ceil(points / 12);
        if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        setIndex((at) => Math.min(last, Math.max(0, (at ?? last) + step)));
      },
    },
  };
}
