import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../stand-in/free-port";
import type { Bench } from "../bench";
import type { Figure } from "../figure";
import { folderPrefix } from "../remove-run";
import { median } from "../statistics";

const mb = 1024 * 1024;
const bytes = 96 * mb;
const listedFiles = 10_000;

/** Bytes up and down against nginx with the same file, client and run (ours flushed to disk, nginx not), and a long folder against `ls -l`. */
export async function measureFiles(bench: Bench): Promise<Figure[]> {
  const { client, url, token } = await bench.live();
  const input = { name: "Bytes", type: "custom", version: "1", memoryMb: 128, acceptEula: false, wait: true } as const;
  const created = await client.servers.create.mutate(input);
  if (!("id" in created)) throw new Error("The server was not returned.");
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-files-`));
  const rounds = bench.options.rounds ?? 5;
  try {
    await chmod(folder, 0o777);
    const source = join(folder, "source.txt");
    await writeFile(source, randomBytes(bytes));
    const ours = { url: `${url}/api/servers/${created.id}/files?path=large.txt`, token };
    const figures = await measureList(bench, created.id, rounds);
    const nginx = await startNginx(folder);
    if (!nginx) {
      bench.log("nginx is not on this machine (apt-get install nginx-light): its figures are left out");
      return figures;
    }
    try {
      const theirs = { url: `${nginx.url}/large.txt`, token: "" };
      const speed = {
        up: { ours: [] as number[], theirs: [] as number[] },
        down: { ours: [] as number[], theirs: [] as number[] },
      };
      for (let round = 0; round < rounds; round++) {
        speed.up.theirs.push(await send(theirs, source));
        speed.up.ours.push(await send(ours, source));
        speed.down.theirs.push(await fetchAll(theirs));
        speed.down.ours.push(await fetchAll(ours));
      }
      const goal = { kind: "at least", value: 0.5 } as const;
      for (const [way, { ours: mine, theirs: reference }] of Object.entries(speed))
        figures.push({
          ...{ name: `96 MB ${way}, against nginx`, unit: "MB/s", measure: "ratio", goal },
          ...{ ours: median(mine), reference: median(reference) },
        });
      return figures;
    } finally {
      await nginx.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureList({ dataDir, live }: Bench, serverId: string, rounds: number): Promise<Figure[]> {
  const { client } = await live();
  const folder = join(dataDir, "servers", serverId, "many");
  await mkdir(folder);
  for (let index = 0; index < listedFiles; index++) await writeFile(join(folder, `file-${index}.txt`), "x");
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ours.push(await timed(() => client.files.list.query({ serverId, path: "many" })));
    theirs.push(await timed(async () => spawnSync("ls", ["-l", folder], { maxBuffer: 16 * mb })));
  }
  const name = `list of ${listedFiles} files, against ls -l`;
  return [{ name, unit: "ms", ours: median(ours), reference: median(theirs), measure: "ratio", goal: null }];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

interface Place {
  url: string;
  token: string;
}

/** MB a second. */
function send({ url, token }: Place, source: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const headers = { "content-length": bytes, ...(token && { authorization: `Bearer ${token}` }) };
    const sending = request(url, { method: "PUT", headers }, (response) => {
      response.resume().once("end", () => {
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`PUT ${url}: ${response.statusCode}`));
        else resolve(bytes / mb / ((performance.now() - startedAt) / 1000));
      });
    });
    sending.once("error", reject);
    createReadStream(source, { highWaterMark: mb }).pipe(sending);
  });
}

function fetchAll({ url, token }: Place): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    request(url, { headers: token ? { authorization: `Bearer ${token}` } : {} }, (response) => {
      let got = 0;
      response.on("data", (piece: Buffer) => {
        got += piece.length;
      });
      response.once("end", () => {
        if (got === bytes) resolve(bytes / mb / ((performance.now() - startedAt) / 1000));
        else reject(new Error(`GET ${url}: ${got} bytes`));
      });
    })
      .once("error", reject)
      .end();
  });
}

/** Null where there is none. */
async function startNginx(folder: string): Promise<{ url: string; stop(): Promise<void> } | null> {
  const program = ["/usr/sbin/nginx", "/usr/bin/nginx"].find((path) => existsSync(path));
  if (!program) return null;
  const port = await freePort();
  const www = join(folder, "www");
  await mkdir(www);
  await chmod(www, 0o777);
  const config = `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events {}
http {
  access_log off; sendfile on; client_max_body_size 1g; client_body_temp_path ${folder}/body;
  server { listen 127.0.0.1:${port}; location / { root ${www}; dav_methods PUT; create_full_put_path on; } }
}`;
  await writeFile(join(folder, "nginx.conf"), config);
  const child = spawn(program, ["-c", join(folder, "nginx.conf"), "-p", folder], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      )
    )
      break;
    await delay(50);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
