"use client";

import { useSyncExternalStore } from "react";
import { findPasskeyHindrance, type PasskeyHindrance } from "./passkey-support";

const subscribe = () => () => {};

/** Why passkeys cannot be used in this browser, or null. `unknown` in what the server renders. */
export function usePasskeyHindrance(): PasskeyHindrance | "unknown" | null {
  return useSyncExternalStore(subscribe, findPasskeyHindrance, () => "unknown" as const);
}
