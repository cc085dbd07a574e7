"use client";

import { useMe } from "../use-me";

/** Tells password managers whose password the form beside it is about. */
export function HiddenUsername() {
  return <input type="text" name="username" autoComplete="username" value={useMe().username} readOnly hidden />;
}
