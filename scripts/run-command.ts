import { runScript } from "@/trpc/run-script";
import { signInScript } from "@/trpc/sign-in-script";

const usage = "usage: npm run script -- scripts/run-command.ts SERVER COMMAND…   (SERVER: name, slug or id)";

runScript(usage, async () => {
  const [wanted, ...words] = process.argv.slice(2);
  if (!wanted || words.length === 0) throw new Error(usage);
  const client = await signInScript(process.env);
  const servers = await client.servers.list.query();
  const server = servers.find(({ id, slug, name }) => [id, slug, name].includes(wanted));
  if (!server) throw new Error(`There is no server ${wanted}.`);
  const { reply } = await client.console.command.mutate({ serverId: server.id, command: words.join(" ") });
  console.log(reply ?? "(sent to the console; the answer is in its log)");
});
