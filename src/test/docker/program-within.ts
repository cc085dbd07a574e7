import { randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type Docker from "dockerode";
import { bundleProgramOnce, projectRoot } from "../program-bundle";
import { runnableJava } from "../program-java";
import { startUpstreams, type Upstreams } from "../upstream-server";
import { loadImage } from "./load-image";
import { type McsdContainer, runMcsd } from "./mcsd-container";
import { writeImage, writeLayer } from "./write-image";

const image = "mcsd-test/within:4";
/** What programs of this machine need of it. */
const shared = ["/usr", "/etc/ssl", "/etc/alternatives", projectRoot].map((path) => `${path}:${path}:ro`);

export interface ProgramWithin extends McsdContainer {
  readonly upstreams: Upstreams;
  end(): Promise<void>;
}

/**
 * The whole program in a container, without building its image: the container borrows this machine's programs and this project's
 * bundle. `docker-init` is process 1, as tini is in mcsd's image.
 */
export async function startWithin(
  docker: Docker,
  options: { volume: string; env?: Record<string, string>; user?: string; host?: Docker.HostConfig },
): Promise<ProgramWithin> {
  const [main, java] = await Promise.all([bundleProgramOnce(), runnableJava()]);
  await makeImage(docker);
  const firstPort = 26_000 + 60 * Math.floor(Math.random() * 100);
  const network = await docker.createNetwork({ Name: newName("within") });
  const upstreams = await startUpstreams({ host: await gatewayOf(network) });
  upstreams.addVersion({ id: "1.20.4", javaMajor: java.major });
  const { Binds = [], ...host } = options.host ?? {};
  const started = await runMcsd(docker, {
    image,
    volume: options.volume,
    user: options.user ?? "0:0",
    command: ["node", main],
    workingDir: projectRoot,
    env: {
      NODE_ENV: "production",
      DATA_DIR: "/data",
      PORT: "3000",
      PORT_RANGE: `${firstPort}-${firstPort + 59}`,
      ...upstreams.env,
      RATE_LIMIT_PER_MINUTE: "1000000",
      RATE_LIMIT_USER_PER_MINUTE: "1000000",
      ...options.env,
    },
    host: { Init: true, NetworkMode: network.id, ...host, Binds: [`${options.volume}:/data`, ...shared, ...Binds] },
  });
  return {
    ...started,
    upstreams,
    async end() {
      await started.container.remove({ force: true, v: true }).catch(() => undefined);
      await upstreams.close();
      await network.remove();
    },
  };
}

/** A name for a volume or a network that no other run has. */
export function newName(of: string): string {
  return `mcsd-test-${of}-${randomBytes(5).toString("hex")}`;
}

async function gatewayOf(network: Docker.Network): Promise<string> {
  const { IPAM } = await network.inspect();
  const gateway = (IPAM?.Config?.[0] as { Gateway?: string } | undefined)?.Gateway;
  if (!gateway) throw new Error("The network has no gateway");
  return gateway;
}

/** Links and empty folders alone: the rest is mounted. */
async function makeImage(docker: Docker): Promise<void> {
  const isThere = await docker
    .getImage(image)
    .inspect()
    .catch(() => null);
  if (isThere) return;
  await mkdir(join(projectRoot, ".build"), { recursive: true });
  const stage = await mkdtemp(join(projectRoot, ".build", "within-"));
  const root = join(stage, "root");
  for (const folder of ["etc", "usr", "tmp", "run", "data", "proc", "sys", "dev", "var", "sbin"])
    await mkdir(join(root, folder), { recursive: true });
  // Its init is put into /sbin, which a link would hide below /usr.
  for (const name of ["bin", "lib", "lib64"]) await symlink(`usr/${name}`, join(root, name));
  await symlink("/run", join(root, "var/run"));
  await writeFile(
    join(root, "etc/passwd"),
    "root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n",
  );
  await writeFile(join(root, "etc/group"), "root:x:0:\nnode:x:1000:\n");
  await mkdir(join(root, dirname(projectRoot)), { recursive: true });
  await chown(join(root, "data"), 1000, 1000);
  await writeLayer(root, join(stage, "layer.tar"), { keepsOwners: true });
  const config = {
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    Cmd: ["sh"],
    // A new volume takes the owner of the folder that it covers.
    Volumes: { "/data": {} },
    ExposedPorts: { "3000/tcp": {} },
  };
  const target = join(stage, "image.tar");
  await writeImage({ layers: [join(stage, "layer.tar")], names: [image], config, kind: "within", target });
  await loadImage(docker, target);
  await rm(stage, { recursive: true });
}
