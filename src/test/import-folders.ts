import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rawZip } from "./archives/raw-zip";

type Files = Readonly<Record<string, string | Buffer>>;

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** A jar that holds these texts, and so says of itself what they say. */
export const jarOf = (texts: Record<string, string>): Buffer =>
  rawZip(Object.entries(texts).map(([name, content]) => ({ name, content, isDeflated: true })));

const versionFile = (id: string, java: number) => JSON.stringify({ id, name: id, java_version: java });
const vanillaJar = jarOf({
  "META-INF/MANIFEST.MF": "Manifest-Version: 1.0\nMain-Class: net.minecraft.bundler.Main\n",
  "version.json": versionFile("1.20.4", 17),
});
const paperJar = jarOf({
  "META-INF/MANIFEST.MF": "Main-Class: io.papermc.paperclip.Main\n",
  "META-INF/versions.list": "0a1b\t1.20.4\tpaper-1.20.4.jar\n",
  "version.json": versionFile("1.20.4", 17),
});
const world = { "world/level.dat": "x", "world/region/r.0.0.mca": "region" };
const uuid = "5f0c2a76-3a5b-4d0b-9d5e-0c8f3d2f7a11";

/** Folders as other programs leave them, by where they lie: what makes each of them known is in it. */
export const foundFolders: Readonly<Record<string, Files>> = {
  plain: {
    "server.jar": vanillaJar,
    "server.properties": "server-port=25570\nlevel-name=world\nmotd=Plain\nonline-mode=false\n",
    "eula.txt": "eula=true\n",
    "start.sh": "#!/bin/sh\n# java -Xmx1G was too little\nexec java -Xms1G -Xmx3G -jar server.jar nogui\n",
    ...world,
  },
  paper: {
    "paper-1.20.4-496.jar": paperJar,
    "version_history.json": JSON.stringify({ currentVersion: "git-Paper-496 (MC: 1.20.4)" }),
    "server.properties": "server-port=25571\nlevel-name=survival\n",
    "survival/level.dat": "x",
  },
  forge: {
    "libraries/net/minecraftforge/forge/1.20.1-47.2.0/unix_args.txt":
      "-p libraries\n--launchTarget forgeserver\n--fml.forgeVersion 47.2.0\n--fml.mcVersion 1.20.1\n",
    "user_jvm_args.txt": "# comment -Xmx1G\n-Xmx6G\n",
    "server.properties": "server-port=25572\n",
    "run.sh": "java @user_jvm_args.txt @libraries/net/minecraftforge/forge/1.20.1-47.2.0/unix_args.txt\n",
    ...world,
  },
  neoforge: {
    "libraries/net/neoforged/neoforge/21.1.77/unix_args.txt": "--fml.neoForgeVersion 21.1.77 --fml.mcVersion 1.21.1\n",
    "server.properties": "",
  },
  fabric: {
    "fabric-server-mc.1.21.1-loader.0.16.5-launcher.1.0.1.jar": jarOf({
      "META-INF/MANIFEST.MF": "Main-Class: net.fabricmc.installer.ServerLauncher\n",
      "install.properties": "fabric-loader-version=0.16.5\ngame-version=1.21.1\n",
    }),
    "server.properties": "",
  },
  [`pterodactyl/volumes/${uuid}`]: {
    "server.jar": paperJar,
    "server.properties": "server-port=25573\n",
    ".pteroignore": "logs\n",
    "settings.json": JSON.stringify({
      settings: {
        uuid,
        meta: { name: "Skyblock", description: "" },
        invocation: "java -jar server.jar",
        environment: { SERVER_JARFILE: "server.jar" },
        allocations: { default: { ip: "0.0.0.0", port: 25_601 } },
        build: { memory_limit: 4096, swap: 0, io_weight: 500, cpu_limit: 100, disk_space: 0 },
      },
    }),
    ...world,
  },
  [`crafty/servers/${uuid}`]: {
    "paper.jar": paperJar,
    "crafty_managed.txt": "The server is managed by Crafty Controller.\n Leave this directory/files alone please",
    "db_stats/crafty_server_stats.sqlite": "SQLite",
    "server.properties": "server-port=25574\n",
    ...world,
  },
  mcsmanager: {
    "daemon/data/InstanceData/abc123/vanilla.jar": vanillaJar,
    "daemon/data/InstanceData/abc123/other.jar": paperJar,
    "daemon/data/InstanceData/abc123/server.properties": "server-port=25575\n",
    "daemon/data/InstanceData/abc123/world/level.dat": "x",
    "daemon/data/InstanceConfig/abc123.json": JSON.stringify({
      nickname: "生存サーバー",
      startCommand: 'java -Xmx5120M -jar "vanilla.jar" nogui',
      stopCommand: "stop",
      type: "minecraft/java",
      eventTask: { autoStart: true, autoRestart: true, ignore: false },
      docker: { image: "", memory: null, ports: ["25602:25565/tcp"] },
      pingConfig: { ip: "", port: 25_565, type: 1 },
    }),
    "daemon/data/TaskConfig/nightly.json": JSON.stringify({
      instanceUuid: "abc123",
      name: "nightly",
      enable: true,
      time: "0 0 4 * * *",
      action: "restart",
      type: 2,
    }),
  },
};
