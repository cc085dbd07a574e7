import { isAppError } from "@/server/errors";
import { rconTypes } from "./rcon-frames";
import type { RconLink } from "./rcon-link";
import { refused } from "./rcon-open";
import { createRconReply } from "./rcon-reply";

/** How long the answer to our end mark may take once the reply itself looks whole. */
const endMarkMs = 2000;

/**
 * Sends one command and puts its reply together. Only after a first part of full length an empty command follows, whose
 * answer marks the end: vanilla closes the connection when two packets reach it at once, so it cannot go out earlier.
 */
export async function exchangeRcon(
  link: RconLink,
  request: { id: number; command: string; timeoutMs: number },
): Promise<string> {
  const reply = createRconReply();
  const endId = request.id + 1;
  let isEndAsked = false;
  try {
    link.send({ id: request.id, type: rconTypes.command, text: request.command });
    return await link.receive((frame) => {
      if (frame.id === -1) throw refused();
      if (isEndAsked && frame.id === endId) return reply.text();
      if (frame.id !== request.id) return undefined;
      reply.add(frame.payload);
      if (isEndAsked) {
        if (reply.isComplete) link.limit(Math.min(endMarkMs, request.timeoutMs));
        return undefined;
      }
      if (reply.isComplete) return reply.text();
      isEndAsked = true;
      link.send({ id: endId, type: rconTypes.command, text: "" });
      return undefined;
    }, request.timeoutMs);
  } catch (error) {
    if (reply.isComplete) return reply.text();
    // The answer to `stop` races with the server closing the connection: a close says that it stops.
    if (isStop(request.command) && isAppError(error) && error.code === "RCON_UNREACHABLE") return "";
    throw error;
  }
}

function isStop(command: string): boolean {
  return command === "stop" || command === "/stop";
}
