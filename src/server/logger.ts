import { type DestinationStream, type LoggerOptions, type Logger as PinoLogger, pino, stdSerializers } from "pino";
import { withoutValues } from "./without-values";

export type Logger = PinoLogger;

/** Structured logs on stdout. Redaction is by path, so callers log allow-listed fields only, never whole inputs. */
export function createLogger(options: { level: string; pretty: boolean; to?: DestinationStream }): Logger {
  const settings: LoggerOptions = {
    level: options.level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: unknown) => (error instanceof Error ? withoutValues(stdSerializers.err(error), error) : error),
    },
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        "password",
        "*.password",
        "token",
        "*.token",
        "secret",
        "*.secret",
        "authorization",
        "*.authorization",
        "cookie",
        "*.cookie",
      ],
      censor: "[redacted]",
    },
  };
  return options.to ? pino(settings, options.to) : pino(settings);
}
