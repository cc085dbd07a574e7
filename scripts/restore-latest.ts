import { runScript } from "@/trpc/run-script";
import { signInScript } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/restore-latest.ts SERVER [--restart]   (SERVER: name, slug or id)
Restores the newest complete snapshot of the whole server. --restart stops a running server for it and starts it again.
Taken back with snapshots.undoRestore.`;

runScript(usage, async () => {
  const args = process.argv.slice(2);
  const [wanted] = args.filter((arg) => !arg.startsWith("--"));
  if (!wanted) throw new Error(usage);
  const client = await signInScript(process.env);
  const servers = await client.servers.list.query();
  const server = servers.find(({ id, slug, name }) => [id, slug, name].includes(wanted));
  if (!server) throw new Error(`There is no server ${wanted}.`);
  const { items } = await client.snapshots.list.query({ serverId: server.id, resource: "server_full", limit: 100 });
  const newest = items.find(({ status, verification }) => status === "complete" && verification !== "damaged");
  if (!newest) throw new Error(`${server.name} has no snapshot that could be restored.`);
  console.log(`restoring version ${newest.version} of ${newest.createdAt.toISOString()} …`);
  await client.snapshots.restore.mutate({ snapshotId: newest.id, restart: args.includes("--restart"), wait: true });
  console.log(`${server.name} is as it was then.`);
});
