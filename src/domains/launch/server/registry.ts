import type { LaunchKind } from "../contract";
import type { LaunchStrategy } from "./launch-strategy";

/** One strategy per kind. A new kind does not compile until container.ts has its line. */
export type LaunchRegistry = Readonly<Record<LaunchKind, LaunchStrategy>>;
