import type { Ctx } from "@/server/context";
import type { Member } from "../members-contract";
import { listMemberRows } from "./members-repository";
import { reachServer } from "./policy";

/** With whom a server is shared; everybody who sees the server sees this. */
export async function listMembers(ctx: Ctx, input: { serverId: string }): Promise<Member[]> {
  const { id } = await reachServer(ctx, input.serverId, "servers.view");
  return listMemberRows(ctx.db, id);
}
