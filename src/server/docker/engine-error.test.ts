import { expect, it } from "vitest";
import { EngineError, toEngineError } from "./engine-error";

const address = "unix:///var/run/docker.sock";
const explain = (failure: object) => {
  const { code, message } = toEngineError(failure, address);
  return { code, message };
};

it("says how to get to an engine that cannot be reached", () => {
  const missing = { code: "UNREACHABLE", message: expect.stringContaining("set DOCKER_HOST") };
  expect(explain({ code: "ENOENT", message: "connect ENOENT" })).toEqual(missing);
  expect(explain({ code: "ECONNREFUSED", message: "connect ECONNREFUSED" })).toEqual(missing);
  const { message } = explain({ code: "EACCES", message: "connect EACCES" });
  expect(message).toContain("Add its user to the group");
  expect(explain(new Error("socket hang up"))).toMatchObject({
    code: "UNREACHABLE",
    message: expect.stringContaining("socket hang up"),
  });
});

it.each([
  ["driver failed programming external connectivity: Bind for 0.0.0.0:25565 failed: port is already allocated"],
  ["Error starting userland proxy: listen tcp4 0.0.0.0:25565: bind: address already in use"],
])("knows a taken port: %s", (text) => {
  expect(explain({ statusCode: 500, json: { message: text } }).code).toBe("PORT_TAKEN");
});

it("gives the engine's words without what the library puts in front, in one line and not too long", () => {
  expect(explain({ statusCode: 500, message: "(HTTP code 500) server error - no\nspace " }).message).toBe(
    "The Docker engine refused: no space",
  );
  expect(explain({ statusCode: 409, json: { message: "x".repeat(5000) } }).message.length).toBeLessThan(400);
  expect(explain({ statusCode: 404, json: { message: "No such container: a" } }).code).toBe("GONE");
  expect(explain({ statusCode: 403, json: { message: "denied" } }).code).toBe("DENIED");
});

it("leaves its own as they are", () => {
  const own = new EngineError("PULL_FAILED", "The image is gone.");
  expect(toEngineError(own, address)).toBe(own);
});
