/** More is never needed to cut out an icon; a photograph of the camera's size would only be slow. */
const longestSide = 1024;
/** Less is too small to be cut by hand: it is enlarged pixel by pixel. */
const shortestSide = 256;

/** A chosen file as a data address that can be shown and drawn. Rejects for what is no image. */
export async function readImage(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file);
  try {
    const side = Math.max(bitmap.width, bitmap.height);
    const isSmall = side < shortestSide;
    const scale = isSmall ? Math.ceil(shortestSide / side) : Math.min(1, longestSide / side);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.imageSmoothingEnabled = !isSmall;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  } finally {
    bitmap.close();
  }
}
