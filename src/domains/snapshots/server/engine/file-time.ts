/**
 * A time for Node's `utimes`, which takes seconds as a number and cuts them to whole microseconds: half a microsecond
 * more, so that rounding never cuts one off. The nanoseconds are lost, as nothing in Node can set them.
 */
export function secondsOf(timeNs: bigint): number {
  const micros = timeNs > 0n ? timeNs / 1000n : 0n;
  return (Number(micros) + 0.5) / 1e6;
}
