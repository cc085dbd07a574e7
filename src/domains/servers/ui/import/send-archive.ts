import { DetailedError, Upload } from "tus-js-client";
import type { ErrorBody } from "@/lib/error-codes";

const retryDelays = [0, 1000, 3000, 5000, 10_000, 20_000];

export interface Sending {
  /** Resolves with the upload's id when the last byte is there; rejects with what the server says, or nothing. */
  done: Promise<string>;
  cancel(): void;
}

/** Sends an archive that a server is to be made of; taken up again by itself when the network was away. */
export function sendArchive(file: File, onProgress: (sent: number) => void): Sending {
  let reject: (error: unknown) => void = () => {};
  let upload: Upload | null = null;
  const done = new Promise<string>((resolve, fail) => {
    reject = fail;
    upload = new Upload(file, {
      endpoint: "/api/imports",
      metadata: { filename: file.name },
      retryDelays,
      storeFingerprintForResuming: false,
      onProgress,
      onShouldRetry: (error) => {
        const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
        return status === 0 || status === 423 || status >= 500;
      },
      onSuccess: () => resolve(upload?.url?.split("/").at(-1) ?? ""),
      onError: (error) => fail(bodyOf(error)),
    });
    upload.start();
  });
  return {
    done,
    cancel: () => {
      void upload?.abort(true).catch(() => {});
      reject(null);
    },
  };
}

/** The server's own error, in the form in which every other call has it. */
function bodyOf(thrown: unknown): { data: { error: ErrorBody } } | unknown {
  if (!(thrown instanceof DetailedError)) return thrown;
  try {
    return { data: { error: JSON.parse(thrown.originalResponse?.getBody() ?? "").error as ErrorBody } };
  } catch {
    return thrown;
  }
}
