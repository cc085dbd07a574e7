import type Docker from "dockerode";
import { EngineError, toEngineError } from "./engine-error";

/** Time limits in ms. Starting and removing wait for the kernel and the disk. */
export const limits = { ask: 10_000, act: 30_000, pullSilence: 120_000 };

export interface DockerCalls {
  docker: Docker;
  address: string;
  /** One call with its time limit in ms; what is thrown is an EngineError. */
  call<T>(ms: number, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T>;
  /** The same for what may be gone: null then. */
  find<T>(ms: number, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T | null>;
}

export function createDockerCalls(docker: Docker, address: string): DockerCalls {
  /** One call with its time limit; what is thrown is an EngineError. */
  async function call<T>(ms: number, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const timer = setTimeout(
      () =>
        abort.abort(
          new EngineError("UNREACHABLE", `The Docker engine at ${address} gave no answer in ${ms / 1000} s.`),
        ),
      ms,
    );
    try {
      return await Promise.race([action(abort.signal), rejectOnAbort(abort.signal)]);
    } catch (error) {
      throw toEngineError(abort.signal.aborted ? abort.signal.reason : error, address);
    } finally {
      clearTimeout(timer);
    }
  }
  /** The same for what may be gone: null then. */
  const find = <T>(ms: number, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T | null> =>
    call(ms, action).catch((error: EngineError) => {
      if (error.code === "GONE") return null;
      throw error;
    });
  return { docker, address, call, find };
}

/** dockerode takes a signal with every call's options; not all of its types say so. */
export function until<T extends object>(abortSignal: AbortSignal, options: T): T {
  return { ...options, abortSignal };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
