import { expect, it } from "vitest";
import { faultyFields } from "./apply-server-faults";

const text = (code: string) => ({ code, text: "…", requestId: null });
const fields = ["name", "port", "jvmArgs"];

it("finds the field by the code, in a failed call and in a job", () => {
  const call = { data: { error: { code: "PORT_TAKEN", message: "", details: { category: "CONFLICT", port: 25565 } } } };
  expect(faultyFields({ error: call, text: text("PORT_TAKEN"), fields })).toEqual(["port"]);
  const job = { code: "PORT_TAKEN", message: "", details: {} };
  expect(faultyFields({ error: job, text: text("PORT_TAKEN"), fields })).toEqual(["port"]);
});

it("finds fields by the issues of a validation, each once", () => {
  const details = {
    issues: [{ path: ["jvmArgs", 0] }, { path: ["name"] }, { path: ["jvmArgs", 1] }, { path: ["unknown"] }],
  };
  const error = { code: "VALIDATION_FAILED", message: "", details };
  expect(faultyFields({ error, text: text("VALIDATION_FAILED"), fields })).toEqual(["jvmArgs", "name"]);
});

it("finds none where the form has no such field", () => {
  expect(faultyFields({ error: null, text: text("NETWORK"), fields })).toEqual([]);
  expect(faultyFields({ error: {}, text: text("SUBDOMAIN_TAKEN"), fields })).toEqual([]);
});
