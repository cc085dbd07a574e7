import {
  CalendarClockIcon,
  CameraIcon,
  CircleArrowUpIcon,
  FileClockIcon,
  type LucideIcon,
  RotateCcwIcon,
  SproutIcon,
  UploadIcon,
} from "lucide-react";
import type { SnapshotType } from "../contract";

/** How a snapshot came about, at a glance; its word always stands beside. */
export const snapshotIcons: Readonly<Record<SnapshotType, LucideIcon>> = {
  manual: CameraIcon,
  scheduled: CalendarClockIcon,
  auto_save: FileClockIcon,
  pre_update: CircleArrowUpIcon,
  pre_restore: RotateCcwIcon,
  initial: SproutIcon,
  imported: UploadIcon,
};
