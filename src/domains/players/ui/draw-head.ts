/** Colours of hair, skin and eyes that go together; which ones, the player's id decides. */
const hair = ["#3b2a20", "#5b3a21", "#8a5a2b", "#c99b4a", "#1f2328", "#6b2f1f", "#7a7f87", "#2f4858"];
const skin = ["#f0c8a0", "#e0ac7d", "#c68a5c", "#9a6641", "#6d452b", "#b9d49a"];
const eyes = ["#2f6fb5", "#3f8f4f", "#5b3fa0", "#7a4a24", "#2b2f36", "#a03f4f"];

/** `h` hair, `s` skin, `w` white, `e` eye, `m` mouth: a face of eight by eight, of which the upper rows vary. */
const face = ["hhhhhhhh", "hhhhhhhh", "hssssssh", "ssssssss", "swessews", "sssssssS", "ssmmmmss", "ssssssss"];

export interface HeadCell {
  x: number;
  y: number;
  color: string;
}

/** A small face for a player, always the same for the same id: 64 squares of an eight by eight grid. */
export function drawHead(id: string): HeadCell[] {
  let state = 2_166_136_261;
  for (const char of id.toLowerCase()) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  const next = (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const pick = (colors: readonly string[]) => colors[next(colors.length)] ?? "#888888";
  const colors: Record<string, string> = { h: pick(hair), s: pick(skin), e: pick(eyes), w: "#ffffff" };
  colors.m = next(3) === 0 ? (colors.h ?? "") : "#9c5a4a";
  colors.S = colors.s ?? "";
  return face.flatMap((row, y) =>
    [...row].map((cell, x) => {
      // The fringe, the same on both sides.
      const isFringe = (y === 2 || y === 3) && cell === "s" && fringeAt(id, Math.min(x, 7 - x), y);
      return { x, y, color: (isFringe ? colors.h : colors[cell]) ?? "#888888" };
    }),
  );
}

function fringeAt(id: string, column: number, row: number): boolean {
  const char = id.codePointAt((column * 3 + row * 5) % Math.max(1, id.length)) ?? 0;
  return row === 2 ? char % 2 === 0 : char % 7 === 0;
}
