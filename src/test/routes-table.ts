import type { Visitor } from "./matrix-people";
import type { Caller, Ids } from "./procedures-table";

/** What an answer of plain HTTP comes to: its status, with the code of its error or where it leads. */
export type RouteOutcome = `${number}` | `${number} ${string}`;

export interface RouteRow {
  method: "GET" | "PUT" | "POST";
  path: (ids: Ids) => string;
  body?: string;
  /** How a call ends that was let through. */
  passes: RouteOutcome;
  /** Whose outcome differs: left out, it is as for `passes`. */
  except?: Partial<Record<Caller, RouteOutcome>>;
  /** What an id that does not exist, or is not theirs, answers to those who are let through. */
  missing?: RouteOutcome;
}

const strangers = Object.fromEntries(
  (["anonymous", "bogusToken", "deactivated", "revokedToken", "expiredToken", "revokedSession"] as const).map(
    (caller) => [caller, "401 SIGN_IN_REQUIRED"],
  ),
) as Partial<Record<Caller, RouteOutcome>>;
const outside = {
  ...strangers,
  unapproved: "403 NOT_APPROVED",
  mustEnrol: "403 SECOND_FACTOR_REQUIRED",
} satisfies Partial<Record<Caller, RouteOutcome>>;
const denied = "403 PERMISSION_MISSING";
const upload = {
  ...outside,
  narrowToken: denied,
  other: "404 SERVER_NOT_FOUND",
  member: denied,
} satisfies Partial<Record<Caller, RouteOutcome>>;

/**
 * What main.ts answers itself, beside procedures, by what create-app-server.ts compares the path with: a comparison without a row
 * fails the test. `null`: no answer hangs on it alone.
 */
export const ownRoutes: Readonly<Record<string, RouteRow[] | null>> = {
  '"/api/"': null,
  '"/api/auth/"': null,
  trpcPrefix: [
    { method: "GET", path: () => "/api/trpc/no.such", passes: "404 NOT_FOUND" },
    { method: "GET", path: () => "/api/trpc/", passes: "404 NOT_FOUND" },
  ],
  '"/api/v1/health"': [{ method: "GET", path: () => "/api/v1/health", passes: "200" }],
  '"/api/health"': [{ method: "GET", path: () => "/api/health", passes: "200" }],
  '"/api/health/live"': [{ method: "GET", path: () => "/api/health/live", passes: "200" }],
  '"/api/audit/export"': [
    {
      method: "GET",
      path: () => "/api/audit/export?format=jsonl",
      passes: "200",
      except: {
        ...outside,
        ...{
          narrowToken: denied,
          other: denied,
          member: denied,
          owner: denied,
          ownerSession: denied,
          operator: denied,
        },
      },
    },
    {
      method: "POST",
      path: () => "/api/audit/export?format=jsonl",
      passes: "400 BAD_REQUEST",
    },
  ],
  '"/api/metrics"': [
    {
      method: "GET",
      path: () => "/api/metrics",
      passes: "200",
      except: { ...outside, narrowToken: denied, other: denied, member: denied, owner: denied, ownerSession: denied },
    },
    { method: "POST", path: () => "/api/metrics", passes: "400 BAD_REQUEST" },
  ],
  '"/api/session/refresh"': [
    {
      method: "POST",
      path: () => "/api/session/refresh",
      body: "{}",
      passes: "401 SIGN_IN_REQUIRED",
      except: { ownerSession: "200" },
    },
    { method: "POST", path: () => "/api/session/refresh", body: "attempt=x", passes: "400 BAD_REQUEST" },
    { method: "GET", path: () => "/api/session/refresh", passes: "400 BAD_REQUEST" },
  ],
  filesPath: [
    // Uploads are five per person and minute: owner and ownerSession are one person, and use four of them.
    {
      method: "PUT",
      path: ({ serverId }) => `/api/servers/${serverId}/files?path=server.jar`,
      body: "x",
      passes: "200",
      missing: "404 SERVER_NOT_FOUND",
      except: upload,
    },
    {
      method: "GET",
      path: ({ serverId }) => `/api/servers/${serverId}/files?path=no-such.txt`,
      passes: "404 PATH_NOT_FOUND",
      missing: "404 SERVER_NOT_FOUND",
      except: upload,
    },
    {
      method: "POST",
      path: ({ serverId }) => `/api/servers/${serverId}/files?path=a`,
      body: "x",
      passes: "400 BAD_REQUEST",
    },
  ],
  uploadsPath: [
    {
      method: "POST",
      path: ({ serverId }) => `/api/servers/${serverId}/uploads`,
      body: "x",
      // Not in the protocol's words: nothing begins.
      passes: "412",
      missing: "404 SERVER_NOT_FOUND",
      except: upload,
    },
    { method: "GET", path: ({ serverId }) => `/api/servers/${serverId}/uploads`, passes: "400 BAD_REQUEST" },
  ],
  downloadPath: [
    {
      method: "GET",
      path: ({ snapshotId }) => `/api/snapshots/${snapshotId}/download?format=zip`,
      passes: "200",
      missing: "404 SNAPSHOT_NOT_FOUND",
      except: { ...outside, narrowToken: denied, other: "404 SNAPSHOT_NOT_FOUND", member: denied },
    },
    {
      method: "PUT",
      path: ({ snapshotId }) => `/api/snapshots/${snapshotId}/download`,
      body: "x",
      passes: "400 BAD_REQUEST",
    },
  ],
  worldPath: [
    {
      method: "PUT",
      // Refused before anything is read of it, and so without being counted as an upload.
      path: ({ serverId }) => `/api/servers/${serverId}/world?path=../x`,
      body: "x",
      passes: "400 VALIDATION_FAILED",
      missing: "404 SERVER_NOT_FOUND",
      except: upload,
    },
    { method: "GET", path: ({ serverId }) => `/api/servers/${serverId}/world`, passes: "400 BAD_REQUEST" },
  ],
  importUploadsPath: [
    {
      method: "POST",
      path: () => "/api/imports",
      body: "x",
      // Not in the protocol's words: nothing begins.
      passes: "412",
      except: { ...outside, narrowToken: denied },
    },
    { method: "GET", path: () => "/api/imports", passes: "400 BAD_REQUEST" },
  ],
  importPath: [
    {
      method: "PUT",
      path: ({ serverId }) => `/api/servers/${serverId}/snapshots/import?format=floppy`,
      body: "x",
      passes: "400 VALIDATION_FAILED",
      missing: "404 SERVER_NOT_FOUND",
      except: upload,
    },
    { method: "GET", path: ({ serverId }) => `/api/servers/${serverId}/snapshots/import`, passes: "400 BAD_REQUEST" },
  ],
};

export interface PageRow {
  path: (ids: Ids) => string;
  /** Who may find the name of the server at stake in it; left out: nobody. */
  showsServer?: readonly Visitor[];
  /** Who may find the name of the user `ids.userId` in it; left out: nobody. */
  showsUser?: readonly Visitor[];
  /** Open to strangers; everything else leads them to the sign-in page. */
  isOpen?: true;
}

const reaching = ["member", "ownerSession", "operator", "admin"] as const;
const listing = ["operator", "admin"] as const;
const onlyNames = (path: string, isOpen?: true): PageRow => ({ path: () => path, isOpen });
const ofServer = (part = ""): PageRow => ({
  path: ({ serverId }) => `/servers/${serverId}${part}`,
  showsServer: reaching,
});

/** Pages by their place in src/app, without groups: one without a row fails the test. */
export const pages: Readonly<Record<string, PageRow>> = {
  "/": onlyNames("/"),
  "/api/auth/[...nextauth]": onlyNames("/api/auth/session", true),
  "/login": onlyNames("/login", true),
  "/register": onlyNames("/register", true),
  "/renew": onlyNames("/renew?callbackUrl=/account", true),
  "/reset": onlyNames("/reset?secret=made-up", true),
  "/setup": onlyNames("/setup?secret=made-up", true),
  "/account": onlyNames("/account"),
  "/account/security": onlyNames("/account/security"),
  "/account/sessions": onlyNames("/account/sessions"),
  "/account/tokens": onlyNames("/account/tokens"),
  "/audit": { path: () => "/audit?action=servers.create", showsServer: ["admin"], showsUser: ["admin"] },
  "/players": { path: () => "/players" },
  "/groups": onlyNames("/groups"),
  "/groups/[id]": { path: ({ groupId }) => `/groups/${groupId}`, showsServer: ["ownerSession", "operator", "admin"] },
  "/servers": { path: () => "/servers", showsServer: reaching },
  "/servers/import": onlyNames("/servers/import"),
  "/servers/new": onlyNames("/servers/new"),
  "/servers/[id]": ofServer(),
  "/servers/[id]/console": ofServer("/console"),
  "/servers/[id]/files/[[...path]]": ofServer("/files/logs"),
  "/servers/[id]/members": ofServer("/members"),
  "/servers/[id]/snapshots": ofServer("/snapshots"),
  "/servers/[id]/snapshots/[snapshotId]": ofServer("/snapshots/0198c0de-0000-7000-8000-00000000000a"),
  "/servers/[id]/snapshots/schedule": ofServer("/snapshots/schedule"),
  "/servers/[id]/players": ofServer("/players"),
  "/servers/[id]/settings": ofServer("/settings"),
  "/system": onlyNames("/system"),
  "/users": { path: () => "/users", showsUser: listing },
  "/users/[id]": { path: ({ userId }) => `/users/${userId}`, showsUser: listing },
  "/users/permissions": onlyNames("/users/permissions"),
  "/versions": onlyNames("/versions"),
};
