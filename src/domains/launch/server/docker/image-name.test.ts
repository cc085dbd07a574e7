import { expect, it } from "vitest";
import { imageName, registryOf } from "./image-name";

const usual = "itzg/minecraft-server";

it.each([
  [7, "java8"],
  [8, "java8"],
  [16, "java16"],
  [17, "java17"],
  [18, "java21"],
  [21, "java21"],
  [25, "java25"],
  [29, "java29"],
])("takes for Java %i the lowest tag that satisfies it: %s", (major, tag) => {
  expect(imageName(usual, major)).toBe(`${usual}:${tag}`);
});

it("takes a name with a tag or a digest as it is, and is not misled by a registry's port", () => {
  expect(imageName(`${usual}:2026.1.0`, 21)).toBe(`${usual}:2026.1.0`);
  expect(imageName(`${usual}@sha256:00`, 21)).toBe(`${usual}@sha256:00`);
  expect(imageName(`registry.test:5000/${usual}`, 21)).toBe(`registry.test:5000/${usual}:java21`);
});

it("knows the registry that a login is for", () => {
  expect(registryOf(`${usual}:java21`)).toBe("https://index.docker.io/v1/");
  expect(registryOf("minecraft")).toBe("https://index.docker.io/v1/");
  expect(registryOf(`registry.test/${usual}`)).toBe("registry.test");
  expect(registryOf(`localhost/${usual}`)).toBe("localhost");
  expect(registryOf(`127.0.0.1:5000/${usual}`)).toBe("127.0.0.1:5000");
});
