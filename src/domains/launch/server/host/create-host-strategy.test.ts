import { describeLaunchStrategy } from "../launch-contract";
import { createHostHarness } from "./host-harness";

describeLaunchStrategy("host, servers with mcsd's own user", () => createHostHarness({ isRoot: false }));

if (process.getuid?.() === 0) {
  describeLaunchStrategy("host, every server with a uid of its own", () => createHostHarness({ isRoot: true }));
}
