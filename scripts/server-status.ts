import { runScript } from "@/trpc/run-script";
import { signInScript } from "@/trpc/sign-in-script";

runScript("usage: npm run script -- scripts/server-status.ts", async () => {
  const client = await signInScript(process.env);
  const servers = await client.servers.list.query();
  for (const { name, type, version, state, port, live } of servers) {
    const players = live.playersOnline === null ? "" : `${live.playersOnline}/${live.playersMax} players`;
    console.log(
      [state.padEnd(9), name.padEnd(24), `${type} ${version}`.padEnd(20), `:${port}`, players].join("  ").trimEnd(),
    );
  }
  if (servers.length === 0) console.log("no servers yet");
});
