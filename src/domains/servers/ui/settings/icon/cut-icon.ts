import type { PercentCrop } from "react-image-crop";

export const iconSide = 64;

/** Draws the part of an image into a square of the icon's size, small steps first where much is thrown away. */
export function drawIcon(image: HTMLImageElement, part: PercentCrop, canvas: HTMLCanvasElement): void {
  canvas.width = iconSide;
  canvas.height = iconSide;
  const context = canvas.getContext("2d");
  if (!context) return;
  const { naturalWidth, naturalHeight } = image;
  context.clearRect(0, 0, iconSide, iconSide);
  context.imageSmoothingQuality = "high";
  // What is enlarged is pixel art more often than not.
  context.imageSmoothingEnabled = (part.width / 100) * naturalWidth > iconSide;
  context.drawImage(
    image,
    (part.x / 100) * naturalWidth,
    (part.y / 100) * naturalHeight,
    (part.width / 100) * naturalWidth,
    (part.height / 100) * naturalHeight,
    0,
    0,
    iconSide,
    iconSide,
  );
}

/** The canvas as a PNG. */
export function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}
