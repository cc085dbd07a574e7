import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What this same bundle does in processes of its own, so that the figures do not share an event loop. */
export const roleNames = ["plain-list", "plain-stream", "subscribers", "snapshot-engine"] as const;
export type RoleName = (typeof roleNames)[number];

const answerMs = 120_000;

export interface RoleProcess {
  readonly pid: number;
  /** Sends a question and resolves with its answer. One at a time. */
  ask<Answer>(question: unknown): Promise<Answer>;
  end(): Promise<void>;
}

/** Starts this program again in a role. A crash or two minutes of silence reject the question at hand. */
export function startRole(role: RoleName, env?: NodeJS.ProcessEnv): RoleProcess {
  const options = { env: env ?? process.env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] as const };
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ["--role", role], {
    ...options,
    stdio: [...options.stdio],
  });
  const exited = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    ask: async (question) => {
      const gaveUp = new AbortController();
      const answered = once(child, "message", { signal: gaveUp.signal }).then(([answer]) => answer);
      const timer = setTimeout(() => gaveUp.abort(new Error(`The ${role} process does not answer.`)), answerMs);
      child.send(question as object);
      const ended = exited.then(() => Promise.reject(new Error(`The ${role} process ended.`)));
      return Promise.race([answered, ended]).finally(() => clearTimeout(timer));
    },
    end: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** The other side: answers each question of the process that started this one, and ends with it. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  process.on("message", (question: Question) => {
    answer(question).then(
      (value) => process.send?.(value ?? null),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once("disconnect", () => process.exit(0));
}
