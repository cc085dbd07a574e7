import type { BuildOptions } from "esbuild";

export const bundleOptions: BuildOptions;
export const companionFiles: readonly { from: string; name: string }[];
