import { expect, it } from "vitest";
import { builders, type Exceptions, homes, libPackages, repositories } from "./architecture-exceptions";
import { type Import, readImportGraph, type SourceFile, scanImports } from "./import-graph";
import { maskComments } from "./mask-comments";

const graph = await readImportGraph(["src", "scripts"]);

/** Tests and what only tests use: they may build and reach everything. */
const isForTests = (path: string) =>
  /\.test\.tsx?$|^src\/test\/|\/(?:fake-[^/]+|launch-contract|host-harness|docker-harness|own-engine-harness)\.ts$/.test(
    path,
  );
const product = graph.filter(({ path }) => !isForTests(path));

/** `contract.ts` and its neighbours: the room of a domain that browser, scripts and server share. */
const isContract = (path: string) => /^src\/domains\/[^/]+\/[^/]+\.ts$/.test(path);
const isLib = (path: string) => path.startsWith("src/lib/");
const isDomainServer = (path: string) => /^src\/domains\/[^/]+\/server\//.test(path);
const isServer = (path: string) => path.startsWith("src/server/") || isDomainServer(path) || path === "src/main.ts";
const isRouter = (path: string) => /^src\/domains\/[^/]+\/server\/router\.ts$/.test(path);
const isApp = (path: string) => path.startsWith("src/app/");
const isUi = (path: string) => /^src\/(?:domains\/[^/]+\/ui|components)\//.test(path);
const isClientPart = (file: SourceFile) => isApp(file.path) && /^["']use client["']/m.test(file.text);
const isPage = (path: string) => isApp(path) || path.startsWith("src/i18n/");
const domainOf = (path: string) => /^src\/domains\/([^/]+)\//.exec(path)?.[1];
const isServerPackage = (name: string) =>
  name.startsWith("node:") ||
  name === "next" ||
  homes.some(({ library }) => library.test(name) && name !== "superjson");

interface Rule {
  from(file: SourceFile): boolean;
  /** True for an import that the rule forbids. */
  forbids(target: string, found: Import, file: SourceFile): boolean;
  except?: Exceptions;
  /** What stands behind the arrow; the import's target unless said otherwise. */
  nameOf?(found: Import): string[];
}

/** Every breach of a rule as `file:line → target`, and every exception that is not needed any more. */
function breaches({ from, forbids, except = {}, nameOf = (found) => [found.target] }: Rule): string[] {
  const unused = new Set(Object.keys(except));
  const found: string[] = [];
  for (const file of product.filter(from)) {
    for (const entry of file.imports.filter((candidate) => forbids(candidate.target, candidate, file))) {
      for (const name of nameOf(entry)) {
        const key = `${file.path} → ${name}`;
        if (key in except) unused.delete(key);
        else found.push(`${file.path}:${entry.line} → ${name}`);
      }
    }
  }
  return [...found, ...[...unused].map((key) => `exception without need: ${key}`)];
}

it("reads imports of every form, and nothing out of comments, strings and templates", () => {
  const source = [
    'import type { A } from "a"; // import "no"',
    'import { type B, c as d } from "b";\nimport "side";\nexport * from "all";\nexport { e } from "e";',
    'import f, {\n  g,\n} from "g";',
    'type H = import("h").H; const i = await import("i");',
    'const text = `import "no"`; const quoted = "import { no } from \'no\'"; const pattern = /["\'`]/;',
    '/* import "no" */ import type J from "j";',
  ].join("\n");
  const found = scanImports(source).map(({ specifier, isTypeOnly, names }) => [specifier, isTypeOnly, names.join()]);
  expect(found.sort()).toEqual([
    ["a", true, "A"],
    ["all", false, ""],
    ["b", false, "c"],
    ["e", false, "e"],
    ["g", false, "g"],
    ["h", false, ""],
    ["i", false, ""],
    ["j", true, ""],
    ["side", false, ""],
  ]);
});

it("1. contracts and lib know zod, contracts and lib", () => {
  const forbids = (target: string) => target !== "zod" && !isContract(target) && !isLib(target);
  expect(breaches({ from: ({ path }) => isContract(path) || isLib(path), forbids, except: libPackages })).toEqual([]);
});

it("2. what runs in the browser takes only types of the server", () => {
  const forbids = (target: string, { isTypeOnly }: Import) =>
    !isTypeOnly && (isServer(target) || isServerPackage(target));
  expect(breaches({ from: (file) => isUi(file.path) || isClientPart(file), forbids })).toEqual([]);
  expect(
    breaches({
      from: ({ path }) => path.startsWith("src/trpc/"),
      forbids: (target, found) => !found.isTypeOnly && isServer(target),
    }),
  ).toEqual([]);
});

it("3. verbs know neither the container nor tRPC, Next or React", () => {
  const ends = /^src\/server\/(?:container|boot|shutdown|create-bridge|next-handler)\.ts$/;
  const needed = /^src\/server\/(?:env|bridge|trpc\/.*)\.ts$/;
  const frames = /^(?:next|react|react-dom|@trpc)(?:\/|$)/;
  const forbids = (target: string, { isTypeOnly }: Import) =>
    ends.test(target) ||
    frames.test(target) ||
    (!isTypeOnly && needed.test(target)) ||
    isUi(target) ||
    isPage(target) ||
    target.startsWith("src/trpc/");
  expect(breaches({ from: ({ path }) => isDomainServer(path) && !isRouter(path), forbids })).toEqual([]);
  const takesOthers = (target: string, found: Import, { path }: SourceFile) =>
    !found.isTypeOnly && /\/server\/(?:[a-z-]+-)?repository\.ts$/.test(target) && domainOf(target) !== domainOf(path);
  expect(breaches({ from: ({ path }) => isDomainServer(path), forbids: takesOthers, except: repositories })).toEqual(
    [],
  );
});

it("4. routers know their verbs, contracts and tRPC, and nothing that reads or writes", () => {
  const forbids = (target: string, { isTypeOnly }: Import, { path }: SourceFile) => {
    const isOwnVerb =
      isDomainServer(target) &&
      domainOf(target) === domainOf(path) &&
      !/\/(?:(?:[a-z-]+-)?repository|table)\.ts$/.test(target);
    const isFrame = target.startsWith("src/server/trpc/") || target === "@trpc/server";
    return !isTypeOnly && !isOwnVerb && !isFrame && !isContract(target) && !isLib(target) && target !== "zod";
  };
  expect(breaches({ from: ({ path }) => isRouter(path), forbids })).toEqual([]);
});

it("5. adapters are built by container.ts and main.ts alone", () => {
  const roots = new Set(["src/server/container.ts", "src/main.ts"]);
  const built = product
    .filter(({ path }) => roots.has(path))
    .flatMap(({ imports }) => imports.flatMap(({ names }) => names));
  const adapters = new Set(
    built.filter((name) => /^(?:create[A-Z]|connectDatabase$|startEmbedded$|openDataDir$)/.test(name)),
  );
  for (const name of ["createRconClient", "createManagementClient", "createHostStrategy", "createGuardedFetch"])
    adapters.add(name);
  const namesOf = ({ names }: Import) => names.filter((name) => adapters.has(name));
  const forbids = (_target: string, found: Import) => namesOf(found).length > 0;
  expect(adapters.size).toBeGreaterThan(15);
  // A command is a program of its own, with its own root.
  const isRoot = (path: string) => roots.has(path) || path.startsWith("src/commands/");
  expect(breaches({ from: ({ path }) => !isRoot(path), forbids, nameOf: namesOf, except: builders })).toEqual([]);
});

it("5. each library is used where it is at home", () => {
  const forbids = (target: string, { isTypeOnly }: Import, { path }: SourceFile) =>
    !isTypeOnly && homes.some(({ library, home }) => library.test(target) && !home.test(path));
  expect(breaches({ from: ({ path }) => path.startsWith("src/"), forbids })).toEqual([]);
});

it("5. components ask with the hooks of trpc/use-query.ts, which keep to what was drawn while a page is taken over", () => {
  const own = new Set(["useQuery", "useInfiniteQuery", "useQueries", "useSuspenseQuery", "HydrationBoundary"]);
  const namesOf = ({ names }: Import) => names.filter((name) => own.has(name));
  const forbids = (target: string, found: Import) => target === "@tanstack/react-query" && namesOf(found).length > 0;
  expect(breaches({ from: ({ path }) => !path.startsWith("src/trpc/"), forbids, nameOf: namesOf })).toEqual([]);
});

it("6. env.ts alone reads the environment, and pages reach the server through the bridge", () => {
  const readers = product.filter(
    ({ path, text }) => path.startsWith("src/") && /\bprocess\s*\.\s*env\b|\bprocess\[/.test(maskComments(text)),
  );
  expect(readers.map(({ path }) => path)).toEqual(["src/server/env.ts"]);
  const forbids = (target: string, { isTypeOnly }: Import) =>
    !isTypeOnly && isServer(target) && target !== "src/server/bridge.ts";
  expect(breaches({ from: ({ path }) => isPage(path), forbids })).toEqual([]);
  const entersPages = (target: string) => isPage(target) || isUi(target);
  expect(breaches({ from: ({ path }) => path.startsWith("src/server/"), forbids: entersPages })).toEqual([]);
});

/** Files and arithmetic, for scripts. */
const scriptParts = /^node:(?:util|crypto|fs|fs\/promises|path|readline|stream|stream\/promises)$/;

it("7. scripts know the client and contracts", () => {
  const allowed = (target: string) =>
    target.startsWith("src/trpc/") ||
    isContract(target) ||
    isLib(target) ||
    target === "yaml" ||
    scriptParts.test(target);
  expect(breaches({ from: ({ path }) => path.startsWith("scripts/"), forbids: (target) => !allowed(target) })).toEqual(
    [],
  );
});

it("8. no cycles", () => {
  const edges = new Map(
    graph.map(({ path, imports }) => [path, imports.filter((found) => found.isFile && !found.isTypeOnly)]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) return void cycles.push([...trail.slice(start), path].join(" → "));
    if (done.has(path)) return;
    for (const { target } of edges.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

it("8. nothing of the product needs what is for tests", () => {
  expect(breaches({ from: () => true, forbids: (target, { isFile }) => isFile && isForTests(target) })).toEqual([]);
});
