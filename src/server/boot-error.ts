const brand = Symbol.for("mcsd.BootError");

/**
 * A reason not to start. `message` is one line for the person at the terminal: what is wrong, where, and the fix.
 * `main.ts` prints it and exits with code 1. Recognised by its brand, like AppError.
 */
export class BootError extends Error {
  readonly [brand] = true;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message.replaceAll(/\s*\n\s*/g, " "), options);
    this.name = "BootError";
  }
}

export function isBootError(value: unknown): value is BootError {
  return typeof value === "object" && value !== null && brand in value;
}
