"use client";

import { useState } from "react";
import { Input } from "@/components/ui/input";

interface TagsInputProps extends Omit<React.ComponentProps<typeof Input>, "value" | "onChange"> {
  value: readonly string[];
  onChange: (tags: string[]) => void;
}

/** Splits at commas (also the Japanese ones), trims, and drops what is empty or repeated. */
export function parseTags(text: string): string[] {
  const tags = text.split(/[,、，]/).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** Tags as one line of text, separated by commas. */
export function TagsInput({ value, onChange, ...props }: TagsInputProps) {
  const [text, setText] = useState(value.join(", "));
  const isSame = parseTags(text).join("\n") === value.join("\n");
  return (
    <Input
      {...props}
      autoComplete="off"
      value={isSame ? text : value.join(", ")}
      onChange={(event) => {
        setText(event.target.value);
        onChange(parseTags(event.target.value));
      }}
    />
  );
}
