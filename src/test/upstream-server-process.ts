import { createInterface } from "node:readline";
import { startUpstreams, type UpstreamName } from "./upstream-server";
import type { FailureMode } from "./upstreams/send-failing";
import type { UpstreamPart } from "./upstreams/served-reply";

/**
 * The upstreams as a process of their own, for the browser tests: prints one JSON line with their addresses, takes
 * `{"fail": ["mojang", "slow", "jar"]}` (mode null: all well again) as lines of its input, and ends when the input ends.
 */
const upstreams = await startUpstreams({ port: Number(process.argv[2] ?? 0) });
const { url, mojangUrl, paperUrl } = upstreams;
process.stdout.write(`${JSON.stringify({ url, mojangUrl, paperUrl })}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const { fail }: { fail: [UpstreamName, FailureMode | null, UpstreamPart?] } = JSON.parse(line);
  upstreams.fail(...fail);
  process.stdout.write(`${JSON.stringify({ fail })}\n`);
}
await upstreams.close();
