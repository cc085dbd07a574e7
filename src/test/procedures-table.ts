import type { ErrorCode } from "@/lib/error-codes";

/** Everybody who may come along, by what they bring. The server and the job at stake are `owner`'s. */
export const callers = [
  "anonymous",
  "bogusToken",
  "unapproved",
  "deactivated",
  "revokedToken",
  "expiredToken",
  "revokedSession",
  "narrowToken",
  "other",
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
}

export interface Row {
  /** What is sent; whoever reads `ids` is also called with ids that do not exist. */
  input?: (ids: Ids) => unknown;
  /** How a call ends that was let through. */
  passes?: Outcome;
  /** What an id that does not exist, or is not theirs, answers. */
  missing?: ErrorCode;
  /** Whose outcome differs from the rule below. */
  except?: Partial<Record<Caller, Outcome>>;
  /** The same for ids that do not exist, where it is not simply `missing`. */
  exceptMissing?: Partial<Record<Caller, Outcome>>;
}

const signIn = "SIGN_IN_REQUIRED";
const denied = "PERMISSION_MISSING";

/**
 * The rule: strangers are asked to sign in, the unapproved wait, a token with the scope `servers.view` alone lacks the
 * permission, other people's things do not exist, and owner, operator and administrator get through.
 */
export function outcomeOf({ passes = "ok", missing, except = {} }: Row, caller: Caller): Outcome {
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
    case "narrowToken":
      return denied;
    case "unapproved":
      return "NOT_APPROVED";
    default:
      return signIn;
  }
}

const byServer = (more: object = {}) => ({
  input: ({ serverId }: Ids) => ({ serverId, ...more }),
  missing: "SERVER_NOT_FOUND" as const,
});
const byJob = { input: ({ jobId }: Ids) => ({ jobId }), missing: "JOB_NOT_FOUND" as const };
const narrowToo = { narrowToken: "ok" } as const;
const everybody = (outcome: Outcome) => Object.fromEntries(callers.map((caller) => [caller, outcome]));
const account = { except: { unapproved: "ok", ...narrowToo } } as const;
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
  "auth.me": account,
  "auth.setPreferences": { input: () => ({ theme: "dark" }), ...account },

  "servers.list": { except: narrowToo },
  "servers.get": { ...byServer(), except: narrowToo },
  "servers.timeline": { ...byServer(), except: narrowToo },
  "servers.properties": { ...byServer(), except: narrowToo },
  "servers.listJava": { except: narrowToo },
  "servers.events": { except: narrowToo },
  "servers.defaults": {},
  "servers.create": { input: () => newServer },
  "servers.update": byServer({ description: "changed" }),
  "servers.updateProperties": byServer({ properties: { motd: "changed" } }),
  "servers.start": { ...byServer(), passes: "JAR_MISSING" },
  "servers.stop": { ...byServer(), passes: "STATE_CONFLICT" },
  "servers.restart": { ...byServer(), passes: "STATE_CONFLICT" },
  "servers.kill": { ...byServer(), passes: "STATE_CONFLICT" },
  "servers.delete": {
    ...byServer({ confirm: "not its name" }),
    passes: "CONFIRMATION_MISMATCH",
    except: { operator: denied },
  },

  "console.logs": { ...byServer(), except: narrowToo },
  "console.stream": { ...byServer(), except: narrowToo },
  "console.command": {
    ...byServer({ command: "list" }),
    passes: "STATE_CONFLICT",
    except: { operator: denied },
    exceptMissing: { operator: "SERVER_NOT_FOUND" },
  },

  "jobs.list": { input: () => ({}), except: narrowToo },
  "jobs.get": { ...byJob, except: narrowToo },
  "jobs.progress": { ...byJob, except: narrowToo },
  "jobs.cancel": {
    ...byJob,
    passes: "JOB_NOT_CANCELLABLE",
    exceptMissing: { narrowToken: "JOB_NOT_FOUND" },
  },

  "versions.types": { except: narrowToo },
  "versions.list": { input: () => ({ type: "vanilla" }), except: narrowToo },
  "versions.log": { except: narrowToo },
  "versions.refresh": { input: () => ({ type: "vanilla" }) },

  "system.health": { except: { other: denied, owner: denied, ownerSession: denied } },
};
