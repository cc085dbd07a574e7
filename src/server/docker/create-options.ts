import type { ContainerCreateOptions } from "dockerode";
import type { ContainerTemplate } from "./container-engine";

/**
 * The whole of what mcsd asks an engine to run. Values come from the template; which fields there are is fixed here, so that
 * nothing a person types can add a mount, a capability or a namespace. A test holds the result against a list.
 */
export function toCreateOptions(template: ContainerTemplate): ContainerCreateOptions & { name: string } {
  const { ports } = template;
  return {
    name: template.name,
    Image: template.image,
    Labels: { ...template.labels },
    Env: Object.entries(template.env).map(([name, value]) => `${name}=${value}`),
    User: `${template.uid}:${template.gid}`,
    // A name of the host or of its users has no business in there.
    Hostname: "minecraft",
    Tty: false,
    OpenStdin: true,
    StdinOnce: false,
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    StopSignal: "SIGTERM",
    StopTimeout: template.stopTimeoutSeconds,
    ExposedPorts: Object.fromEntries(ports.map(({ port, protocol }) => [`${port}/${protocol}`, {}])),
    HostConfig: {
      // Its propagation is the engine's choice: it refuses a private one for what lies in a volume.
      Mounts: [
        {
          Type: "bind",
          Source: template.dataSource,
          Target: "/data",
          ReadOnly: false,
        },
      ],
      PortBindings: Object.fromEntries(
        ports.map(({ port, protocol, address }) => [
          `${port}/${protocol}`,
          [{ HostIp: address === "0.0.0.0" ? "" : address, HostPort: String(port) }],
        ]),
      ),
      NetworkMode: template.network,
      Memory: template.memoryBytes,
      // Equal to Memory: no swap, which would only make a server slow instead of telling that it needs more.
      MemorySwap: template.memoryBytes,
      ...(template.cpus === null ? {} : { NanoCpus: Math.round(template.cpus * 1e9) }),
      PidsLimit: template.pidsLimit,
      Privileged: false,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      IpcMode: "private",
      // A restart is the supervisor's decision, which knows what was asked for.
      RestartPolicy: { Name: "no" },
      LogConfig: { Type: "json-file", Config: { "max-size": "16m", "max-file": "3" } },
      AutoRemove: false,
    },
  };
}
