import { finish } from "@/server/trpc/finish";
import { can, router } from "@/server/trpc/procedures";
import { guardStream } from "@/server/trpc/stream-guard";
import { installJavaInputSchema, javaMajorInputSchema } from "../../java/contract";
import { changeTargetSchema, changeVersionInputSchema, undoChangeInputSchema } from "../change-contract";
import {
  createServerInputSchema,
  deleteServerInputSchema,
  listServersInputSchema,
  type ServerEvent,
  serverActionInputSchema,
  serverIdInputSchema,
  timelineInputSchema,
  updatePropertiesInputSchema,
  updateServerInputSchema,
} from "../contract";
import {
  cloneServerInputSchema,
  importServerInputSchema,
  inspectImportInputSchema,
  listImportFoldersInputSchema,
} from "../import-contract";
import { removeMemberInputSchema, setMemberInputSchema } from "../members-contract";
import { createTemplateInputSchema, templateIdInputSchema, updateTemplateInputSchema } from "../template-contract";
import { changeVersion } from "./change/change-version";
import { checkChange } from "./change/check-change";
import { readLastChange, undoChange } from "./change/undo-change";
import { cloneServer } from "./clone/clone-server";
import { createServer } from "./create-server";
import { deleteServer } from "./delete-server";
import { importServer } from "./import/import-server";
import { inspectImport, listImportFolders } from "./import/inspect-import";
import { isVisible } from "./is-visible";
import { installJava } from "./java/install-java";
import { listJava } from "./java/list-java";
import { removeJava } from "./java/remove-java";
import { killServer } from "./kill-server";
import { listMembers } from "./list-members";
import { getContainer, getServer, listServers } from "./list-servers";
import { maySubscribe, reachOf } from "./policy";
import { readServerIcon } from "./read-icon";
import { readTimeline } from "./read-timeline";
import { removeMember } from "./remove-member";
import { restartServer } from "./restart-server";
import { serverDefaults } from "./server-defaults";
import { readServerProperties, updateServerProperties } from "./server-properties";
import { setMember } from "./set-member";
import { startServer } from "./start-server";
import { stopServer } from "./stop-server";
import { createTemplate, deleteTemplate, listTemplates, updateTemplate } from "./templates/server-templates";
import { updateServer } from "./update-server";

export const serversRouter = router({
  list: can("servers.view")
    .input(listServersInputSchema)
    .query(({ ctx, input }) => listServers(ctx.verb, input)),
  get: can("servers.view")
    .input(serverIdInputSchema)
    .query(({ ctx, input }) => getServer(ctx.verb, input)),
  container: can("servers.view")
    .input(serverIdInputSchema)
    .query(({ ctx, input }) => getContainer(ctx.verb, input)),
  timeline: can("servers.view")
    .input(timelineInputSchema)
    .query(({ ctx, input }) => readTimeline(ctx.verb, input)),
  properties: can("servers.view")
    .input(serverIdInputSchema)
    .query(({ ctx, input }) => readServerProperties(ctx.verb, input)),
  icon: can("servers.view")
    .input(serverIdInputSchema)
    .query(({ ctx, input }) => readServerIcon(ctx.verb, input)),
  defaults: can("servers.create").query(({ ctx }) => serverDefaults(ctx.verb)),
  listJava: can("servers.view").query(({ ctx }) => listJava(ctx.verb)),
  installJava: can("system.update_settings")
    .input(installJavaInputSchema)
    .mutation(async ({ ctx, input }) => finish(await installJava(ctx.verb, input), input.wait)),
  removeJava: can("system.update_settings")
    .input(javaMajorInputSchema)
    .mutation(({ ctx, input }) => removeJava(ctx.verb, input)),
  create: can("servers.create")
    .input(createServerInputSchema)
    .mutation(async ({ ctx, input }) => finish(await createServer(ctx.verb, input), input.wait)),
  listImportFolders: can("servers.create")
    .input(listImportFoldersInputSchema)
    .query(({ ctx, input }) => listImportFolders(ctx.verb, input)),
  inspectImport: can("servers.create")
    .input(inspectImportInputSchema)
    .mutation(({ ctx, input }) => inspectImport(ctx.verb, input)),
  import: can("servers.create")
    .input(importServerInputSchema)
    .mutation(async ({ ctx, input }) => finish(await importServer(ctx.verb, input), input.wait)),
  clone: can("servers.create")
    .input(cloneServerInputSchema)
    .mutation(async ({ ctx, input }) => finish(await cloneServer(ctx.verb, input), input.wait)),
  listTemplates: can("servers.create").query(({ ctx }) => listTemplates(ctx.verb)),
  createTemplate: can("servers.create")
    .input(createTemplateInputSchema)
    .mutation(({ ctx, input }) => createTemplate(ctx.verb, input)),
  updateTemplate: can("servers.create")
    .input(updateTemplateInputSchema)
    .mutation(({ ctx, input }) => updateTemplate(ctx.verb, input)),
  deleteTemplate: can("servers.create")
    .input(templateIdInputSchema)
    .mutation(({ ctx, input }) => deleteTemplate(ctx.verb, input)),
  update: can("servers.update")
    .input(updateServerInputSchema)
    .mutation(({ ctx, input }) => updateServer(ctx.verb, input)),
  updateProperties: can("servers.update")
    .input(updatePropertiesInputSchema)
    .mutation(({ ctx, input }) => updateServerProperties(ctx.verb, input)),
  start: can("servers.start")
    .input(serverActionInputSchema)
    .mutation(({ ctx, input }) => startServer(ctx.verb, input)),
  stop: can("servers.stop")
    .input(serverActionInputSchema)
    .mutation(({ ctx, input }) => stopServer(ctx.verb, input)),
  restart: can("servers.restart")
    .input(serverActionInputSchema)
    .mutation(({ ctx, input }) => restartServer(ctx.verb, input)),
  kill: can("servers.stop")
    .input(serverActionInputSchema)
    .mutation(({ ctx, input }) => killServer(ctx.verb, input)),
  delete: can("servers.delete")
    .input(deleteServerInputSchema)
    .mutation(async ({ ctx, input }) => finish(await deleteServer(ctx.verb, input), input.wait)),

  /** What would happen if the version were changed; changes nothing. */
  checkChange: can("servers.update")
    .input(changeTargetSchema)
    .query(({ ctx, input }) => checkChange(ctx.verb, input)),
  changeVersion: can("servers.update")
    .input(changeVersionInputSchema)
    .mutation(async ({ ctx, input }) => finish(await changeVersion(ctx.verb, input), input.wait)),
  undoChange: can("servers.update")
    .input(undoChangeInputSchema)
    .mutation(async ({ ctx, input }) => finish(await undoChange(ctx.verb, input), input.wait)),
  lastChange: can("servers.view")
    .input(serverIdInputSchema)
    .query(({ ctx, input }) => readLastChange(ctx.verb, input)),

  members: can("servers.view")
    .input(serverIdInputSchema)
    .query(({ ctx, input }) => listMembers(ctx.verb, input)),
  setMember: can("servers.update")
    .input(setMemberInputSchema)
    .mutation(({ ctx, input }) => setMember(ctx.verb, input)),
  /** A member may leave: whether others may be removed is the verb's to say. */
  removeMember: can("servers.view")
    .input(removeMemberInputSchema)
    .mutation(({ ctx, input }) => removeMember(ctx.verb, input)),

  /** Everything that changes on the servers and jobs within reach: one stream keeps a whole tab fresh. */
  events: can("servers.view").subscription(async function* ({ ctx }): AsyncGenerator<ServerEvent> {
    const { signal, release } = guardStream(ctx);
    let { actor } = ctx;
    const changes = ctx.services.events.subscribe(signal);
    try {
      yield { kind: "hello" };
      let reach = reachOf(actor);
      for await (const scoped of changes) {
        if (!isVisible(actor, reach, scoped)) continue;
        if (scoped.userId !== undefined) {
          // Their rights have changed: from here on the new ones count, and without the right to be here the stream is over.
          const present = await ctx.reauthenticate();
          if (!present || !maySubscribe(present)) return;
          actor = present;
          reach = reachOf(actor);
        }
        yield scoped.event;
      }
    } finally {
      release();
    }
  }),
});
