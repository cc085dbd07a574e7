import {
  BracesIcon,
  FileArchiveIcon,
  FileCogIcon,
  FileIcon,
  FileImageIcon,
  FileQuestionMarkIcon,
  FileTextIcon,
  FolderIcon,
  type LucideIcon,
  MapIcon,
  PackageIcon,
  ScrollTextIcon,
} from "lucide-react";
import { cn } from "@/lib/cn";
import type { FileEntry } from "../../contract";

const byEnding: readonly [RegExp, LucideIcon][] = [
  [/\.(?:zip|tar|gz|tgz|zst|7z)$/i, FileArchiveIcon],
  [/\.jar$/i, PackageIcon],
  [/\.(?:json5?|mcmeta)$/i, BracesIcon],
  [/\.(?:properties|ya?ml|toml|conf|cfg|ini)$/i, FileCogIcon],
  [/\.log$/i, ScrollTextIcon],
  [/\.(?:txt|md)$/i, FileTextIcon],
  [/\.(?:png|jpe?g|gif|webp)$/i, FileImageIcon],
  [/\.(?:mca|mcr|dat|dat_old|nbt|schem(?:atic)?)$/i, MapIcon],
];

function iconOf({ kind, name }: Pick<FileEntry, "kind" | "name">): LucideIcon {
  if (kind === "folder") return FolderIcon;
  if (kind === "special") return FileQuestionMarkIcon;
  return byEnding.find(([ending]) => ending.test(name))?.[1] ?? FileIcon;
}

/** What an entry is, at a glance. The word for it stands elsewhere. */
export function FileTypeIcon({ entry, className }: { entry: Pick<FileEntry, "kind" | "name">; className?: string }) {
  const Icon = iconOf(entry);
  return (
    <Icon
      aria-hidden="true"
      className={cn(
        "size-4 shrink-0 text-muted-foreground",
        entry.kind === "folder" && "fill-primary/15 text-primary",
        className,
      )}
    />
  );
}
