const key = "mcsd.renewal";
const settleMs = 60;
let own: string | undefined;

/**
 * The id of the next renewal, the same in every tab of this browser: renewals with one id count as one. A new one is written and
 * read again after a moment, in case two tabs wrote at once.
 */
export async function currentAttempt(): Promise<string> {
  const known = read();
  if (known) return known;
  write(newId());
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return read() ?? newId();
}

/** The renewal with this id has been answered: the next one gets another. */
export function finishAttempt(attempt: string): void {
  if (read() === attempt) write(newId());
}

/** Not `randomUUID`, which plain http has not. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(): string | undefined {
  try {
    return window.localStorage.getItem(key) ?? undefined;
  } catch {
    return own;
  }
}

function write(id: string): void {
  own = id;
  try {
    window.localStorage.setItem(key, id);
  } catch {
    // Storage is switched off: then each tab has its own.
  }
}
