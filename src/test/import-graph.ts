import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { build, type Metafile } from "esbuild";
import { maskComments } from "./mask-comments";

export const projectRoot = join(import.meta.dirname, "../..");

export interface Import {
  /** As written. */
  specifier: string;
  /** File of the project, from its root (`src/lib/cn.ts`), or the name of a package (`zod`, `next/link`, `node:fs`). */
  target: string;
  isFile: boolean;
  /** Gone at run time. */
  isTypeOnly: boolean;
  /** Names taken by a static import, without what is only a type; empty for `import "x"`, a namespace or a dynamic import. */
  names: readonly string[];
  line: number;
}

export interface SourceFile {
  /** From the project's root, with slashes. */
  path: string;
  text: string;
  imports: readonly Import[];
}

/** The TypeScript files below these folders, with what each of them imports. */
export async function readImportGraph(folders: readonly string[]): Promise<SourceFile[]> {
  const paths = folders.flatMap((folder) => listFiles(folder, /\.tsx?$/)).filter((path) => !path.endsWith(".d.ts"));
  const known = new Set(listFiles("src").concat(listFiles("scripts")));
  const inputs = await readValueImports(paths);
  return paths.map((path) => {
    const text = readFileSync(join(projectRoot, path), "utf8");
    const written = inputs[path]?.imports.map((found) => found.original ?? found.path) ?? [];
    // A star is what esbuild makes of a template: import(`./messages/${locale}.json`).
    const values = new Set(written.filter((specifier) => !specifier.includes("*")));
    const imports = scanImports(text).map(({ isTypeOnly, specifier, ...found }) => {
      const file = resolveFile(path, specifier, known);
      return {
        ...found,
        specifier,
        target: file ?? specifier,
        isFile: file !== null,
        isTypeOnly: isTypeOnly || !values.has(specifier),
      };
    });
    const missed = [...values].filter(
      (value) => !imports.some((found) => found.specifier === value && !found.isTypeOnly),
    );
    if (missed.length > 0) throw new Error(`${path}: the scanner overlooked an import of ${missed.join(", ")}`);
    return { path, text, imports };
  });
}

/** All files below a folder of the project, sorted. */
export function listFiles(folder: string, name = /./): string[] {
  const below = readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" });
  const paths = below.map((path) => `${folder}/${path.replaceAll("\\", "/")}`).filter((path) => name.test(path));
  return paths.filter((path) => statSync(join(projectRoot, path)).isFile()).sort();
}

/** What is left at run time, as a real parser sees it: the scanner below is held against it. */
async function readValueImports(paths: string[]): Promise<Metafile["inputs"]> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: paths,
    bundle: true,
    write: false,
    outdir: "nowhere",
    metafile: true,
    format: "esm",
    jsx: "preserve",
    logLevel: "silent",
    plugins: [{ name: "leave-all-out", setup: ({ onResolve }) => onResolve({ filter: /./ }, leaveOut) }],
  });
  return metafile.inputs;
}

function leaveOut({ kind, path }: { kind: string; path: string }) {
  return kind === "entry-point" ? undefined : { path, external: true };
}

const statement =
  /(?:^|;)[ \t]*(import|export)\b[ \t]*(type\b(?!\s*(?:from\b|,)))?([^"'`;=()]*?)\bfrom\s*(["'])([^"'\n]+)\4/gm;
const sideEffect = /(?:^|;)[ \t]*import\s*(["'])([^"'\n]+)\1/gm;
const dynamic = /\bimport\(\s*(["'`])([^"'`\n]+)\1\s*[,)]/g;

type Found = Pick<Import, "specifier" | "isTypeOnly" | "names" | "line">;

/** Every import and re-export that the text writes, `import("…")` in types included. */
export function scanImports(source: string): Found[] {
  const text = maskComments(source);
  const found: Found[] = [];
  const add = (at: number, specifier = "", isTypeOnly = false, names: readonly string[] = []) => {
    found.push({ specifier, isTypeOnly, names, line: text.slice(0, at).split("\n").length });
  };
  for (const match of text.matchAll(statement)) {
    add(match.index, match[5], match[2] !== undefined, readNames(match[3] ?? ""));
  }
  for (const match of text.matchAll(sideEffect)) add(match.index, match[2]);
  for (const match of text.matchAll(dynamic)) add(match.index, match[2]);
  return found;
}

function readNames(clause: string): string[] {
  const listed = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
  const names = listed.split(",").map((part) => part.trim());
  return names
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(/\s+as\s+/)[0] ?? name);
}

function resolveFile(from: string, specifier: string, known: ReadonlySet<string>): string | null {
  const isAlias = specifier.startsWith("@/");
  if (!isAlias && !specifier.startsWith(".")) return null;
  const path = isAlias ? `src/${specifier.slice(2)}` : posix.join(posix.dirname(from), specifier);
  const candidates = ["", ".ts", ".tsx", ".d.ts", "/index.ts", "/index.tsx"].map((ending) => path + ending);
  const file = candidates.find((candidate) => known.has(candidate));
  if (!file) throw new Error(`${from}: cannot find ${specifier}`);
  return file;
}
