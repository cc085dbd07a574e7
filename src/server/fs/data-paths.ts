import { join } from "node:path";

/** Every place inside the data folder. Nothing else in mcsd puts such a path together. */
export interface DataPaths {
  readonly root: string;
  readonly servers: string;
  readonly run: string;
  /** Trees on their way in, and those that they replaced: beside the servers, so that one rename moves them. */
  readonly restores: string;
  readonly snapshots: string;
  readonly snapshotObjects: string;
  readonly temp: string;
  readonly uploads: string;
  /** Uploads that can be taken up again, also after an end of mcsd. */
  readonly resumable: string;
  /** Archives that servers are to be made of. */
  readonly imports: string;
  readonly extractions: string;
  readonly jars: string;
  readonly java: string;
  /** What the Docker engine of our own keeps: images, containers, its log. */
  readonly engine: string;
  readonly trash: string;
  readonly lockFile: string;
  readonly secretKey: string;
  readonly installation: string;
  readonly postgres: string;
  readonly postgresPassword: string;
  readonly postgresLog: string;
  postgresBinaries(version: string): string;
  /** A server's own folder, the working directory of its process. */
  serverFolder(serverId: string): string;
  /** What the launch strategy keeps beside a server: console log, input pipe, exit code. */
  runFolder(serverId: string): string;
  restoreFolder(restoreId: string): string;
  snapshotFolder(snapshotId: string): string;
  /** Dumps of mcsd's own database. */
  readonly databaseDumps: string;
  upload(uploadId: string): string;
  extraction(extractionId: string): string;
  jarCache(sha: string): string;
  javaHome(major: number): string;
  trashFolder(entryId: string): string;
  readonly allFileTrash: string;
  /** What was deleted from a server's files. */
  fileTrash(serverId: string): string;
  fileTrashItem(serverId: string, trashId: string): string;
}

/** @param root absolute path of the data folder */
export function dataPaths(root: string): DataPaths {
  const at = (...segments: string[]) => join(root, ...segments);
  return {
    root,
    servers: at("servers"),
    run: at("run"),
    restores: at("servers", ".restores"),
    snapshots: at("snapshots"),
    databaseDumps: at("snapshots", "mcsd"),
    snapshotObjects: at("snapshots", "objects"),
    temp: at("temp"),
    uploads: at("temp", "uploads"),
    resumable: at("temp", "resumable"),
    imports: at("temp", "imports"),
    extractions: at("temp", "extractions"),
    jars: at("cache", "jars"),
    java: at("java"),
    engine: at("docker"),
    trash: at("trash"),
    lockFile: at("mcsd.lock"),
    secretKey: at("secret-key"),
    installation: at("installation"),
    postgres: at("postgres"),
    postgresPassword: at("postgres-password"),
    postgresLog: at("postgres.log"),
    postgresBinaries: (version) => at(`postgres-bin-${segment(version)}`),
    serverFolder: (serverId) => at("servers", segment(serverId)),
    runFolder: (serverId) => at("run", segment(serverId)),
    restoreFolder: (restoreId) => at("servers", ".restores", segment(restoreId)),
    snapshotFolder: (snapshotId) => at("snapshots", segment(snapshotId)),
    upload: (uploadId) => at("temp", "uploads", segment(uploadId)),
    extraction: (extractionId) => at("temp", "extractions", segment(extractionId)),
    jarCache: (sha) => at("cache", "jars", segment(sha)),
    javaHome: (major) => at("java", segment(String(major))),
    trashFolder: (entryId) => at("trash", segment(entryId)),
    allFileTrash: at("trash", "files"),
    fileTrash: (serverId) => at("trash", "files", segment(serverId)),
    fileTrashItem: (serverId, trashId) => at("trash", "files", segment(serverId), segment(trashId)),
  };
}

/** Ids and checksums are made by mcsd, so anything else here is a bug that must not reach the disk. */
function segment(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
    throw new Error(`Not a name for a folder of ours: ${JSON.stringify(name)}`);
  return name;
}
