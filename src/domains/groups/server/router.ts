import { can, router } from "@/server/trpc/procedures";
import {
  attachGroupInputSchema,
  copyGroupInputSchema,
  createGroupInputSchema,
  detachGroupInputSchema,
  driftInputSchema,
  groupIdInputSchema,
  listGroupsInputSchema,
  previewInputSchema,
  settleDriftInputSchema,
  syncGroupInputSchema,
  updateGroupInputSchema,
} from "../contract";
import { attachGroup, detachGroup, syncGroup } from "./attach-group";
import { copyGroup, createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { previewGroup } from "./preview-group";
import { previewDelete, previewDetach } from "./preview-removal";
import { readDrift } from "./read-drift";
import { getGroup, listGroups } from "./read-groups";
import { settleDrift } from "./settle-drift";
import { updateGroup } from "./update-group";

export const groupsRouter = router({
  list: can("groups.view")
    .input(listGroupsInputSchema)
    .query(({ ctx, input }) => listGroups(ctx.verb, input)),
  get: can("groups.view")
    .input(groupIdInputSchema)
    .query(({ ctx, input }) => getGroup(ctx.verb, input)),
  create: can("groups.create")
    .input(createGroupInputSchema)
    .mutation(({ ctx, input }) => createGroup(ctx.verb, input)),
  copy: can("groups.create")
    .input(copyGroupInputSchema)
    .mutation(({ ctx, input }) => copyGroup(ctx.verb, input)),
  update: can("groups.update")
    .input(updateGroupInputSchema)
    .mutation(({ ctx, input }) => updateGroup(ctx.verb, input)),
  delete: can("groups.delete")
    .input(groupIdInputSchema)
    .mutation(({ ctx, input }) => deleteGroup(ctx.verb, input)),
  attach: can("groups.attach")
    .input(attachGroupInputSchema)
    .mutation(({ ctx, input }) => attachGroup(ctx.verb, input)),
  detach: can("groups.detach")
    .input(detachGroupInputSchema)
    .mutation(({ ctx, input }) => detachGroup(ctx.verb, input)),
  sync: can("groups.update")
    .input(syncGroupInputSchema)
    .mutation(({ ctx, input }) => syncGroup(ctx.verb, input)),
  drift: can("groups.view")
    .input(driftInputSchema)
    .query(({ ctx, input }) => readDrift(ctx.verb, input)),
  adopt: can("groups.update")
    .input(settleDriftInputSchema)
    .mutation(({ ctx, input }) => settleDrift(ctx.verb, "adopt", input)),
  undo: can("groups.update")
    .input(settleDriftInputSchema)
    .mutation(({ ctx, input }) => settleDrift(ctx.verb, "undo", input)),
  previewDetach: can("groups.detach")
    .input(detachGroupInputSchema)
    .query(({ ctx, input }) => previewDetach(ctx.verb, input)),
  previewDelete: can("groups.delete")
    .input(groupIdInputSchema)
    .query(({ ctx, input }) => previewDelete(ctx.verb, input)),
  preview: can("groups.update")
    .input(previewInputSchema)
    .query(({ ctx, input }) => previewGroup(ctx.verb, input)),
});
