import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Starts a program that serves in the foreground and waits until its port is open. Call `end` when done. */
export async function startChild(
  program: string,
  args: readonly string[],
  port: number,
): Promise<{ end(): Promise<void> }> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, HOME: "/tmp" } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const end = Date.now() + 10_000;
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${program} does not serve:\n${said}`);
    await delay(20);
  }
  return { end: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(timer);
}

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)])
    .catch(() => false)
    .finally(() => socket.destroy());
}
