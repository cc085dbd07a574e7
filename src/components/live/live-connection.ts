"use client";

import { createContext, useContext } from "react";

/** State of the tab's one event stream. `connecting` until it first stood, `lost` while it is gone. */
export type LiveConnection = "connecting" | "online" | "lost";

export const LiveConnectionContext = createContext<LiveConnection>("connecting");

/** Whether what is shown is kept fresh by the event stream right now. */
export function useLiveConnection(): LiveConnection {
  return useContext(LiveConnectionContext);
}
