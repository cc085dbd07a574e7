// The container's health check: exit code 0 when mcsd and its database are well.
const { PORT = "3000", HOST = "0.0.0.0" } = process.env;
const host = HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST.includes(":") ? `[${HOST}]` : HOST;
const answer = await fetch(`http://${host}:${PORT}/api/health`, { signal: AbortSignal.timeout(4_000) }).catch(
  (error) => ({ ok: false, status: error.cause?.code ?? error.name }),
);
process.stdout.write(`${answer.status}\n`);
process.exit(answer.ok ? 0 : 1);
