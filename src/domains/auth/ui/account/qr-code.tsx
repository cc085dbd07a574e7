"use client";

import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { useQuery } from "@/trpc/use-query";
import { drawQrCode } from "./draw-qr-code";

/** Modules of white around the code, without which cameras do not find it. */
const margin = 4;

interface QrCodeProps {
  text: string;
  label: string;
  className?: string;
}

/** Dark on white in every theme: many cameras cannot read the reverse. */
export function QrCode({ text, label, className }: QrCodeProps) {
  // The text is a secret: it is drawn here and leaves neither the page nor the memory of this component.
  const { data } = useQuery({ queryKey: ["qr-code", text], queryFn: () => drawQrCode(text), gcTime: 0 });
  if (!data) return <Skeleton className={cn("rounded-md", className)} />;
  const side = data.size + 2 * margin;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className={cn("rounded-md bg-white", className)}
    >
      <path d={data.path} fill="black" transform={`translate(${margin} ${margin})`} />
    </svg>
  );
}
