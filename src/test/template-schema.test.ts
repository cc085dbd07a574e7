import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { templateFileSchema } from "@/domains/servers/template-contract";
import { projectRoot } from "./import-graph";

it("the published schema of templates is the one that reads them", () => {
  const schema: unknown = JSON.parse(readFileSync(join(projectRoot, "docs/server-template.schema.json"), "utf8"));
  // After a change, this is what the file has to hold.
  expect(schema).toEqual(
    JSON.parse(JSON.stringify(z.toJSONSchema(templateFileSchema, { io: "input", unrepresentable: "any" }))),
  );
});
