import { parseArgs } from "node:util";
import { serverTypeSchema } from "@/domains/versions/contract";
import { runScript } from "@/trpc/run-script";
import { signInScript } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/create-server.ts --name NAME --version VERSION [--type vanilla|paper|custom]
       [--memory MB] [--port PORT] --accept-eula [--start]
--accept-eula states your own consent to https://aka.ms/MinecraftEULA.`;

runScript(usage, async () => {
  const { values } = parseArgs({
    options: {
      name: { type: "string" },
      type: { type: "string", default: "vanilla" },
      version: { type: "string" },
      memory: { type: "string", default: "2048" },
      port: { type: "string" },
      "accept-eula": { type: "boolean", default: false },
      start: { type: "boolean", default: false },
    },
  });
  if (!values.name || !values.version) throw new Error(usage);
  const client = await signInScript(process.env);
  const created = await client.servers.create.mutate({
    name: values.name,
    type: serverTypeSchema.parse(values.type),
    version: values.version,
    memoryMb: Number(values.memory),
    port: values.port === undefined ? undefined : Number(values.port),
    acceptEula: values["accept-eula"],
    wait: true,
  });
  if (!("id" in created)) throw new Error("the server was not returned");
  console.log(`created ${created.name} (${created.id}) on port ${created.port}`);
  if (!values.start) return;
  const started = await client.servers.start.mutate({ serverId: created.id, wait: true });
  console.log(`${started.name} is ${started.state}`);
});
