"use client";

import { useState } from "react";
import { cn } from "@/lib/cn";
import { drawHead } from "./draw-head";

interface PlayerHeadProps {
  player: { name: string; uuid: string | null; headUrl: string | null };
  className?: string;
}

/** A player's face beside their name, and so nothing that has to be read out. */
export function PlayerHead({ player, className }: PlayerHeadProps) {
  const [isBroken, setBroken] = useState(false);
  const look = cn("size-6 shrink-0 overflow-hidden rounded-sm", className);
  if (player.headUrl && !isBroken)
    return (
      // biome-ignore lint/performance/noImgElement: it comes from the address that the operator chose, as it is
      <img
        src={player.headUrl}
        alt=""
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setBroken(true)}
        className={look}
      />
    );
  return (
    <svg aria-hidden="true" viewBox="0 0 8 8" shapeRendering="crispEdges" className={look}>
      {drawHead(player.uuid ?? player.name).map(({ x, y, color }) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={1} height={1} fill={color} />
      ))}
    </svg>
  );
}
