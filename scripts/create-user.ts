import { parseArgs } from "node:util";
import { roles } from "@/domains/auth/permissions";
import { createClient } from "@/trpc/node-client";
import { runScript } from "@/trpc/run-script";
import { scriptAccess } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/create-user.ts --name NAME [--role user|operator|admin] [--waiting]
Set MCSD_NEW_PASSWORD to give a password (a command line can be read by everybody on the machine). Without it the link is
printed with which the person sets their own; it is good for 24 hours and once. --waiting: an administrator approves it later.`;

runScript(usage, async () => {
  const access = await scriptAccess(process.env);
  const { values } = parseArgs({
    options: {
      name: { type: "string" },
      role: { type: "string", default: "user" },
      waiting: { type: "boolean", default: false },
    },
  });
  const role = roles.find((name) => name === values.role);
  if (!values.name || !role) throw new Error(usage);
  const client = createClient(access);
  const password = process.env.MCSD_NEW_PASSWORD;
  const user = await client.users.create.mutate({
    username: values.name,
    password: password ?? randomPassword(),
    role,
    isApproved: !values.waiting,
  });
  console.log(`created ${user.username} (${user.id}), ${user.role}, ${user.state}`);
  if (password !== undefined) return;
  const link = await client.users.createResetLink.mutate({ userId: user.id });
  console.log(`password: ${link.url ?? new URL(link.path, access.url).href}`);
});

/** Known to nobody: the link replaces it. */
function randomPassword(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}
