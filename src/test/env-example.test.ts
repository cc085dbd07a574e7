import { expect, it } from "vitest";
import { parseEnv } from "@/server/env";
import { settingsTable } from "@/server/settings-table";
import { renderEnvExample } from "./env-example";

/** The lines of the file as variables, as if somebody had removed every "#". */
function variablesOf(text: string): Record<string, string> {
  const lines = [...text.matchAll(/^# ([A-Z0-9_]+)=(.*)$/gm)];
  return Object.fromEntries(lines.map(([, name = "", value = ""]) => [name, value]));
}

it(".env.example is what the settings say (write it anew: npx vitest run src/test/env-example.test.ts -u)", async () => {
  await expect(renderEnvExample()).toMatchFileSnapshot("../../.env.example");
});

it("names every setting, and shows true defaults", () => {
  const variables = variablesOf(renderEnvExample());
  const files = Object.entries(settingsTable).flatMap(([name, setting]) =>
    "isSecret" in setting ? [`${name}_FILE`] : [],
  );
  expect(Object.keys(variables).sort()).toEqual([...Object.keys(settingsTable), ...files, "JAVA_21_PATH"].sort());
  expect(parseEnv(variables as unknown as NodeJS.ProcessEnv)).toEqual(parseEnv({} as NodeJS.ProcessEnv));
});
