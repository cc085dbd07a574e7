import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { type AdoptiumUpstream, createAdoptiumUpstream } from "./upstreams/adoptium-upstream";
import { createFabricUpstream, type FabricUpstream } from "./upstreams/fabric-upstream";
import { createForgeUpstream, type ForgeUpstream } from "./upstreams/forge-upstream";
import { createMojangUpstream, type MojangVersion } from "./upstreams/mojang-upstream";
import { createNeoForgeUpstream, type NeoForgeUpstream } from "./upstreams/neoforge-upstream";
import { createPaperUpstream, type PaperBuild } from "./upstreams/paper-upstream";
import { createPurpurUpstream, type PurpurUpstream } from "./upstreams/purpur-upstream";
import { type FailureMode, sendFailing } from "./upstreams/send-failing";
import type { ServedReply, UpstreamPart } from "./upstreams/served-reply";

/** Each with the setting that holds its address. */
const settings = {
  mojang: "MOJANG_META_URL",
  paper: "PAPER_API_URL",
  forge: "FORGE_META_URL",
  fabric: "FABRIC_META_URL",
  neoforge: "NEOFORGE_META_URL",
  purpur: "PURPUR_API_URL",
  adoptium: "ADOPTIUM_API_URL",
} as const;
export type UpstreamName = keyof typeof settings;
type Settings = { readonly [Name in UpstreamName as (typeof settings)[Name]]: string };
const names = Object.keys(settings) as UpstreamName[];

export interface SeenRequest {
  source: UpstreamName;
  /** Path under the source's own base. */
  path: string;
  userAgent: string;
  /** 0 while nothing has been answered. */
  readonly status: number;
}

export interface Upstreams {
  /** The host that all are on. */
  readonly url: string;
  /** The settings that lead a program to all of them. */
  readonly env: Settings;
  /** For MOJANG_META_URL. */
  readonly mojangUrl: string;
  /** For PAPER_API_URL. */
  readonly paperUrl: string;
  /** Every request, oldest first. Set its length to 0 to begin anew. */
  readonly requests: SeenRequest[];
  /** From now on a source answers wrongly (null: rightly again), everywhere or in one part only. */
  fail(source: UpstreamName, mode: FailureMode | null, part?: UpstreamPart): void;
  addVersion(version: MojangVersion): void;
  removeVersion(id: string): void;
  /** Makes a version's file name another address for its jar. */
  setServerUrl(id: string, url: string): void;
  /** Every address in Mojang's answers is Mojang's own from now on, as on a mirror that copies word for word. */
  pretendOfficialUrls(): void;
  addPaperBuild(build: PaperBuild): void;
  removePaperBuild(version: string, build: number): void;
  readonly forge: Omit<ForgeUpstream, "answer">;
  readonly neoforge: Omit<NeoForgeUpstream, "answer">;
  readonly fabric: Omit<FabricUpstream, "answer">;
  readonly purpur: Omit<PurpurUpstream, "answer">;
  readonly adoptium: Omit<AdoptiumUpstream, "answer">;
  close(): Promise<void>;
}

export interface UpstreamOptions {
  /** What is served as every server.jar; left out: the stand-in server, built if need be. Must be a zip file. */
  jar?: Buffer;
  port?: number;
  /** Address to listen on, for programs in containers; left out: this machine alone. */
  host?: string;
}

/** Starts a local server that answers like Mojang, PaperMC and the others, with jars that really run; installers come from the test. */
export async function startUpstreams(options: UpstreamOptions = {}): Promise<Upstreams> {
  const jar = options.jar ?? (await readStandIn());
  const host = options.host ?? "127.0.0.1";
  const failures = new Map<string, FailureMode>();
  const requests: SeenRequest[] = [];
  const server = createServer((request, reply) => answer(request, reply)).listen(options.port ?? 0, host);
  await once(server, "listening");
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const [mojangUrl, paperUrl] = [`${url}/mojang`, `${url}/paper`];
  const mojang = createMojangUpstream(mojangUrl, jar);
  const paper = createPaperUpstream(paperUrl, jar);
  const [forge, neoforge] = [createForgeUpstream(jar), createNeoForgeUpstream(jar)];
  const [fabric, purpur] = [createFabricUpstream(jar), createPurpurUpstream(jar)];
  const adoptium = createAdoptiumUpstream(`${url}/adoptium`);
  const upstreams = { mojang, paper, forge, neoforge, fabric, purpur };

  const answer = (request: IncomingMessage, reply: ServerResponse) => {
    const [, name, path = "/"] = /^\/([a-z]+)(\/[^?]*)/.exec(request.url ?? "") ?? [];
    const source = names.find((known) => known === name);
    if (!source) return void reply.writeHead(404).end();
    const userAgent = request.headers["user-agent"] ?? "";
    const { searchParams } = new URL(request.url ?? "", url);
    const answered =
      source === "adoptium" ? adoptium.answer(path, searchParams) : upstreams[source].answer(path, userAgent);
    const good = answered ?? missing;
    const mode = failures.get(`${source} ${good.part}`);
    requests.push({
      source,
      path,
      userAgent,
      get status() {
        return reply.headersSent ? reply.statusCode : 0;
      },
    });
    if (mode) sendFailing(reply, good, mode);
    else sendGood(request, reply, good);
  };

  return {
    url,
    env: Object.fromEntries(names.map((name) => [settings[name], `${url}/${name}`])) as unknown as Settings,
    mojangUrl,
    paperUrl,
    forge,
    neoforge,
    fabric,
    purpur,
    adoptium,
    requests,
    fail(source, mode, part) {
      for (const name of part ? [part] : (["list", "detail", "jar"] as const)) {
        if (mode) failures.set(`${source} ${name}`, mode);
        else failures.delete(`${source} ${name}`);
      }
    },
    addVersion: mojang.add,
    removeVersion: mojang.remove,
    setServerUrl: mojang.setServerUrl,
    pretendOfficialUrls: mojang.pretendOfficialUrls,
    addPaperBuild: paper.addBuild,
    removePaperBuild: paper.removeBuild,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const missing: ServedReply = { status: 404, contentType: "text/plain", body: Buffer.from("Not found"), part: "detail" };

/** As the real ones do: JSON with an etag, packed for whoever can unpack it. */
function sendGood(
  request: IncomingMessage,
  reply: ServerResponse,
  { status, contentType, body, part }: ServedReply,
): void {
  const etag = `"${createHash("sha1").update(body).digest("hex")}"`;
  if (status === 200 && request.headers["if-none-match"] === etag) return void reply.writeHead(304, { etag }).end();
  const isPacked = part !== "jar" && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  const sent = isPacked ? gzipSync(body) : body;
  const packing = isPacked ? { "content-encoding": "gzip" } : {};
  reply.writeHead(status, { "content-type": contentType, "content-length": sent.length, etag, ...packing }).end(sent);
}

async function readStandIn(): Promise<Buffer> {
  const { buildStandIn } = await import("./stand-in/build-stand-in");
  return readFile(await buildStandIn());
}
