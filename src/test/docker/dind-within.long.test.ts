import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { untilState } from "../program-servers";
import { describeWithEngine } from "./engine";
import { buildMinecraftImageOn } from "./minecraft-image";
import { type ProgramWithin, startWithin } from "./program-within";

/** All that `--privileged` gives, but for what an engine without every capability itself cannot give: CAP_SYS_RESOURCE. */
const capabilities =
  `AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK
  IPC_OWNER KILL LEASE LINUX_IMMUTABLE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_ADMIN
  SYS_BOOT SYS_CHROOT SYS_NICE SYS_PACCT SYS_PTRACE SYS_TTY_CONFIG`.split(/\s+/);

await describeWithEngine("mcsd in a container, with an engine of its own inside", (docker) => {
  let folder: string;
  let program: ProgramWithin;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mcsd-test-dind-within-"));
    await chmod(folder, 0o711);
  });
  afterAll(async () => {
    await program?.end();
    await rm(folder, { recursive: true, force: true });
  });

  it("makes and runs a server, ends it cleanly with the container, and runs it again", async () => {
    program = await startWithin(docker, {
      volume: join(folder, "data"),
      env: { MINECRAFT_IMAGE: "mcsd-test/unset", DEFAULT_LAUNCH_STRATEGY: "dind" },
      host: {
        CapAdd: capabilities,
        SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
        MaskedPaths: [],
        ReadonlyPaths: [],
        Binds: ["/sys/fs/cgroup:/sys/fs/cgroup:rw", `${join(folder, "run")}:/run`],
      },
    });
    await program.healthy();
    const admin = await program.admin();
    await admin.versions.refresh.mutate({ type: "vanilla" });
    const made = await admin.servers.create.mutate({
      name: "Inside",
      type: "vanilla",
      version: "1.20.4",
      memoryMb: 128,
      acceptEula: true,
      autoStart: true,
      wait: true,
    });
    if (!("id" in made)) throw new Error("create did not wait");
    expect(made.launchKind).toBe("dind");
    // The engine that mcsd has started for it, seen from outside.
    const run = (await readdir(join(folder, "run"))).find((name) => name.startsWith("mcsd-")) ?? "";
    const inner = new Docker({ socketPath: join(folder, "run", run, "docker.sock") });
    const { name: image } = await buildMinecraftImageOn(inner);
    for (const tag of ["java17", "java21"])
      await inner.getImage(`${image}:${tag}`).tag({ repo: "mcsd-test/unset", tag });

    await admin.servers.start.mutate({ serverId: made.id, wait: true });
    await untilState(admin, made.id, "running", 60_000);
    expect(await inner.listContainers()).toHaveLength(1);
    const command = (client: typeof admin) =>
      client.console.command.mutate({ serverId: made.id, command: "reply 5" }).then(({ reply }) => reply);
    expect(await command(admin)).toBe("01234");

    await program.container.stop({ t: 120 });
    expect((await program.container.inspect()).State).toMatchObject({ ExitCode: 0 });
    await program.container.start();
    await program.healthy();
    const again = await vi.waitFor(() => program.admin(), 10_000);
    await untilState(again, made.id, "running", 90_000);
    expect(await command(again)).toBe("01234");
    const { items } = await again.servers.timeline.query({ serverId: made.id, limit: 50 });
    // Nobody killed it: it was asked, and its world is saved.
    expect(items.some(({ detail }) => detail.rung === "sigkill")).toBe(false);
    const { lines } = await again.console.logs.query({ serverId: made.id, lines: 100 });
    expect(lines.filter(({ text }) => text.includes("Stopping the server"))).toHaveLength(1);
  });
});
