import { expect, it } from "vitest";
import { setupFormSchema } from "@/domains/auth/ui/setup-form-schema";
import { createServerInputSchema } from "@/domains/servers/contract";
import messages from "@/i18n/messages/en.json";
import { zodResolver } from "./zod-resolver";

const options = { fields: {}, shouldUseNativeValidation: false };
const known = messages.common.validation as Record<string, string>;

async function errorsOf(schema: Parameters<typeof zodResolver>[0], values: Record<string, unknown>) {
  const { errors } = await zodResolver(schema)(values, undefined, options);
  return errors as Record<string, { message: string; values?: Record<string, number> } | undefined>;
}

it("hands over what was typed, as the schema reads it", async () => {
  const typed = { username: " admin ", password: "quiet lantern", passwordRepeat: "quiet lantern" };
  const { values, errors } = await zodResolver(setupFormSchema)(typed, undefined, options);
  expect(errors).toEqual({});
  expect(values).toEqual({ ...typed, username: "admin" });
});

it("names what is wrong with each field by a key, with its numbers", async () => {
  const errors = await errorsOf(setupFormSchema, { username: "a b", password: "short", passwordRepeat: "other" });
  expect(errors.username).toMatchObject({ message: "username_characters" });
  expect(errors.password).toMatchObject({ message: "too_short", values: { min: 8 } });
  expect(errors.passwordRepeat).toMatchObject({ message: "password_mismatch" });
});

it("says `required` for what is empty, whatever zod calls it", async () => {
  const errors = await errorsOf(setupFormSchema, { username: "", password: "", passwordRepeat: "" });
  expect([errors.username?.message, errors.password?.message]).toEqual(["required", "required"]);
  const server = await errorsOf(createServerInputSchema, {
    name: "",
    type: undefined,
    version: "",
    memoryMb: Number.NaN,
  });
  expect([server.name, server.type, server.version, server.memoryMb].map((error) => error?.message)).toEqual([
    "required",
    "required",
    "required",
    "required",
  ]);
});

it("has a sentence for every key that a server's form can produce", async () => {
  const hopeless = [
    {
      name: "x".repeat(61),
      type: "x",
      version: "1",
      memoryMb: 1,
      port: 80,
      acceptEula: "yes",
      tags: Array(21).fill("a"),
    },
    {
      name: "a\nb",
      memoryMb: 1.5,
      port: 99999,
      subdomain: "-x",
      properties: { "a b": "c" },
      jvmArgs: "x",
      javaMajor: "x",
    },
    {
      memoryMb: "much",
      properties: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, ""])),
      build: 1,
    },
  ];
  const keys = new Set<string>();
  const collect = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    const { message } = node as { message?: unknown };
    if (typeof message === "string") keys.add(message);
    else Object.values(node).forEach(collect);
  };
  for (const values of hopeless) collect(await errorsOf(createServerInputSchema, values));
  expect(keys.size).toBeGreaterThan(8);
  expect([...keys].filter((key) => !(key in known))).toEqual([]);
});
