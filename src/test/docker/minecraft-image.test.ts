import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithEngine } from "./engine";
import { buildMinecraftImage } from "./minecraft-image";
import { removeContainers, startContainer } from "./test-container";

const agreed = { EULA: "TRUE", MEMORY: "64M" };

await describeWithEngine("the local image keeps what itzg/minecraft-server documents", (docker) => {
  let image: string;

  beforeAll(async () => {
    const { name } = await buildMinecraftImage();
    image = `${name}:java21`;
  });
  afterAll(removeContainers);

  const run = (env: Record<string, string>, more: { user?: string; binds?: string[]; hasInput?: boolean } = {}) =>
    startContainer(docker, { image, env, ...more });

  it("declares its folder, port, stop signal and health check, under both tags", async () => {
    const [found, other] = await Promise.all(
      ["java21", "java17"].map((tag) => docker.getImage(image.replace("java21", tag)).inspect()),
    );
    expect(other?.Id).toBe(found?.Id);
    expect(found?.Config).toMatchObject({
      WorkingDir: "/data",
      Volumes: { "/data": {} },
      ExposedPorts: { "25565/tcp": {} },
      StopSignal: "SIGTERM",
      Healthcheck: { Test: ["CMD", "mc-health"], StartPeriod: 120e9, Interval: 30e9, Retries: 2 },
    });
  });

  it.concurrent.each([
    ["EULA", {}, 1, ["Please accept the Minecraft EULA at", "minecraft_eula", "by adding the following immediately"]],
    ["TYPE", { ...agreed, TYPE: "CABBAGE" }, 1, ["Invalid TYPE: 'CABBAGE'"]],
    [
      "CUSTOM_SERVER",
      { ...agreed, TYPE: "CUSTOM", CUSTOM_SERVER: "/data/no.jar" },
      2,
      ["CUSTOM_SERVER is not properly"],
    ],
  ])("ends when %s is not good", async (_name, env, code, words) => {
    const ended = await run(env);
    expect(await ended.exited()).toBe(code);
    const lines = ended.output().split("\n");
    for (const word of words) expect(lines.some((line) => line.startsWith("[init]") && line.includes(word))).toBe(true);
  });

  it.concurrent("runs as UID and GID, answers health and RCON, and a stop is clean", async () => {
    const server = await run({ ...agreed, UID: "4321", GID: "4322", MOTD: "Hello", MODE: "1", LEVEL: "earth" });
    await server.printed("RCON running");
    const health = await server.exec("mc-health");
    expect(health).toMatchObject({ code: 0, output: expect.stringContaining('"description":"Hello"') });
    expect((await server.exec("rcon-cli", "seed")).output).toContain("Seed: [");
    expect((await server.exec("rcon-cli", "--password", "wrong", "seed")).code).toBe(1);
    const owner = await server.exec("stat", "-c", "%u %g", "/data", "/data/earth", "/proc/1");
    expect(owner.output.split("\n")).toEqual(Array(3).fill("4321 4322"));
    const properties = (await server.exec("cat", "/data/server.properties")).output.split("\n");
    expect(properties).toEqual(expect.arrayContaining(["motd=Hello", "gamemode=creative", "level-name=earth"]));
    await server.container.stop({ t: 30 });
    expect(await server.exited()).toBe(0);
    expect(server.output()).toContain("All dimensions are saved");
  });

  it.concurrent("runs the jar in /data under a user of our choice, with the options of the variables", async () => {
    const server = await run(
      {
        ...agreed,
        TYPE: "custom",
        CUSTOM_SERVER: "/data/server.jar",
        SETUP_ONLY: "true",
        INIT_MEMORY: "32M",
        MAX_MEMORY: "50%",
        JVM_XX_OPTS: "-XX:+UseSerialGC -XX:+AlwaysPreTouch",
        JVM_OPTS: "-Dfirst=1",
        JVM_DD_OPTS: "a:b c=d",
        EXTRA_ARGS: "--nogui --port 7",
      },
      { binds: [`${await folder({ "server.jar": "" })}:/data`], user: "1234:1234" },
    );
    expect(await server.exited()).toBe(0);
    expect(server.output()).toContain(
      "SETUP_ONLY: java -XX:+UseSerialGC -XX:+AlwaysPreTouch -XX:MaxRAMPercentage=50 -Xms32M -Dfirst=1 -Da=b -Dc=d -jar /data/server.jar nogui --nogui --port 7",
    );
  });

  it.concurrent("runs what CUSTOM_JAR_EXEC says in the place of the jar", async () => {
    const files = { "args.txt": "-Dlist.of=arguments\n", "user.txt": "-Dof.the=user\n" };
    const env = { TYPE: "CUSTOM", CUSTOM_SERVER: "/data/args.txt", JVM_OPTS: "@user.txt -Dfirst=1" };
    const server = await run(
      { ...agreed, ...env, CUSTOM_JAR_EXEC: "@args.txt -jar /image/server.jar nogui" },
      { binds: [`${await folder(files)}:/data`] },
    );
    await server.printed("Done (");
    const line = await server.exec("sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
    expect(line.output).toContain("@user.txt -Dfirst=1 @args.txt -jar /image/server.jar nogui");
    await server.container.stop({ t: 30 });
    expect(await server.exited()).toBe(0);
  });

  it.concurrent("leaves server.properties alone when told so, and takes the password of a file", async () => {
    const own = "server-port=25570\nenable-rcon=true\nrcon.port=25580\nrcon.password=secret\n";
    const data = await folder({ "server.properties": own, password: "secret" });
    const env = { RCON_PASSWORD_FILE: "/data/password", RCON_PORT: "25580", SERVER_PORT: "25570" };
    const server = await run(
      { ...agreed, ...env, SKIP_SERVER_PROPERTIES: "true", MOTD: "no" },
      { binds: [`${data}:/data`] },
    );
    await server.printed("RCON running on 0.0.0.0:25580");
    expect(await readFile(join(data, ".rcon-cli.env"), "utf8")).toBe("password=secret\n");
    expect(await readFile(join(data, "server.properties"), "utf8")).toContain("motd=A Minecraft Server\n");
    expect((await server.exec("mc-health")).code).toBe(0);
    server.type("stop");
    expect(await server.exited()).toBe(0);
  });

  it.concurrent("keeps server.properties with OVERRIDE_SERVER_PROPERTIES=false", async () => {
    const data = await folder({ "server.properties": "motd=mine\n" });
    const env = { ...agreed, OVERRIDE_SERVER_PROPERTIES: "false", MOTD: "no", SETUP_ONLY: "true" };
    const server = await run(env, { binds: [`${data}:/data`] });
    expect(await server.exited()).toBe(0);
    expect(await readFile(join(data, "server.properties"), "utf8")).toBe("motd=mine\n");
  });

  it.concurrent("stops through standard input without RCON, with input closed too", async () => {
    const server = await run({ ...agreed, ENABLE_RCON: "false", DISABLE_HEALTHCHECK: "true" }, { hasInput: false });
    await server.printed("Done (");
    expect((await server.exec("ls", "-a", "/data")).output).not.toContain(".rcon-cli");
    await server.container.stop({ t: 30 });
    expect(await server.exited()).toBe(0);
    expect(server.output()).toContain("All dimensions are saved");
  });

  it.concurrent("kills a server that does not stop within STOP_DURATION, and says 137", async () => {
    const server = await run({ ...agreed, STOP_DURATION: "1", ENABLE_RCON: "false" });
    await server.printed("Done (");
    server.type("seed\nhang");
    await server.printed("Seed: [");
    await server.container.stop({ t: 30 });
    expect(await server.exited()).toBe(137);
    expect(server.output()).toContain("Took too long, so killing server process");
  });

  it.concurrent("passes the server's own exit code on", async () => {
    const server = await run(agreed);
    await server.printed("RCON running");
    await server.exec("sh", "-c", `grep -l java /proc/[0-9]*/comm | { IFS=/ read -r _ _ pid _; kill -TERM "$pid"; }`);
    expect(await server.exited()).toBe(143);
  });

  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

  /** A folder of the host that any user may write into. */
  async function folder(files: Record<string, string>): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), "mcsd-test-image-"));
    folders.push(path);
    await chmod(path, 0o777);
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(path, name), text);
      await chmod(join(path, name), 0o666);
    }
    return path;
  }
});
