"use client";

import { useSyncExternalStore } from "react";
import { createUploadQueue, type UploadItem } from "./upload-queue";

/** The one queue of this tab. */
export const uploads = createUploadQueue();
const none: readonly UploadItem[] = [];

export function useUploads(): readonly UploadItem[] {
  return useSyncExternalStore(uploads.subscribe, uploads.items, () => none);
}
