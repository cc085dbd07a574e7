import { it } from "vitest";
import { readImportGraph } from "./import-graph";
it("p", async () => {
  const t = performance.now();
  const g = await readImportGraph(["src", "scripts"]);
  console.log(g.length, performance.now() - t, g.reduce((s, f) => s + f.imports.length, 0));
  for (const f of g) for (const i of f.imports) if (!i.isTypeOnly && /import\b/.test("import") && i.names.length===0 && i.isFile) console.log(f.path, i.specifier, i.line);
});
