/** What the verbs of files share. Only container.ts builds it. */
export interface FileServices {
  /** One change of a server's files at a time: whoever exchanges whole folders takes a turn too. */
  inTurn<Result>(serverId: string, work: () => Promise<Result>): Promise<Result>;
  /** The bundled `nbt/nbt-reader.ts`. */
  readonly nbtReader: URL;
}
