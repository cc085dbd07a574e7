import { createReadStream } from "node:fs";
import { promisify } from "node:util";
import type Docker from "dockerode";

interface Progress {
  error?: string;
}

/** Hands an archive of images to the engine; rejects with the engine's own words. */
export async function loadImage(docker: Docker, archive: string): Promise<void> {
  const answer = await docker.loadImage(createReadStream(archive), { quiet: 1 });
  await finished(docker, answer);
}

/** Waits until the engine has told everything; its failures come in the text of a stream that began well. */
export async function finished(docker: Docker, answer: NodeJS.ReadableStream): Promise<readonly Progress[]> {
  const follow = promisify((done: (error: Error | null, output: Progress[]) => void) =>
    docker.modem.followProgress(answer, done),
  );
  const lines = await follow();
  const failed = lines.find(({ error }) => error !== undefined);
  if (failed) throw new Error(failed.error);
  return lines;
}
