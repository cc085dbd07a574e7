"use client";

import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../contract";

interface Faces {
  top: string;
  left: string;
  right: string;
}

const faces: Readonly<Record<Server["type"], Faces>> = {
  vanilla: { top: "#6fbf4a", left: "#8a6242", right: "#6f4d33" },
  paper: { top: "#f4f4f5", left: "#c8d3e0", right: "#9fb1c6" },
  fabric: { top: "#e6d5b0", left: "#c9b489", right: "#a8946b" },
  forge: { top: "#5f6f85", left: "#455266", right: "#333e4f" },
  neoforge: { top: "#f0954a", left: "#c56f2b", right: "#99531d" },
  purpur: { top: "#c08ae0", left: "#9a5fc0", right: "#774596" },
  custom: { top: "#a1a1aa", left: "#71717a", right: "#52525b" },
};

interface ServerIconProps {
  server: Pick<Server, "id" | "type">;
  /** What it is, where no name stands beside it. */
  label?: string;
  className?: string;
}

/** The icon that the server has in the game; the block of its type where it has none. */
export function ServerIcon({ server, label, className }: ServerIconProps) {
  const { data } = useQuery(
    // Whoever changes it tells by the event stream.
    useTRPC().servers.icon.queryOptions({ serverId: server.id }, { staleTime: 5 * 60_000, retry: false }),
  );
  if (!data?.icon) return <TypeIcon type={server.type} className={className} />;
  return (
    // biome-ignore lint/performance/noImgElement: bytes that came with the answer; there is nothing to load or to resize
    <img
      src={data.icon}
      alt={label ?? ""}
      width={64}
      height={64}
      className={cn("size-9 shrink-0 rounded-md [image-rendering:pixelated]", className)}
    />
  );
}

/** A block that stands for the server's type. Decoration: the name stands beside it. */
export function TypeIcon({ type, className }: { type: Server["type"]; className?: string }) {
  const { top, left, right } = faces[type];
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-9 shrink-0", className)}>
      <path d="M16 2 29 9 16 16 3 9Z" fill={top} />
      <path d="M3 9 16 16V30L3 23Z" fill={left} />
      <path d="M29 9 16 16V30L29 23Z" fill={right} />
      {type === "vanilla" && (
        <path
          d="M3 9 16 16 29 9V13L26 14.6V12.6L22.7 14.4V17.4L19.4 19.2V17.2L16 19 12.6 17.2V20.2L9.4 18.4V15.4L6 13.6V16.6L3 15Z"
          fill="#559a37"
        />
      )}
      {type === "paper" && (
        <path d="M7 14.5 13 17.7M7 18 13 21.2M7 21.5 10.5 23.4" stroke="#7189a3" strokeWidth="1.2" />
      )}
      {type === "custom" && <path d="M9.5 15v7.5M6.2 17l6.6 3.6M6.2 20.6l6.6-3.6" stroke="#d4d4d8" strokeWidth="1.2" />}
    </svg>
  );
}
