import { expect, it } from "vitest";
import { causeParams } from "./cause-params";

it("fills what is missing, so that no sentence breaks, and keeps numbers readable", () => {
  const params = causeParams({ port: 25565, holder: "", howTo: { variable: "JAVA_21_PATH" }, secret: "x" });
  expect(params.port).toBe("25565");
  expect(params.holder).toBe("none");
  expect(params.needed).toBe("none");
  expect(params).not.toHaveProperty("secret");
});
