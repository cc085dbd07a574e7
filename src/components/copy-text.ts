/**
 * Puts text on the clipboard. The Clipboard API exists on https and localhost only, and a dashboard in a home network is
 * plain http: there the old command does it. Resolves false when neither did.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused, or the page has no focus: the old command may still do it.
    }
  }
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.className = "sr-only";
  const before = document.activeElement;
  (before?.closest("[role=dialog]") ?? document.body).append(holder);
  holder.select();
  const isCopied = document.execCommand("copy");
  holder.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
