import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { test } from "./app-fixture";
import { founder, setUpFounder, signIn, watchProblems } from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6001" } });

const run = promisify(execFile);

test("a world that is dropped on the server's page becomes its world; a hostile one is refused with its reason", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const administer = await setUpFounder(app);
  const input = { name: "Worlds", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  const { id: serverId } = (await administer("servers.create", input)) as { id: string };
  await administer("servers.updateProperties", { serverId, properties: { "level-name": "islands" } });
  const world = join(app.dataDir, "servers", serverId, "islands");
  await mkdir(world);
  await writeFile(join(world, "level.dat"), "of before");
  const made = join(app.dataDir, "made");
  await mkdir(join(made, "Skyblock", "region"), { recursive: true });
  await writeFile(join(made, "Skyblock", "level.dat"), "new");
  await writeFile(join(made, "Skyblock", "region", "r.0.0.mca"), "chunks");
  await run("tar", ["-C", made, "-cf", join(made, "good.tar"), "Skyblock"]);
  await symlink("/etc/passwd", join(made, "Skyblock", "link"));
  await run("tar", ["-C", made, "-cf", join(made, "evil.tar"), "Skyblock"]);

  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}`);
  const dialog = page.getByRole("dialog");
  await drop(page, say("files.archive.world.title"), "evil.tar", await readFile(join(made, "evil.tar")));
  await expect(dialog).toContainText(say("files.archive.world.dialog", { name: "evil.tar" }));
  await expect(dialog.getByLabel(say("files.archive.world.path"))).toHaveValue("islands");
  await checkAccess(page);
  await dialog.getByRole("button", { name: say("files.archive.world.submit"), exact: true }).click();
  const why = say("archiveRules.sentenceEntry", { why: say("archiveRules.link"), entry: "Skyblock/link" });
  await expect(dialog.getByRole("alert")).toContainText(why);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(await readFile(join(world, "level.dat"), "utf8")).toBe("of before");

  const place = page.getByRole("region", { name: say("files.archive.world.title") });
  await place.locator("input[type=file]").setInputFiles(join(made, "good.tar"));
  await dialog.getByRole("button", { name: say("files.archive.world.submit"), exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await expect.poll(() => readFile(join(world, "level.dat"), "utf8").catch(() => ""), { timeout: 30_000 }).toBe("new");
  expect(await readFile(join(world, "region", "r.0.0.mca"), "utf8")).toBe("chunks");
  const { items } = (await administer("snapshots.list", { serverId }, "query")) as { items: { type: string }[] };
  expect(items.map(({ type }) => type)).toContain("pre_restore");
  // One job for all of it, and one click back.
  const jobs = (await administer("jobs.list", { serverId }, "query")) as { items: { kind: string; status: string }[] };
  const kinds = jobs.items
    .map(({ kind, status }) => `${kind} ${status}`)
    .filter((text) => text.startsWith("snapshots."));
  expect(kinds).toEqual(["snapshots.replaceWorld succeeded", "snapshots.replaceWorld failed"]);
  await page.getByRole("button", { name: say("files.archive.world.undo") }).click();
  await expect
    .poll(() => readFile(join(world, "level.dat"), "utf8").catch(() => ""), { timeout: 30_000 })
    .toBe("of before");
  expect(problems).toEqual([]);
});

async function drop(page: Page, label: string, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], fileName));
      return data;
    },
    [name, bytes.toString("base64")] as const,
  );
  await page.getByRole("region", { name: label }).dispatchEvent("drop", { dataTransfer: transfer });
}
