import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { settleDataDir } from "./default-data-dir.mjs";
import { ensureInstalled } from "./install.mjs";
import { at, fail, loadDotEnv, refuseOldNode, root } from "./project.mjs";

refuseOldNode();
loadDotEnv();
settleDataDir();
process.chdir(root);
process.env.NODE_ENV = "production";
await ensureInstalled();
if (!(await ensureBuilt())) fail("the build failed: see above");
// In this very process, so that signals and exit codes are the program's own.
await import(pathToFileURL(at("dist", "main.js")).href);
