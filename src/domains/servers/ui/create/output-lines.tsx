/** What a program has said last, as it is. */
export function OutputLines({ lines, label }: { lines: readonly string[]; label: string }) {
  if (lines.length === 0) return null;
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={label}
      className="max-h-48 overflow-auto rounded-md bg-muted p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere] text-muted-foreground"
    >
      {lines.join("\n")}
    </pre>
  );
}
