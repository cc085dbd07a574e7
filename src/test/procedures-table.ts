// One table, longer than 250 lines because every procedure has its row.
import { randomUUID } from "node:crypto";
import { defaultSchedule } from "@/domains/snapshots/contract";
import type { ErrorCode } from "@/lib/error-codes";

/**
 * Everybody who may come along, by what they bring. The server and the job at stake are `owner`'s; `member` has the server
 * shared, to start it and to use its console; `mustEnrol` is an operator whose role asks for a second factor.
 */
export const callers = [
  "anonymous",
  "bogusToken",
  "unapproved",
  "mustEnrol",
  "deactivated",
  "revokedToken",
  "expiredToken",
  "revokedSession",
  "narrowToken",
  "other",
  "member",
  "owner",
  "ownerSession",
  "operator",
  "admin",
] as const;
export type Caller = (typeof callers)[number];
export type Outcome = "ok" | ErrorCode;

export interface Ids {
  serverId: string;
  jobId: string;
  /** Of the server, complete and pinned. */
  snapshotId: string;
  /** A whitelist of the owner's, attached to the server, without players. */
  groupId: string;
  /** Somebody else than all callers, approved, with the role `user`. */
  userId: string;
}

export interface Row {
  /** What is sent; whoever reads `ids` is also called with ids that do not exist. */
  input?: (ids: Ids) => unknown;
  /** How a call ends that was let through. */
  passes?: Outcome;
  /** What an id that does not exist, or is not theirs, answers. */
  missing?: ErrorCode;
  /** About a server: whether it is shared with `member` for this. Left out: as for `other`. */
  shared?: boolean;
  /** Whose outcome differs from the rule below. */
  except?: Partial<Record<Caller, Outcome>>;
  /** The same for ids that do not exist, where it is not simply `missing`. */
  exceptMissing?: Partial<Record<Caller, Outcome>>;
}

const signIn = "SIGN_IN_REQUIRED";
const denied = "PERMISSION_MISSING";

/**
 * The rule: strangers are asked to sign in, the unapproved wait and so does who has to enrol, a token with the scope
 * `servers.view` alone lacks the permission, other people's things do not exist unless they are shared, and owner, operator and
 * administrator get through.
 */
export function outcomeOf({ passes = "ok", missing, shared, except = {} }: Row, caller: Caller): Outcome {
  const known = except[caller];
  if (known) return known;
  switch (caller) {
    case "owner":
    case "ownerSession":
    case "operator":
    case "admin":
      return passes;
    case "other":
      return missing ?? passes;
    case "member":
      if (shared === undefined) return outcomeOf({ passes, missing, except }, "other");
      return shared ? passes : denied;
    case "narrowToken":
      return denied;
    case "unapproved":
      return "NOT_APPROVED";
    case "mustEnrol":
      return except.unapproved === "ok" ? "ok" : "SECOND_FACTOR_REQUIRED";
    default:
      return signIn;
  }
}

const byServer = (more: object = {}) => ({
  input: ({ serverId }: Ids) => ({ serverId, ...more }),
  missing: "SERVER_NOT_FOUND" as const,
  shared: false,
});
/** For those who may use a server's console. */
const byConsole = (more: object = {}) => ({
  ...byServer(more),
  shared: true,
  except: { operator: denied } as const,
  exceptMissing: { operator: "SERVER_NOT_FOUND" } as const,
});
/** For those who may list users: operators and administrators. */
const listsUsers = { other: denied, owner: denied, ownerSession: denied } as const;
/** For administrators. */
const managesUsers = { ...listsUsers, operator: denied } as const;
const byUser = (more: object = {}, except: Row["except"] = managesUsers) => ({
  input: ({ userId }: Ids) => ({ userId, ...more }),
  missing: "USER_NOT_FOUND" as const,
  except,
});
const bySnapshot = (more: object = {}) => ({
  input: ({ snapshotId }: Ids) => ({ snapshotId, ...more }),
  missing: "SNAPSHOT_NOT_FOUND" as const,
  shared: false,
});
const byGroup = (more: object = {}) => ({
  input: ({ groupId }: Ids) => ({ groupId, ...more }),
  missing: "GROUP_NOT_FOUND" as const,
});
let names = 0;
/** The job that made the server, which members see as they see the server. */
const byJob = { input: ({ jobId }: Ids) => ({ jobId }), missing: "JOB_NOT_FOUND" as const, shared: true };
const narrowToo = { narrowToken: "ok" } as const;
const everybody = (outcome: Outcome) => Object.fromEntries(callers.map((caller) => [caller, outcome]));
const account = { except: { unapproved: "ok", ...narrowToo } } as const;
const nowhere = "00000000-0000-4000-8000-000000000000";
/** What guards one's own account: not for a token that is limited to some permissions; open to who must set up a factor. */
const guarded = (passes: Outcome, input: object = {}) => ({
  input: () => input,
  passes,
  except: { narrowToken: "TOKEN_TOO_NARROW", mustEnrol: passes } as const,
});
/** The same, with proof: the session is fresh, the tokens were not given for a password. */
const proven = (fresh: Outcome, input: object = {}) => {
  const row = guarded("REAUTHENTICATION_REQUIRED", input);
  return { ...row, except: { ...row.except, ownerSession: fresh } };
};
const newServer = { name: "By the matrix", type: "custom", version: "1", memoryMb: 128, acceptEula: false };

/** One row per procedure: a procedure without one fails the test. The server is stopped, of type custom, without a jar. */
export const table: Readonly<Record<string, Row>> = {
  "auth.setup": {
    input: () => ({ secret: "x", username: "second", password: "a long passphrase 7" }),
    except: everybody("SETUP_DONE"),
  },
  "auth.issueToken": {
    input: () => ({ username: "nobody", password: "wrong" }),
    except: everybody("CREDENTIALS_INVALID"),
  },
  "auth.totpBegin": proven("ok"),
  "auth.totpConfirm": {
    ...guarded("TOTP_NOT_ON", { code: "000000" }),
    // The row above has begun with the owner's session.
    except: { ...guarded("TOTP_NOT_ON").except, owner: "CODE_WRONG", ownerSession: "CODE_WRONG" },
  },
  "auth.totpDisable": proven("TOTP_NOT_ON", { code: "000000" }),
  "auth.newRecoveryCodes": proven("TOTP_NOT_ON", { code: "000000" }),
  "auth.listPasskeys": guarded("ok"),
  "auth.passkeyBegin": proven("ok"),
  "auth.passkeyFinish": guarded("PASSKEY_INVALID", { challengeId: nowhere, name: "Key", response: {} }),
  "auth.renamePasskey": guarded("PASSKEY_NOT_FOUND", { passkeyId: nowhere, name: "Key" }),
  "auth.removePasskey": proven("PASSKEY_NOT_FOUND", { passkeyId: nowhere }),
  "auth.passkeySignInBegin": { except: everybody("ok") },

  "auth.register": {
    input: () => ({ username: "by-the-matrix", password: "password" }),
    except: everybody("PASSWORD_TOO_COMMON"),
  },
  "auth.resetPassword": {
    input: () => ({ secret: "x", newPassword: "a long passphrase 7" }),
    except: everybody("RESET_LINK_INVALID"),
  },
  "auth.me": account,
  "auth.setPreferences": { input: () => ({ theme: "dark" }), ...account },
  "auth.changePassword": guarded("PASSWORD_WRONG", { password: "not it", newPassword: "a long passphrase 7" }),
  "auth.listSessions": guarded("ok"),
  "auth.revokeSession": guarded("SESSION_NOT_FOUND", { sessionId: nowhere }),
  // Only a session has others.
  "auth.revokeOtherSessions": {
    passes: "SESSION_NOT_FOUND",
    except: { ...guarded("SESSION_NOT_FOUND").except, ownerSession: "ok" },
  },
  "auth.listTokens": guarded("ok"),
  "auth.createToken": {
    input: () => ({ name: "by the matrix", scopes: ["servers.view"] }),
    except: { narrowToken: "TOKEN_TOO_NARROW" },
  },
  "auth.revokeToken": guarded("TOKEN_NOT_FOUND", { tokenId: nowhere }),

  "servers.list": { except: narrowToo },
  "servers.get": { ...byServer(), shared: true, except: narrowToo },
  "servers.container": { ...byServer(), shared: true, except: narrowToo },
  "servers.metrics": { ...byServer(), shared: true, except: narrowToo },
  "metrics.server": { ...byServer({ range: "24h" }), shared: true, except: narrowToo },
  "metrics.host": { input: () => ({ range: "1h" }), except: listsUsers },
  "servers.timeline": { ...byServer(), shared: true, except: narrowToo },
  "servers.properties": { ...byServer(), shared: true, except: narrowToo },
  "servers.icon": { ...byServer(), shared: true, except: narrowToo },
  "servers.listJava": { except: narrowToo },
  "servers.installJava": {
    input: () => ({ javaMajor: 99, wait: true }),
    passes: "JAVA_UNAVAILABLE",
    except: managesUsers,
  },
  "servers.removeJava": { input: () => ({ javaMajor: 99 }), passes: "JAVA_NOT_INSTALLED", except: managesUsers },
  "servers.events": { except: narrowToo },
  "servers.defaults": {},
  "servers.create": { input: () => newServer },
  "servers.listImportFolders": {
    passes: "IMPORT_FOLDERS_OFF",
    except: { ...managesUsers },
    input: () => ({}),
  },
  "servers.inspectImport": { input: () => ({ source: { kind: "upload", uploadId: nowhere } }), passes: "NOT_FOUND" },
  "servers.import": {
    input: () => ({ ...newServer, source: { kind: "upload", uploadId: nowhere } }),
    passes: "NOT_FOUND",
  },
  "servers.clone": byServer({ name: "A copy of the matrix's", wait: true }),
  "servers.listTemplates": {},
  "servers.createTemplate": {
    input: () => ({ name: "By the matrix", settings: { type: "custom", version: "1", memoryMb: 128 } }),
    // Owner and owner's session are one person.
    except: { ownerSession: "TEMPLATE_EXISTS" },
  },
  "servers.updateTemplate": {
    input: () => ({ templateId: nowhere, name: "Changed" }),
    passes: "TEMPLATE_NOT_FOUND",
  },
  "servers.deleteTemplate": { input: () => ({ templateId: nowhere }), passes: "TEMPLATE_NOT_FOUND" },
  "servers.update": byServer({ description: "changed" }),
  "servers.updateProperties": byServer({ properties: { motd: "changed" } }),
  "servers.checkChange": byServer({ type: "vanilla", version: "no-such" }),
  "servers.changeVersion": { ...byServer({ type: "vanilla", version: "no-such" }), passes: "CHANGE_BLOCKED" },
  "servers.undoChange": { ...byServer(), passes: "NOTHING_TO_UNDO" },
  "servers.lastChange": { ...byServer(), shared: true, except: narrowToo },
  "servers.start": { ...byServer(), shared: true, passes: "JAR_MISSING" },
  "servers.stop": { ...byServer(), passes: "STATE_CONFLICT" },
  "servers.restart": { ...byServer(), passes: "STATE_CONFLICT" },
  "servers.kill": { ...byServer(), passes: "STATE_CONFLICT" },
  "servers.delete": {
    ...byServer({ confirm: "not its name" }),
    passes: "CONFIRMATION_MISMATCH",
    except: { operator: denied },
  },

  "servers.members": { ...byServer(), shared: true, except: narrowToo },
  "servers.setMember": { ...byServer({ username: "nobody-at-all", permissions: [] }), passes: "USER_NOT_FOUND" },
  "servers.removeMember": {
    ...byServer({ userId: randomUUID() }),
    passes: "MEMBER_NOT_FOUND",
    exceptMissing: { narrowToken: "SERVER_NOT_FOUND" },
  },

  "console.logs": { ...byServer(), shared: true, except: narrowToo },
  "console.stream": { ...byServer(), shared: true, except: narrowToo },
  "console.command": {
    ...byServer({ command: "list" }),
    shared: true,
    passes: "STATE_CONFLICT",
    except: { operator: denied },
    exceptMissing: { operator: "SERVER_NOT_FOUND" },
  },

  "players.online": { except: narrowToo },
  "players.history": { ...byServer(), shared: true, except: narrowToo },
  "players.totals": { ...byServer(), shared: true, except: narrowToo },
  "players.lists": { ...byServer(), shared: true, except: narrowToo },
  // The server checks players with Mojang, which the tests do not ask: nobody knows the UUID.
  "players.ban": { ...byConsole({ name: "Notch" }), passes: "PLAYER_NOT_LISTED" },
  "players.pardon": byConsole({ name: "Notch" }),
  "players.op": { ...byConsole({ name: "Notch" }), passes: "PLAYER_NOT_LISTED" },
  "players.deop": byConsole({ name: "Notch" }),
  "players.whitelistAdd": { ...byConsole({ name: "Notch" }), passes: "PLAYER_NOT_LISTED" },
  "players.whitelistRemove": byConsole({ name: "Notch" }),
  "players.kick": { ...byConsole({ name: "Notch" }), passes: "STATE_CONFLICT" },
  "players.message": { ...byConsole({ text: "Hello" }), passes: "STATE_CONFLICT" },

  "snapshots.list": byServer(),
  "snapshots.get": bySnapshot(),
  "snapshots.usage": byServer(),
  "snapshots.browse": bySnapshot(),
  "snapshots.regions": bySnapshot(),
  "snapshots.compare": bySnapshot(),
  "snapshots.diffFile": bySnapshot({ path: "server.properties" }),
  "snapshots.create": byServer({ resource: "server_full", wait: true }),
  "snapshots.pin": bySnapshot({ isPinned: true }),
  "snapshots.verify": bySnapshot({ wait: true }),
  "snapshots.undoRestore": { ...byServer({ wait: true }), passes: "NOTHING_TO_UNDO" },
  "snapshots.restore": bySnapshot({ wait: true }),
  "snapshots.restoreFiles": { ...bySnapshot({ paths: ["no-such"], wait: true }), passes: "PATH_NOT_FOUND" },
  "snapshots.getSchedule": byServer(),
  "snapshots.previewSchedule": byServer({ isEnabled: true, timing: defaultSchedule.timing }),
  "snapshots.setSchedule": byServer(defaultSchedule),
  "snapshots.delete": { ...bySnapshot(), passes: "SNAPSHOT_PINNED", except: { operator: denied } },

  "files.list": byServer(),
  "files.stat": byServer({ path: "server.properties" }),
  "files.read": byServer({ path: "server.properties" }),
  "files.nbt": { ...byServer({ path: "server.properties" }), passes: "NOT_TEXT" },
  "files.measure": byServer({ path: "" }),
  "files.search": byServer({ text: "no-such-text" }),
  "files.history": byServer({ path: "server.properties" }),
  "files.version": { ...byServer({ path: "x.txt", snapshotId: randomUUID() }), passes: "SNAPSHOT_NOT_FOUND" },
  "files.trash": byServer(),
  "files.write": byServer({ path: "written.txt", content: "text" }),
  "files.createFolder": { ...byServer({ path: "server.properties" }), passes: "PATH_EXISTS" },
  "files.move": { ...byServer({ path: "no-such.txt", to: "new.txt" }), passes: "PATH_NOT_FOUND" },
  "files.moveMany": byServer({ paths: ["no-such.txt"], to: "folder" }),
  "files.copy": { ...byServer({ path: "no-such.txt", to: "new.txt" }), passes: "PATH_NOT_FOUND" },
  "files.extract": { ...byServer({ path: "no-such.zip", to: "folder" }), passes: "PATH_NOT_FOUND" },
  "files.compress": { ...byServer({ paths: ["no-such.txt"], to: "a.zip" }), passes: "PATH_NOT_FOUND" },
  "files.rollback": { ...byServer({ path: "x.txt", snapshotId: randomUUID() }), passes: "SNAPSHOT_NOT_FOUND" },
  "files.restoreTrash": { ...byServer({ trashId: randomUUID() }), passes: "TRASH_NOT_FOUND" },
  "files.delete": {
    ...byServer({ path: "no-such.txt" }),
    passes: "PATH_NOT_FOUND",
    except: { operator: denied },
  },
  "files.deleteMany": { ...byServer({ paths: ["no-such.txt"] }), except: { operator: denied } },
  "files.emptyTrash": { ...byServer(), except: { operator: denied } },

  "groups.list": {},
  "groups.get": byGroup(),
  "groups.create": { input: () => ({ name: `By the matrix ${++names}`, type: "op" }) },
  "groups.copy": { ...byGroup(), input: ({ groupId }) => ({ groupId, name: `By the matrix ${++names}` }) },
  "groups.update": byGroup({ description: "changed", addPlayers: [] }),
  "groups.delete": { input: () => ({ groupId: nowhere }), passes: "GROUP_NOT_FOUND" },
  "groups.attach": { ...byGroup(), input: ({ groupId, serverId }) => ({ groupId, serverId }) },
  "groups.detach": { ...byGroup({ serverId: nowhere }), passes: "GROUP_NOT_ATTACHED" },
  "groups.sync": byGroup(),
  "groups.drift": byGroup(),
  "groups.adopt": {
    ...byGroup(),
    input: ({ groupId, serverId }) => ({ groupId, serverId, names: ["Nobody"] }),
    passes: "GROUP_CHANGED",
  },
  "groups.undo": {
    ...byGroup(),
    input: ({ groupId, serverId }) => ({ groupId, serverId, names: ["Nobody"] }),
    passes: "GROUP_CHANGED",
  },
  "groups.preview": byGroup({ players: [] }),
  "groups.previewDetach": { ...byGroup({ serverId: nowhere }), passes: "GROUP_NOT_ATTACHED" },
  "groups.previewDelete": byGroup(),

  "jobs.list": { input: () => ({}), except: narrowToo },
  "jobs.get": { ...byJob, except: narrowToo },
  "jobs.progress": { ...byJob, except: narrowToo },
  "jobs.cancel": {
    ...byJob,
    shared: false,
    passes: "JOB_NOT_CANCELLABLE",
    exceptMissing: { narrowToken: "JOB_NOT_FOUND" },
  },

  "versions.types": { except: narrowToo },
  "versions.list": { input: () => ({ type: "vanilla" }), except: narrowToo },
  "versions.log": { except: narrowToo },
  "versions.refresh": { input: () => ({ type: "vanilla" }) },

  "users.list": { except: listsUsers },
  "users.counts": { except: listsUsers },
  "users.get": byUser({}, listsUsers),
  "users.permissions": byUser({}, listsUsers),
  "users.create": {
    input: () => ({ username: "by-the-matrix", password: "a long passphrase 7" }),
    except: managesUsers,
  },
  "users.update": byUser({ isActive: true }),
  "users.delete": { ...byUser({ confirm: "not their name" }), passes: "CONFIRMATION_MISMATCH" },
  "users.approve": { ...byUser(), passes: "USER_STATE_CONFLICT" },
  "users.reject": { ...byUser(), passes: "USER_STATE_CONFLICT" },
  "users.approveMany": { input: ({ userId }) => ({ userIds: [userId] }), except: managesUsers },
  "users.rejectMany": { input: ({ userId }) => ({ userIds: [userId] }), except: managesUsers },
  "users.changeRole": byUser({ role: "user" }),
  "users.grantPermission": byUser({ permission: "users.view" }),
  "users.denyPermission": byUser({ permission: "users.view" }),
  "users.clearPermission": byUser({ permission: "users.view" }),
  "users.setLimits": byUser({ limits: { maxServers: 3 } }),
  "users.createResetLink": byUser(),
  "users.resetSecondFactor": byUser(),
  "users.listSessions": byUser(),
  "users.endSessions": byUser(),

  "system.health": { except: listsUsers },
  "system.settings": { except: listsUsers },
  "system.updateSettings": {
    input: () => ({ auditRetentionDays: 365 }),
    except: managesUsers,
  },
  "system.limits": { except: listsUsers },
  "system.setLimits": {
    input: () => ({ maxServers: null }),
    except: managesUsers,
  },
  "system.audit": { except: managesUsers },
};
