import { downloadAddress } from "@/domains/files/ui/file-address";

/** Puts the picture where the game looks for it. Rejects with what the server answered, as every other call does. */
export async function putIcon(serverId: string, icon: Blob): Promise<void> {
  const address = downloadAddress(serverId, { path: "server-icon.png", kind: "file" });
  const reply = await fetch(address, { method: "PUT", body: icon });
  if (reply.ok) return;
  const data: unknown = await reply.json().catch(() => null);
  throw Object.assign(new Error(`The icon was refused with status ${reply.status}.`), { data });
}
