import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { createTranslator } from "next-intl";
import en from "../../i18n/messages/en.json" with { type: "json" };
import ja from "../../i18n/messages/ja.json" with { type: "json" };
import { findInside } from "../program-remains";
import { startUpstreams, type Upstreams } from "../upstream-server";

export interface App {
  url: string;
  /** The set-up link of the first start. */
  setupLink: string;
  upstreams: Upstreams;
  /** Where it keeps everything, its database too. */
  dataDir: string;
  /** SIGKILL, and the same data folder again. */
  killAndRestart(): Promise<void>;
}

export type Say = (key: string, values?: Record<string, string | number>) => string;

interface Fixtures {
  say: Say;
  /** Fails when axe finds something serious on the page as it is. */
  checkAccess(page: Page): Promise<void>;
}

const startMs = 30_000;

/** One program of its own per language and width, from its first start on. */
export const test = base.extend<Fixtures, { app: App; programEnv: Record<string, string> }>({
  /** More environment variables for the program: `test.use({ programEnv: { … } })` at the top of a file. */
  programEnv: [{}, { option: true, scope: "worker" }],

  app: [
    async ({ programEnv }, use, { parallelIndex }) => {
      const dataDir = await mkdtemp(join(tmpdir(), "mcsd-browser-"));
      await chmod(dataDir, 0o711);
      const upstreams = await startUpstreams();
      const port = await freePort();
      const url = `http://localhost:${port}`;
      const env = {
        ...programEnv,
        PORT: String(port),
        HOST: "127.0.0.1",
        DATA_DIR: dataDir,
        MOJANG_API_ENABLED: "false",
        // Programs that run beside each other give out ports of their own.
        PORT_RANGE: `${26565 + 100 * parallelIndex}-${26664 + 100 * parallelIndex}`,
      };
      let program = await startProgram({ ...env, ...upstreams.env }, url);
      const app: App = {
        url,
        setupLink: /http:\S+\/setup\?secret=\S+/.exec(program.output())?.[0] ?? "",
        upstreams,
        dataDir,
        async killAndRestart() {
          await program.end("SIGKILL");
          program = await startProgram({ ...env, ...upstreams.env }, url);
        },
      };
      await use(app);
      await program.end("SIGTERM");
      await upstreams.close();
      // A test that failed half-way leaves its servers running, as they should outlive the dashboard.
      for (const pid of await findInside(dataDir)) process.kill(pid, "SIGKILL");
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: "worker", timeout: startMs * 2 },
  ],

  baseURL: async ({ app }, use) => use(app.url),

  page: async ({ page }, use) => {
    await use(asPeopleSee(page));
  },

  say: async ({ locale }, use) => {
    const isJapanese = locale?.startsWith("ja") ?? false;
    const onError = (error: Error) => {
      throw error;
    };
    const translate = createTranslator({ locale: isJapanese ? "ja" : "en", messages: isJapanese ? ja : en, onError });
    await use((key, values) => translate(key as never, values as never));
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  checkAccess: async ({}, use) => {
    await use(async (page) => {
      // A page that is just being refreshed lacks its title for a moment; what is wrong for longer is wrong.
      await expect(async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
      }).toPass({ timeout: 20_000 });
    });
  },
});

/** A page whose tests look for what can be seen, and act on it once it can be used. For every page beside the first one too. */
export function asPeopleSee(page: Page): Page {
  // Parts of a page that come late lie hidden beside their place for a moment: what nobody sees is not looked for.
  const { getByText, getByLabel } = page;
  page.getByText = (...wanted) => getByText.apply(page, wanted).filter({ visible: true });
  page.getByLabel = (...wanted) => getByLabel.apply(page, wanted).filter({ visible: true });
  // A click before React has taken the page over is lost, as a person sees and does again.
  for (const name of ["goto", "reload"] as const) {
    const navigate = page[name].bind(page) as (...args: unknown[]) => ReturnType<Page["goto"]>;
    page[name] = async (...args: unknown[]) => {
      const answer = await navigate(...args);
      await untilTakenOver(page);
      return answer;
    };
  }
  return page;
}

/** Waits until every visible button and link of React's belongs to it. */
export async function untilTakenOver(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll("button, a, input")].every(
        (element) =>
          !element.checkVisibility() ||
          element.closest(".cm-editor") !== null ||
          Object.keys(element).some((key) => key.startsWith("__reactProps")),
      ),
    undefined,
    { timeout: 15_000 },
  );
}

async function startProgram(env: Record<string, string>, url: string) {
  const child = spawn(process.execPath, ["dist/main.js"], {
    env: { ...process.env, ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const exited = once(child, "exit");
  const isHealthy = () =>
    fetch(`${url}/api/v1/health`).then(
      (reply) => reply.ok,
      () => false,
    );
  const deadline = Date.now() + startMs;
  while (!(await isHealthy())) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`mcsd did not become healthy:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    output: () => output,
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
