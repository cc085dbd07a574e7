import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkJvmArgs } from "./jvm-args";
import { numberFlags, plainProperties, switchFlags } from "./jvm-flags";

/** Aikar's flags as PaperMC's Fill API serves them. */
const aikar = `-XX:+AlwaysPreTouch -XX:+DisableExplicitGC -XX:+ParallelRefProcEnabled -XX:+PerfDisableSharedMem
  -XX:+UnlockExperimentalVMOptions -XX:+UseG1GC -XX:G1HeapRegionSize=8M -XX:G1HeapWastePercent=5
  -XX:G1MaxNewSizePercent=40 -XX:G1MixedGCCountTarget=4 -XX:G1MixedGCLiveThresholdPercent=90 -XX:G1NewSizePercent=30
  -XX:G1RSetUpdatingPauseTimePercent=5 -XX:G1ReservePercent=20 -XX:InitiatingHeapOccupancyPercent=15
  -XX:MaxGCPauseMillis=200 -XX:MaxTenuringThreshold=1 -XX:SurvivorRatio=32
  -Dusing.aikars.flags=https://mcflags.emc.gs -Daikars.new.flags=true`.split(/\s+/);

describe("what servers are tuned with is let through", () => {
  it.each([
    ["Aikar's flags", aikar],
    ["generational ZGC", ["-XX:+UseZGC", "-XX:+ZGenerational", "-XX:ZUncommitDelay=300", "-XX:SoftMaxHeapSize=6G"]],
    ["Shenandoah", ["-XX:+UseShenandoahGC", "-XX:ShenandoahGCMode=generational", "-XX:ShenandoahGCHeuristics=compact"]],
    ["Java 25", ["-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"]],
    ["the vector module", ["--add-modules=jdk.incubator.vector"]],
    ["opened packages", ["--add-opens=java.base/java.lang=ALL-UNNAMED"]],
    [
      "server settings",
      ["-Dpaper.maxCustomChannelName=100", "-DPaper.IgnoreJavaVersion=true", "-Dfile.encoding=UTF-8"],
    ],
    ["files inside", ["-XX:HeapDumpPath=dumps/heap.hprof", "-XX:ErrorFile=./crash-reports/hs_err_%p.log"]],
    ["stack size", ["-Xss4M", "-Xmn512m", "-Xlog:gc*"]],
    ["nothing", []],
  ])("%s", (_name, args) => {
    expect(checkJvmArgs(args)).toEqual({ ok: true });
  });
});

const refused = [
  "-javaagent:evil.jar",
  "-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005",
  "-agentpath:/tmp/evil.so",
  "-Xrunjdwp:transport=dt_socket",
  "-Xdebug",
  "-XX:OnError=touch /tmp/owned",
  "-XX:OnOutOfMemoryError=touch /tmp/owned",
  "-XX:Flags=.hotspotrc",
  "-XX:+ReadVMOptionsFile",
  "-XX:VMOptionsFile=options",
  "-XX:ErrorFile=/etc/cron.d/x",
  "-XX:ErrorFile=../other/x",
  "-XX:ErrorFile=a/../../x",
  "-XX:ErrorFile=..",
  "-XX:HeapDumpPath=/tmp/x",
  "-XX:HeapDumpPath=world/../../x",
  "-XX:LogFile=/tmp/x",
  "-XX:SharedArchiveFile=evil.jsa",
  "-XX:AOTCache=evil",
  "-XX:CompileCommandFile=x",
  "-XX:StartFlightRecording=filename=/tmp/x",
  "-XX:FlightRecorderOptions=repository=/tmp",
  "-XX:+UseG1GC=1",
  "-XX:MaxGCPauseMillis=$(id)",
  "-XX:MaxGCPauseMillis",
  "-XX:MaxRAMPercentage=99",
  "-XX:MaxHeapSize=100G",
  "-Xmx100G",
  "-Xms1G",
  "-Xrs",
  "-Xbootclasspath/a:evil.jar",
  "-Xlog:gc*:file=/etc/x",
  "-Xloggc:/tmp/x",
  "-cp",
  "-classpath",
  "-jar",
  "--module-path",
  "--module-path=x",
  "--class-path=x",
  "-p",
  "--upgrade-module-path=x",
  "--patch-module=java.base=x",
  "--source",
  "@args.txt",
  "@@args",
  "evil.Main",
  "nogui",
  "",
  " -XX:+UseG1GC",
  "-XX:+UseG1GC\n-javaagent:x",
  "-Dfile.encoding=UTF-8\u0000",
  "-Dfile.encoding=Ü",
  "-Djava.library.path=/tmp",
  "-Djava.system.class.loader=Evil",
  "-Djava.security.policy=x",
  "-Djdk.module.main=x",
  "-Dlog4j.configurationFile=http://evil/x.xml",
  "-Dlog4j2.configurationFile=x",
  "-Dcom.sun.management.jmxremote.port=9999",
  "-Dcom.mojang.eula.agree=true",
  "-DbundlerMainClass=Evil",
  "-Dfabric.addMods=/tmp",
  "-Dfml.coreMods.load=Evil",
  "-Dusing.aikars.flags=http://evil",
  "-Dpaper.x=/etc/passwd",
  "-Dpaper.a b=c",
];

it.each(refused)("refuses %s with a reason", (argument) => {
  const result = checkJvmArgs(["-XX:+UseG1GC", argument]);
  expect(result).toMatchObject({ ok: false, argument });
  expect(result.ok ? "" : result.reason).toMatch(/^[A-Z].{10,}\.$/);
});

describe("properties of the check", () => {
  const harmless = fc.oneof(
    fc.constantFrom(...switchFlags).chain((name) => fc.constantFrom(`-XX:+${name}`, `-XX:-${name}`)),
    fc.tuple(fc.constantFrom(...numberFlags), fc.nat()).map(([name, value]) => `-XX:${name}=${value}`),
    fc.constantFrom(...plainProperties).map((name) => `-D${name}=true`),
  );
  const anything = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...refused), harmless);

  it("refuses a list as soon as one of its arguments is refused, and no earlier", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (args) => {
        const firstBad = args.find((argument) => !checkJvmArgs([argument]).ok);
        const result = checkJvmArgs(args);
        expect(result.ok).toBe(firstBad === undefined);
        if (!result.ok) expect(result.argument).toBe(firstBad);
      }),
    );
  });

  it("never lets through what could hold a second argument, a file outside or a program", () => {
    const pieces = fc.constantFrom(
      ...[
        "-XX:",
        "-D",
        "+",
        "-",
        "=",
        "/",
        "..",
        " ",
        "\n",
        "\r",
        "@",
        ":",
        "On",
        "Error",
        "File",
        "Path",
        "ErrorFile",
      ],
      ...[
        "HeapDumpPath",
        "javaagent",
        "cp",
        "jar",
        "x",
        "1",
        "M",
        "%p",
        "paper.",
        "--add-opens=",
        "ALL-UNNAMED",
        "~",
        "$HOME",
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
        const argument = parts.join("");
        if (!checkJvmArgs([argument]).ok) return;
        expect(argument).toMatch(/^-[\x21-\x7e]+$/);
        expect(argument).not.toMatch(/[@~$/]\.\.|[@~$]|=\/|=\.\.|^-(javaagent|cp|jar)/);
      }),
      { numRuns: 20_000 },
    );
  });

  it("takes 100 arguments of 500 characters and no more", () => {
    expect(checkJvmArgs(Array.from({ length: 100 }, () => "-server"))).toEqual({ ok: true });
    expect(checkJvmArgs(Array.from({ length: 101 }, () => "-server"))).toMatchObject({ ok: false });
    expect(checkJvmArgs([`-Dpaper.x=${"1".repeat(500)}`])).toMatchObject({ ok: false });
  });
});
