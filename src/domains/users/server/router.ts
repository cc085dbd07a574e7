import { can, router } from "@/server/trpc/procedures";
import {
  changeRoleInputSchema,
  createUserInputSchema,
  deleteUserInputSchema,
  endUserSessionInputSchema,
  listUsersInputSchema,
  setUserLimitsInputSchema,
  updateUserInputSchema,
  userIdInputSchema,
  userIdsInputSchema,
  userPermissionInputSchema,
} from "../contract";
import { approveUser, forEachUser, rejectUser } from "./approve-user";
import { changeRole } from "./change-role";
import { countUsers } from "./count-users";
import { createResetLink } from "./create-reset-link";
import { createUser } from "./create-user";
import { deleteUser } from "./delete-user";
import { getUser } from "./get-user";
import { listUsers } from "./list-users";
import { resetSecondFactor } from "./reset-second-factor";
import { setLimits } from "./set-limits";
import { updateUser } from "./update-user";
import { clearPermission, denyPermission, grantPermission, listUserPermissions } from "./user-permissions";
import { endUserSessions, listUserSessions } from "./user-sessions";

export const usersRouter = router({
  list: can("users.view")
    .input(listUsersInputSchema)
    .query(({ ctx, input }) => listUsers(ctx.verb, input)),
  get: can("users.view")
    .input(userIdInputSchema)
    .query(({ ctx, input }) => getUser(ctx.verb, input)),
  counts: can("users.view").query(({ ctx }) => countUsers(ctx.verb)),
  create: can("users.create")
    .input(createUserInputSchema)
    .mutation(({ ctx, input }) => createUser(ctx.verb, input)),
  update: can("users.update")
    .input(updateUserInputSchema)
    .mutation(({ ctx, input }) => updateUser(ctx.verb, input)),
  delete: can("users.delete")
    .input(deleteUserInputSchema)
    .mutation(({ ctx, input }) => deleteUser(ctx.verb, input)),
  approve: can("users.approve")
    .input(userIdInputSchema)
    .mutation(({ ctx, input }) => approveUser(ctx.verb, input)),
  reject: can("users.approve")
    .input(userIdInputSchema)
    .mutation(({ ctx, input }) => rejectUser(ctx.verb, input)),
  approveMany: can("users.approve")
    .input(userIdsInputSchema)
    .mutation(({ ctx, input }) => forEachUser({ action: "users.approve", verb: approveUser }, ctx.verb, input)),
  rejectMany: can("users.approve")
    .input(userIdsInputSchema)
    .mutation(({ ctx, input }) => forEachUser({ action: "users.reject", verb: rejectUser }, ctx.verb, input)),
  changeRole: can("users.change_role")
    .input(changeRoleInputSchema)
    .mutation(({ ctx, input }) => changeRole(ctx.verb, input)),
  permissions: can("users.view")
    .input(userIdInputSchema)
    .query(({ ctx, input }) => listUserPermissions(ctx.verb, input)),
  grantPermission: can("users.grant_permission")
    .input(userPermissionInputSchema)
    .mutation(({ ctx, input }) => grantPermission(ctx.verb, input)),
  denyPermission: can("users.deny_permission")
    .input(userPermissionInputSchema)
    .mutation(({ ctx, input }) => denyPermission(ctx.verb, input)),
  clearPermission: can("users.grant_permission")
    .input(userPermissionInputSchema)
    .mutation(({ ctx, input }) => clearPermission(ctx.verb, input)),
  setLimits: can("system.manage_limits")
    .input(setUserLimitsInputSchema)
    .mutation(({ ctx, input }) => setLimits(ctx.verb, input)),
  createResetLink: can("users.update")
    .input(userIdInputSchema)
    .mutation(({ ctx, input }) => createResetLink(ctx.verb, input)),
  resetSecondFactor: can("users.update")
    .input(userIdInputSchema)
    .mutation(({ ctx, input }) => resetSecondFactor(ctx.verb, input)),
  listSessions: can("users.update")
    .input(userIdInputSchema)
    .query(({ ctx, input }) => listUserSessions(ctx.verb, input)),
  endSessions: can("users.update")
    .input(endUserSessionInputSchema)
    .mutation(({ ctx, input }) => endUserSessions(ctx.verb, input)),
});
