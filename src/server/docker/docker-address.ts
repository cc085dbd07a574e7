import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface DockerSettings {
  /** `unix://`, `npipe://`, `tcp://`, `https://` or `ssh://`; null for the usual place of the platform. */
  host: string | null;
  /** Folder with ca.pem, cert.pem and key.pem, as the docker program reads it. */
  certPath: string | null;
  tlsVerify: boolean;
  /** Socket of the ssh agent. */
  sshAgent: string | null;
}

export type DockerConnection =
  | { socketPath: string }
  | { protocol: "http"; host: string; port: number }
  | { protocol: "https"; host: string; port: number; ca?: Buffer; cert?: Buffer; key?: Buffer }
  | { protocol: "ssh"; host: string; port: number; username?: string; sshOptions: { agent?: string } };

const usual = { linux: "unix:///var/run/docker.sock", win32: "npipe:////./pipe/docker_engine" } as const;

/** The address that is used, with nothing secret in it. */
export function dockerAddress(
  { host }: Pick<DockerSettings, "host">,
  platform: NodeJS.Platform = process.platform,
): string {
  const address = host ?? (platform === "win32" ? usual.win32 : usual.linux);
  return address.replace(/\/\/[^@/]*@/, "//");
}

/** Reads DOCKER_HOST as the docker program does. Throws an Error with a sentence for an address that is none. */
export function parseDockerHost(
  settings: DockerSettings,
  platform: NodeJS.Platform = process.platform,
): DockerConnection {
  const address = settings.host ?? (platform === "win32" ? usual.win32 : usual.linux);
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(address)?.[1];
  if (socket !== undefined) return { socketPath: socket };
  if (!URL.canParse(address)) throw new Error(`"${address}" is no address of a Docker engine.`);
  const { protocol, hostname, port, username } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (protocol === "ssh:") {
    const agent = settings.sshAgent ?? undefined;
    return {
      protocol: "ssh",
      host,
      port: Number(port || 22),
      ...(username ? { username: decodeURIComponent(username) } : {}),
      sshOptions: agent ? { agent } : {},
    };
  }
  if (protocol !== "tcp:" && protocol !== "http:" && protocol !== "https:") {
    throw new Error(`"${protocol}//" is no way to a Docker engine: use unix://, npipe://, tcp:// or ssh://.`);
  }
  const isTls = protocol === "https:" || settings.tlsVerify || port === "2376";
  if (!isTls) return { protocol: "http", host, port: Number(port || 2375) };
  return { protocol: "https", host, port: Number(port || 2376), ...readCertificates(settings.certPath) };
}

function readCertificates(folder: string | null): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  if (folder === null) return {};
  const read = (name: string) => readFileSync(join(folder, name));
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}
