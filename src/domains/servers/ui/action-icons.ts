import { CircleStopIcon, type LucideIcon, PlayIcon, RotateCwIcon, SquareIcon, ZapIcon } from "lucide-react";
import type { LifeAction } from "./use-server-actions";

export const actionIcons: Readonly<Record<LifeAction, LucideIcon>> = {
  start: PlayIcon,
  stop: SquareIcon,
  restart: RotateCwIcon,
  kill: ZapIcon,
  forceStop: CircleStopIcon,
};
