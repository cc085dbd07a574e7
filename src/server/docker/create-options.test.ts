import { expect, it } from "vitest";
import type { ContainerTemplate } from "./container-engine";
import { toCreateOptions } from "./create-options";

const template: ContainerTemplate = {
  name: "mcsd-01234567-a",
  image: "itzg/minecraft-server:java21",
  labels: { "mcsd.server": "a" },
  env: { EULA: "TRUE", MOTD: "a=b\n--privileged" },
  dataSource: "/srv/mcsd/servers/a",
  uid: 200_001,
  gid: 200_001,
  memoryBytes: 1024 ** 3,
  cpus: null,
  pidsLimit: 4096,
  ports: [
    { port: 25_565, protocol: "tcp", address: "0.0.0.0" },
    { port: 25_575, protocol: "tcp", address: "127.0.0.1" },
  ],
  network: "mcsd-01234567",
  stopTimeoutSeconds: 80,
};

/** A field that is not here has been thought about by nobody: Privileged, Binds, Devices and their like came in by such doors elsewhere. */
const fields =
  "AttachStderr AttachStdin AttachStdout Env ExposedPorts HostConfig Hostname Image Labels OpenStdin StdinOnce StopSignal StopTimeout Tty User name";
const hostFields =
  "AutoRemove CapDrop IpcMode LogConfig Memory MemorySwap Mounts NetworkMode PidsLimit PortBindings Privileged RestartPolicy SecurityOpt";

it("asks for these fields and no others", () => {
  const options = toCreateOptions(template);
  expect(Object.keys(options).sort().join(" ")).toBe(fields);
  expect(
    Object.keys(options.HostConfig ?? {})
      .sort()
      .join(" "),
  ).toBe(hostFields);
  expect(Object.keys(toCreateOptions({ ...template, cpus: 1.5 }).HostConfig ?? {})).toContain("NanoCpus");
});

it("gives a server its folder, an ordinary user, limits, and no right beside", () => {
  expect(toCreateOptions(template)).toMatchObject({
    User: "200001:200001",
    Env: ["EULA=TRUE", "MOTD=a=b\n--privileged"],
    HostConfig: {
      Privileged: false,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      IpcMode: "private",
      NetworkMode: "mcsd-01234567",
      Mounts: [{ Type: "bind", Source: "/srv/mcsd/servers/a", Target: "/data" }],
      Memory: 1024 ** 3,
      MemorySwap: 1024 ** 3,
      PidsLimit: 4096,
      PortBindings: {
        "25565/tcp": [{ HostIp: "", HostPort: "25565" }],
        "25575/tcp": [{ HostIp: "127.0.0.1", HostPort: "25575" }],
      },
    },
  });
});
