import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import type { Bench } from "../bench";
import type { Figure } from "../figure";
import { median, percentile } from "../statistics";

const entries = 100_000;
const digits = 6;
const nameOf = (index: number) => `file-${String(index).padStart(digits, "0")}.txt`;
const rowSelector = "[role=grid] [data-path]";

type Times = Record<string, number[]>;

/** A folder of 100,000 files in the file manager of a real Chromium: how long one waits for what one does there. */
export async function measureLongFolder(bench: Bench): Promise<Figure[]> {
  const { client, url, cookie } = await bench.live();
  const input = {
    name: "Manager",
    type: "custom",
    version: "1",
    memoryMb: 128,
    acceptEula: false,
    wait: true,
  } as const;
  const created = await client.servers.create.mutate(input);
  if (!("id" in created)) throw new Error("The server was not returned.");
  const folder = join(bench.dataDir, "servers", created.id, "many");
  await mkdir(folder);
  for (let at = 0; at < entries; at += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, step) => writeFile(join(folder, nameOf(at + step)), "x".repeat((at + step) % 9))),
    );
  const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking"];
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args });
  const times: Times = {};
  try {
    for (let round = bench.options.rounds ?? 3; round > 0; round--)
      await measureRound(browser, { url, cookie, address: `${url}/servers/${created.id}/files`, times });
  } finally {
    await browser.close();
  }
  return toFigures(times);
}

interface Round {
  url: string;
  cookie: string;
  address: string;
  times: Times;
}

async function measureRound(browser: Browser, { url, cookie, address, times }: Round): Promise<void> {
  const [name = "", value = ""] = cookie.split("=", 2);
  /** Of a browser that knows nothing of mcsd yet. */
  const newPage = async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
    await context.addCookies([{ name, value, url }]);
    return context.newPage();
  };
  const add = (what: string, time: number) => {
    times[what] = [...(times[what] ?? []), time];
  };
  const took = async (what: string, act: () => Promise<unknown>, until: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await act();
    await until();
    add(what, performance.now() - startedAt);
  };
  const short = await newPage();
  const goTo = (page: Page, to: string) => page.goto(to, { waitUntil: "commit" });
  await took("short", () => goTo(short, address), firstRow(short, "many"));
  await short.context().close();
  const page = await newPage();
  await took("page opened to first rows", () => goTo(page, `${address}/many`), firstRow(page, `many/${nameOf(0)}`));

  await page.goto(address);
  const link = page.locator(`${rowSelector}[data-path="many"] a`).filter({ visible: true });
  await link.waitFor();
  await took("folder opened to first rows", () => link.click(), firstRow(page, `many/${nameOf(0)}`));
  await took("then to all entries", async () => {}, counted(page, entries));
  const grid = page.getByRole("grid");
  await grid.focus();
  await took("End to the last row", () => page.keyboard.press("End"), shown(page, nameOf(entries - 1)));
  await took("Home to the first row", () => page.keyboard.press("Home"), shown(page, nameOf(0)));
  await took("name typed to its row", () => page.keyboard.type("file-07"), shown(page, nameOf(70_000)));
  const sortBy = (column: string) => page.getByRole("columnheader", { name: column }).getByRole("button").click();
  // The largest first, and of those the last name.
  await took("sorted by size", () => sortBy("Size"), firstRow(page, `many/${nameOf(99_998)}`));
  await sortBy("Name");
  await firstRow(page, `many/${nameOf(0)}`)();
  const filter = page.getByRole("searchbox", { name: "Filter this folder" });
  await took("filter typed to its rows", () => filter.pressSequentially("99999"), counted(page, 1));
  await filter.fill("");
  await counted(page, entries)();
  await grid.focus();
  const all = page.getByText("100,000 selected");
  await took(
    "Ctrl+A to all selected",
    () => page.keyboard.press("Control+a"),
    () => all.waitFor(),
  );
  await page.keyboard.press("Escape");
  const { still, frames, blank } = await scrollThrough(page);
  add("still", percentile(still, 0.95));
  add("scrolled, frame p95", percentile(frames, 0.95));
  add("scrolled, longest frame", Math.max(...frames));
  add("blank", (blank / frames.length) * 100);
  await page.context().close();
}

function firstRow(page: Page, path: string) {
  return () =>
    page.waitForFunction(
      ([rows, wanted]) =>
        // Parts of a page that come late lie hidden beside their place for a moment.
        [...document.querySelectorAll<HTMLElement>(rows)]
          .filter((row) => row.getClientRects().length > 0)
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .some((row, at) => row.dataset.path === wanted && (at === 0 || wanted === "many")),
      [rowSelector, path] as const,
      { polling: "raf" },
    );
}

function shown(page: Page, name: string) {
  return () => page.waitForSelector(`${rowSelector}[data-path="many/${name}"]`, { state: "visible" });
}

function counted(page: Page, count: number) {
  const isCounted = (wanted: string) => document.querySelector("[role=grid]")?.ariaRowCount === wanted;
  return () => page.waitForFunction(isCounted, String(count + 1), { polling: "raf" });
}

/** From the top to the end in 300 frames: how long each took (and how long those of a still list), and in how many the middle was empty. */
function scrollThrough(page: Page): Promise<{ still: number[]; frames: number[]; blank: number }> {
  return page.evaluate(async () => {
    const grid = document.querySelector("[role=grid]");
    if (!grid) throw new Error("There is no list.");
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const { left, top, width, height } = grid.getBoundingClientRect();
    const still: number[] = [];
    const frames: number[] = [];
    let blank = 0;
    grid.scrollTop = 0;
    let before = await frame();
    const tick = async (into: number[]) => {
      const now = await frame();
      into.push(now - before);
      before = now;
    };
    for (let step = 0; step < 100; step++) await tick(still);
    for (let step = 1; step <= 300; step++) {
      grid.scrollTop = ((grid.scrollHeight - grid.clientHeight) * step) / 300;
      await tick(frames);
      if (!document.elementFromPoint(left + width / 2, top + height / 2)?.closest("[data-path]")) blank++;
    }
    return { still, frames, blank };
  });
}

const goals: Readonly<Record<string, number>> = {
  "page opened to first rows": 300,
  "folder opened to first rows": 1000,
  "scrolled, frame p95": 34,
};

/** What some of them are held against. */
const references: Readonly<Record<string, string>> = {
  "page opened to first rows": "short",
  "scrolled, frame p95": "still",
};

function toFigures({ blank = [], ...times }: Times): Figure[] {
  const asReference = new Set(Object.values(references));
  const waits = Object.entries(times).flatMap(([what, taken]): Figure[] => {
    if (asReference.has(what)) return [];
    const goal = goals[what];
    const reference = references[what];
    return [
      {
        name: `100,000 files: ${what}`,
        unit: "ms",
        ours: median(taken),
        reference: reference === undefined ? null : median(times[reference] ?? []),
        measure: reference === undefined ? "value" : "difference",
        goal: goal === undefined ? null : { kind: "at most", value: goal },
        note: "the references are a folder of three entries, and a list that stands still",
      },
    ];
  });
  const name = "100,000 files: frames of that scroll without rows";
  return [...waits, { name, unit: "%", ours: median(blank), reference: null, measure: "value", goal: null }];
}
