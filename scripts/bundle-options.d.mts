import type { BuildOptions } from "esbuild";

export const bundleOptions: BuildOptions;
export const companionFiles: readonly { from: string; name: string }[];
export const commandFiles: readonly { from: string; name: string }[];
