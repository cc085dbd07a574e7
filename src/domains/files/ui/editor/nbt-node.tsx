"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { NbtTag } from "../../nbt-contract";

interface NbtNodeProps {
  name: string;
  tag: NbtTag;
  /** Lower case; only what holds it, or leads to it, is shown. */
  search: string;
  isOpen?: boolean;
}

/** A tag with those that are in it; they are drawn once it is opened. */
export function NbtNode({ name, tag, search, isOpen: isOpenAtFirst = false }: NbtNodeProps) {
  const t = useTranslations("files.editor.nbt");
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  if (search !== "" && !holds(name, tag, search)) return null;
  const { children } = tag;
  if (!children)
    return (
      <p className="py-0.5 pl-4 break-all">
        <span className="text-primary">{name}</span>
        <span className="text-muted-foreground"> {tag.kind}: </span>
        {tag.value}
      </p>
    );
  const isShown = isOpen || search !== "";
  return (
    <details open={isShown} onToggle={({ currentTarget }) => setOpen(currentTarget.open)} className="pl-4">
      <summary className="-ml-4 cursor-pointer py-0.5 max-md:min-h-11 max-md:content-center">
        <span className="text-primary">{name}</span>
        <span className="text-muted-foreground">
          {" "}
          {t("count", { kind: tag.kind, count: tag.count ?? children.length })}
        </span>
      </summary>
      {isShown &&
        children.map((child) => <NbtNode key={child.name} name={child.name} tag={child.tag} search={search} />)}
    </details>
  );
}

function holds(name: string, tag: NbtTag, search: string): boolean {
  if (name.toLowerCase().includes(search) || tag.value?.toLowerCase().includes(search)) return true;
  return tag.children?.some((child) => holds(child.name, child.tag, search)) ?? false;
}
