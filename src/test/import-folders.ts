import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rawZip } from "./archives/raw-zip";
import { sqliteFile } from "./sqlite-file";

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

const pterodactylSchedule = (name: string, cron: Record<string, string>, actions: readonly string[]) => ({
  object: "server_schedule",
  attributes: {
    id: 1,
    name,
    cron: { minute: "*", hour: "*", day_of_month: "*", month: "*", day_of_week: "*", ...cron },
    is_active: true,
    only_when_online: false,
    relationships: {
      tasks: {
        object: "list",
        data: actions.map((action) => ({
          object: "schedule_task",
          attributes: { action, payload: "", time_offset: 0 },
        })),
      },
    },
  },
});

const mcsTask = (name: string, more: Record<string, unknown>) =>
  JSON.stringify({ instanceUuid: "abc123", name, count: -1, time: "0 0 4 * * *", type: 2, actions: [], ...more });

/** `app/config/db/crafty.sqlite` of Crafty 4.4, as far as it is about servers. The first schedule is what `uuid` does every day. */
export const craftyDatabase = (more = "") =>
  sqliteFile(`
    CREATE TABLE servers (server_id VARCHAR(255) PRIMARY KEY, created DATETIME, server_name VARCHAR(255), path VARCHAR(255),
      executable VARCHAR(255), execution_command VARCHAR(255), server_port INTEGER, type VARCHAR(255));
    INSERT INTO servers VALUES
      ('0a1b', '2026-01-01', 'Other', '/crafty/servers/0a1b', 'other.jar', 'java -jar other.jar', 25580, 'minecraft-java'),
      ('${uuid}', '2026-01-01', '夜のサーバー', '/crafty/servers/${uuid}', 'paper.jar',
       'java -Xms1000M -Xmx3000M -jar paper.jar nogui', 25603, 'minecraft-java');
    CREATE TABLE schedules (schedule_id INTEGER PRIMARY KEY, server_id VARCHAR(255), enabled INTEGER, action VARCHAR(255), interval INTEGER,
      interval_type VARCHAR(255), start_time VARCHAR(255), command VARCHAR(255), action_id VARCHAR(255), name VARCHAR(255),
      one_time INTEGER, cron_string VARCHAR(255), parent INTEGER, delay INTEGER);
    INSERT INTO schedules VALUES
      (1, '${uuid}', 1, 'backup', 1, 'days', '04:05', 'backup_server', 'b1', 'Daily', 0, '', NULL, 0),
      (2, '${uuid}', 1, 'backup', 6, 'hours', '00:00', 'backup_server', 'b1', 'Six hours', 0, '', NULL, 0),
      (3, '${uuid}', 1, 'backup', 1, '', '', 'backup_server', 'b1', 'Mondays', 0, '15 2 * * 0,4', NULL, 0),
      (4, '${uuid}', 1, 'backup', 1, '', '', 'backup_server', 'b1', 'Both days', 0, '15 2 1 * mon', NULL, 0),
      (5, '${uuid}', 0, 'backup', 1, 'hours', '', 'backup_server', 'b1', 'Off', 0, '', NULL, 0),
      (6, '${uuid}', 1, 'backup', 1, 'days', '04:00', 'backup_server', 'b1', 'Once', 1, '', NULL, 0),
      (7, '${uuid}', 1, 'backup', 1, 'reaction', '', 'backup_server', 'b1', 'After', 0, '', 1, 60),
      (8, '${uuid}', 1, 'restart', 1, 'days', '05:00', 'restart_server', NULL, 'Restart', 0, '', NULL, 0),
      (9, '0a1b', 1, 'backup', 1, 'days', '05:00', 'backup_server', NULL, 'Not its own', 0, '', NULL, 0);
    CREATE TABLE backups (backup_id VARCHAR(255) PRIMARY KEY, server_id VARCHAR(255), max_backups INTEGER, "default" INTEGER);
    INSERT INTO backups VALUES ('b0', '${uuid}', 3, 1), ('b1', '${uuid}', 12, 0), ('b2', '0a1b', 5, 1);
    ${more}`);

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
    "schedules.json": JSON.stringify({
      object: "list",
      data: [
        pterodactylSchedule("Nightly", { minute: "30", hour: "3", day_of_week: "7" }, ["command", "backup"]),
        pterodactylSchedule("Restart", { minute: "0", hour: "5" }, ["power"]),
        {
          ...pterodactylSchedule("Both days", { minute: "0", hour: "5", day_of_month: "*/2", day_of_week: "1" }, [
            "backup",
          ]),
        },
      ],
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
      backupConfig: { maxBackupCount: 9 },
      eventTask: { autoStart: true, autoRestart: true, ignore: false },
      docker: { image: "", memory: null, ports: ["25602:25565/tcp"] },
      pingConfig: { ip: "", port: 25_565, type: 1 },
    }),
    "daemon/data/TaskConfig/nightly.json": mcsTask("nightly", { action: "restart", enable: true }),
    "daemon/data/TaskConfig/abc123_hours.json": mcsTask("hours", {
      type: 1,
      time: "21600",
      actions: [{ type: "backup" }],
    }),
    "daemon/data/TaskConfig/abc123_weekly.json": mcsTask("weekly", {
      time: "30 0 2 * * 1,5",
      actions: [{ type: "stop" }, { type: "backup" }, { type: "start" }],
    }),
    "daemon/data/TaskConfig/abc123_odd.json": mcsTask("odd", { type: 1, time: 5400, actions: [{ type: "backup" }] }),
    "daemon/data/TaskConfig/abc123_thrice.json": mcsTask("thrice", { count: 3, actions: [{ type: "backup" }] }),
    "daemon/data/TaskConfig/other.json": mcsTask("other", { instanceUuid: "def456", actions: [{ type: "backup" }] }),
  },
};
