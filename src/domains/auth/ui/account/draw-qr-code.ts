/** A QR code as the path of an SVG: `size` modules wide and high, each dark run of a row one rectangle. */
export async function drawQrCode(text: string): Promise<{ size: number; path: string }> {
  const { create } = await import("qrcode");
  const { size, data } = create(text, { errorCorrectionLevel: "M" }).modules;
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let length = 0;
      while (x + length < size && data[y * size + x + length]) length++;
      if (length > 0) path += `M${x} ${y}h${length}v1h-${length}z`;
      x += length;
    }
  }
  return { size, path };
}
