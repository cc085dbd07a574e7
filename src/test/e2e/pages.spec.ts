import { expect } from "@playwright/test";
import type { Ids } from "../procedures-table";
import { pages } from "../routes-table";
import { test } from "./app-fixture";
import {
  type Administer,
  addAccount,
  checkWidth,
  founder,
  setUpFounder,
  signIn,
  watchProblems,
} from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000" } });

let administer: Administer;
let ids: Ids;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  const input = { name: "Walk", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  const { id: serverId } = (await administer("servers.create", input)) as { id: string };
  const { items } = (await administer("snapshots.list", { serverId }, "query")) as { items: { id: string }[] };
  const { id: userId } = await addAccount(administer);
  const whitelist = { name: "Regulars", type: "whitelist", players: [{ name: "Steve" }] };
  const { id: groupId } = (await administer("groups.create", whitelist)) as { id: string };
  await administer("groups.attach", { groupId, serverId });
  ids = { serverId, groupId, jobId: crypto.randomUUID(), snapshotId: items[0]?.id ?? "", userId };
});

/** What other tests use is seen there as it is used; here every page is looked at, whatever else sees it. */
test("every page can be read: nothing wider than the window, nothing that axe finds serious", async ({
  page,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const walked = Object.entries(pages).filter(([place, row]) => !row.isOpen && place !== "/");
  await signIn(page, say, founder);
  for (const [place, row] of walked) {
    const path = place.endsWith("[snapshotId]")
      ? `/servers/${ids.serverId}/snapshots/${ids.snapshotId}`
      : row.path(ids);
    await page.goto(path);
    await expect(page.getByRole("heading").first(), path).toBeVisible();
    await expect(page.getByText(say("common.notFound.title")), path).toBeHidden();
    await checkWidth(page);
    await checkAccess(page);
    expect(problems, path).toEqual([]);
  }
});
