/** Remote console of one running server. */
export interface RconPort {
  /**
   * Carries out one command and resolves with the whole reply, § codes and all. Commands are sent in the order of the
   * calls, one at a time; `timeoutMs` (default 5000) counts from the moment of sending. Rejects with COMMAND_INVALID,
   * SERVER_BUSY (too many waiting), RCON_UNREACHABLE, RCON_AUTH_FAILED or RCON_TIMEOUT. Nothing is ever sent twice.
   */
  command(command: string, options?: { timeoutMs?: number }): Promise<string>;
  /** Ends the connection; what waits rejects with RCON_UNREACHABLE. */
  close(): void;
}
