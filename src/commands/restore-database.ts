import { join, resolve } from "node:path";
import { replaceDatabase } from "@/server/db/dump/replace-database";
import { openCommand } from "./open-command";

const usage = `usage: npm run db:restore -- FILE
FILE is a dump of mcsd's database (DATA_DIR/snapshots/mcsd/*.dump.zst). mcsd must be stopped. What the database holds now is kept beside
it, until the next restore.`;

const [file] = process.argv.slice(2);
if (!file || file === "--help") {
  process.stdout.write(`${usage}\n`);
  process.exit(file ? 0 : 1);
}
const { url, paths, close } = await openCommand();
try {
  const place = { migrationsFolder: join(process.cwd(), "drizzle"), temporary: paths.temp };
  const before = await replaceDatabase(url, resolve(file), place);
  process.stdout.write(
    `The database is as it was in ${file}. What it held before is kept as the database ${before}. Start mcsd now.\n`,
  );
} catch (error) {
  process.stderr.write(`The database is as it was: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await close();
}
