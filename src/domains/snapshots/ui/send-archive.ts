import type { ErrorBody } from "@/lib/error-codes";

export interface ArchiveUpload {
  serverId: string;
  file: File;
  /** What it becomes. */
  as: "snapshots/import" | "world";
  query: Record<string, string>;
  signal: AbortSignal;
  /** Bytes on their way so far. */
  onSent: (bytes: number) => void;
}

/** Sends an archive, with its progress, and resolves with the answer; null when it was stopped. Rejects with `{ data: { error } }` as a procedure would. */
export function sendArchive<Answer>(upload: ArchiveUpload): Promise<Answer | null> {
  const { serverId, file, as, query, signal, onSent } = upload;
  return new Promise((resolve, reject) => {
    // fetch does not tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/servers/${serverId}/${as}?${new URLSearchParams(query)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText) as Answer);
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
