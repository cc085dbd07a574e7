import type { ErrorBody } from "@/lib/error-codes";

export interface ArchiveUpload {
  serverId: string;
  file: File;
  query: Record<string, string>;
  signal: AbortSignal;
  /** Bytes on their way so far. */
  onSent: (bytes: number) => void;
}

/** Sends an archive, with its progress, and resolves with the snapshot that it is then; null when it was stopped. Rejects with `{ data: { error } }` as a procedure would. */
export function sendArchive({ serverId, file, query, signal, onSent }: ArchiveUpload): Promise<{ id: string } | null> {
  return new Promise((resolve, reject) => {
    // fetch does not tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/servers/${serverId}/snapshots/import?${new URLSearchParams(query)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve(JSON.parse(request.responseText) as { id: string });
      reject({ data: { error: readError(request.responseText) } });
    };
    request.onerror = () => reject(new Error("The connection was lost."));
    request.onabort = () => resolve(null);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function readError(text: string): ErrorBody | null {
  try {
    return (JSON.parse(text) as { error?: ErrorBody }).error ?? null;
  } catch {
    return null;
  }
}
