import { runScript } from "@/trpc/run-script";
import { signInScript } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/backup-all.ts [--note TEXT]
Takes a snapshot of every server that is running or stopped, one after the other. Ends with code 1 when one of them failed.`;

runScript(usage, async () => {
  const at = process.argv.indexOf("--note");
  const note = at < 0 ? undefined : process.argv[at + 1];
  const client = await signInScript(process.env);
  let failed = 0;
  for (const { id, name } of await client.servers.list.query()) {
    try {
      const snapshot = await client.snapshots.create.mutate({
        serverId: id,
        resource: "server_full",
        note,
        wait: true,
      });
      const { size, addedBytes, fileCount, metadata } = snapshot;
      const seconds = ((metadata.durationMs ?? 0) / 1000).toFixed(1);
      console.log(
        `${name}: version ${snapshot.version}, ${fileCount} files, ${size} bytes, ${addedBytes} new, ${seconds} s`,
      );
    } catch (error) {
      failed++;
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failed > 0) throw new Error(`${failed} failed.`);
});
