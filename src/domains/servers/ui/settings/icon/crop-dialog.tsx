"use client";

import "react-image-crop/dist/ReactCrop.css";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { centerCrop, makeAspectCrop, type PercentCrop, ReactCrop } from "react-image-crop";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { drawIcon, iconSide, toPng } from "./cut-icon";

interface CropDialogProps {
  /** Data address of the image. */
  source: string;
  isSaving: boolean;
  onSave: (icon: Blob) => void;
  onClose: () => void;
}

const handles = [
  "nwDragHandle",
  "nDragHandle",
  "neDragHandle",
  "eDragHandle",
  "seDragHandle",
  "sDragHandle",
  "swDragHandle",
  "wDragHandle",
] as const;

/** The square of an image that becomes the icon, with how it will look. */
export default function CropDialog({ source, isSaving, onSave, onClose }: CropDialogProps) {
  const t = useTranslations("files.properties.icon");
  const common = useTranslations("common");
  const image = useRef<HTMLImageElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [part, setPart] = useState<PercentCrop>();
  useEffect(() => {
    if (image.current && canvas.current && part) drawIcon(image.current, part, canvas.current);
  }, [part]);
  const labels = Object.fromEntries(handles.map((handle) => [handle, t("handle")])) as Record<
    (typeof handles)[number],
    string
  >;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-lg">
        <DialogHeader>
          <DialogTitle>{t("cropTitle")}</DialogTitle>
          <DialogDescription>{t("cropText")}</DialogDescription>
        </DialogHeader>
        <div className="flex min-h-0 flex-wrap items-start justify-center gap-4">
          <ReactCrop
            crop={part}
            onChange={(_, percent) => setPart(percent)}
            aspect={1}
            keepSelection
            minWidth={16}
            ariaLabels={{ cropArea: t("area"), ...labels }}
            className="max-h-[50dvh] rounded-md border bg-muted"
          >
            {/* biome-ignore lint/performance/noImgElement: a file of the reader's own, drawn onto a canvas */}
            <img
              ref={image}
              src={source}
              alt={t("image")}
              onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                setPart(
                  centerCrop(
                    makeAspectCrop(
                      naturalWidth < naturalHeight ? { unit: "%", width: 100 } : { unit: "%", height: 100 },
                      1,
                      naturalWidth,
                      naturalHeight,
                    ),
                    naturalWidth,
                    naturalHeight,
                  ),
                )
              }
              className="max-h-[50dvh] [image-rendering:pixelated]"
            />
          </ReactCrop>
          <figure className="grid justify-items-center gap-1">
            <canvas ref={canvas} width={iconSide} height={iconSide} className="rounded-md border" />
            <figcaption className="text-xs text-muted-foreground">{t("cropped")}</figcaption>
          </figure>
        </div>
        <DialogFooter>
          <Button variant="outline" onClick={onClose} className="max-md:h-11">
            {common("cancel")}
          </Button>
          <Button
            disabled={!part || isSaving}
            onClick={async () => canvas.current && onSave(await toPng(canvas.current))}
            className="max-md:h-11"
          >
            {common(isSaving ? "saving" : "save")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
