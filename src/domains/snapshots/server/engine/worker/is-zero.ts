const zeros = Buffer.alloc(64 * 1024);

export function isZero(content: Uint8Array): boolean {
  for (let at = 0; at < content.length; at += zeros.length) {
    const part = content.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}
