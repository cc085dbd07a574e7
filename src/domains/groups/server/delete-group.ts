import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import { listAttachments } from "./attachments-repository";
import { changeGroup, tellChange } from "./change-group";
import { deleteGroupRow } from "./repository";

/** Removes a group; its servers lose the players that it has put there. Detaching needs no more than deleting. */
export async function deleteGroup(ctx: Ctx, { groupId }: { groupId: string }): Promise<{ groupId: string }> {
  const { group, serverIds } = await changeGroup(ctx, groupId, "groups.delete", async ({ tx, actor, group }) => {
    const serverIds = (await listAttachments(tx, groupId)).map(({ serverId }) => serverId);
    await deleteGroupRow(tx, groupId);
    await recordAudit(tx, actor, {
      action: "groups.delete",
      target: { kind: "group", id: groupId },
      details: { name: group.name, type: group.type, servers: serverIds.length },
    });
    return { group, serverIds };
  });
  tellChange(ctx, group, serverIds);
  return { groupId };
}
