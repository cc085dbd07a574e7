import { AppError } from "@/server/errors";
import { errorCode } from "./error-code";

/** How calls on names in open folders say that something has come in the place of what was there. */
const exchanged = new Set(["ENOTDIR", "EISDIR", "ELOOP", "EEXIST", "ENOTEMPTY"]);

/** What the game took away or exchanged between a look at it and the step that followed, in words; everything else as it is. */
export function explainVanished(error: unknown): unknown {
  const code = errorCode(error) ?? "";
  if (!(code === "ENOENT" || exchanged.has(code)) || !isOfOpenFolder(error)) return error;
  return code === "ENOENT"
    ? new AppError("PATH_NOT_FOUND", "It was taken away in the meantime.", {}, { cause: error })
    : new AppError("PATH_BLOCKED", "Something else has taken its place in the meantime.", {}, { cause: error });
}

/** Our own files are reached by plain paths: what happens to them is a fault. */
function isOfOpenFolder(error: unknown): boolean {
  const { path, dest } = error as { path?: unknown; dest?: unknown };
  return [path, dest].some((place) => String(place).startsWith("/proc/self/fd/"));
}
