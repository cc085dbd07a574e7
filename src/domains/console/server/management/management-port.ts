import type { ManagementMethod } from "./management-methods";

/** Something that the game told by itself, such as `players/joined`, or that the connection has come (`connected`) or gone (`lost`). */
export interface ManagementEvent {
  name: string;
}

/** The game's own management service (1.21.9 and later) of one running server. */
export interface ManagementPort {
  /** It has been reached, has taken the secret, and answers. False says nothing about why. */
  readonly isConnected: boolean;
  /**
   * Calls a method and resolves with its checked result, within `timeoutMs` (default 5000). Rejects with MANAGEMENT_UNREACHABLE (`reason`),
   * with COMMAND_REFUSED when the game answers with an error, or with SERVER_BUSY (too many waiting). Nothing is ever sent twice.
   */
  call<Result>(
    method: ManagementMethod<Result>,
    params?: readonly unknown[],
    options?: { timeoutMs?: number },
  ): Promise<Result>;
  /** Hands over every event until the returned function is called. */
  listen(listener: (event: ManagementEvent) => void): () => void;
  /** Ends the connection for good; what waits rejects with MANAGEMENT_UNREACHABLE. */
  close(): void;
}
