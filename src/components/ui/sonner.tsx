"use client";

import { Toaster as Sonner, type ToasterProps } from "sonner";

/** Where toasts appear. Call `toast` of "sonner" for results of one's own actions only. */
function Toaster(props: ToasterProps) {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-3 rounded-lg border bg-popover p-4 text-sm text-popover-foreground shadow-lg shadow-black/20",
          content: "grid min-w-0 flex-1 gap-1",
          title: "font-medium",
          description: "text-muted-foreground",
          icon: "mt-0.5 shrink-0 [&_svg]:size-4",
          success: "[&_[data-icon]]:text-state-running",
          error: "[&_[data-icon]]:text-destructive",
          warning: "[&_[data-icon]]:text-warning",
          actionButton:
            "shrink-0 rounded-md border border-input px-2 py-1 text-xs font-medium transition-colors hover:bg-accent",
          closeButton: "order-last shrink-0 text-muted-foreground hover:text-foreground",
        },
      }}
      {...props}
    />
  );
}

export { Toaster };
