import { expect, it } from "vitest";
import type { ContainerDetails } from "@/server/docker/container-engine";
import { ownIds, placementOf } from "./find-placement";

const own = (mounts: ContainerDetails["mounts"], isHostNetwork = false) =>
  placementOf({ id: "own", mounts, isHostNetwork } as Partial<ContainerDetails> as ContainerDetails);

it("finds the path on the engine's host by the innermost mount", () => {
  const { toEnginePath } = own([
    { source: "/srv/mcsd", target: "/data" },
    { source: "/var/lib/docker/volumes/worlds/_data", target: "/data/servers" },
  ]);
  expect(toEnginePath("/data/run/a")).toBe("/srv/mcsd/run/a");
  expect(toEnginePath("/data/servers/a")).toBe("/var/lib/docker/volumes/worlds/_data/a");
  expect(toEnginePath("/data")).toBe("/srv/mcsd");
  expect(toEnginePath("/database/a")).toBeNull();
  expect(own([]).toEnginePath("/data/servers/a")).toBeNull();
});

it("keeps the host's form where the engine is one of Docker Desktop", () => {
  const path = own([{ source: "/run/desktop/mnt/host/c/mcsd", target: "/data" }]).toEnginePath("/data/servers/a");
  expect(path).toBe("/run/desktop/mnt/host/c/mcsd/servers/a");
});

it("shares the network only where the container is in the host's", () => {
  expect(own([])).toMatchObject({ ownContainerId: "own", sharesNetwork: false });
  expect(own([], true)).toMatchObject({ ownContainerId: null, sharesNetwork: true });
});

it("takes its own id from what the engine mounts, else from the name of a host that is a container", () => {
  const id = "0123456789abcdef".repeat(4);
  const line = `640 620 8:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw - ext4 /dev/sda1 rw`;
  expect(ownIds(line, "0123456789ab", true)).toEqual([id, "0123456789ab"]);
  expect(ownIds("", "0123456789ab", true)).toEqual(["0123456789ab"]);
  expect(ownIds("", "0123456789ab", false)).toEqual([]);
  expect(ownIds("", "my-machine", true)).toEqual([]);
});
