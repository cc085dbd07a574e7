import { expect, it } from "vitest";
import { readTrpcPath } from "./read-trpc-path";

it.each([
  ["/api/trpc/servers.list", "servers.list"],
  ["/api/trpc/a,b,c?batch=1&input=%7B%7D", "a,b,c"],
  ["/api/trpc/a%2Cb?batch=1", "a%2Cb"],
  [`/api/trpc/${Array(10).fill("a").join()}?batch=1`, Array(10).fill("a").join()],
  [`/api/trpc/${Array(11).fill("a").join()}`, Array(11).fill("a").join()],
  ["/api/trpc/", ""],
])("reads %s", (url, path) => {
  expect(readTrpcPath(url)).toBe(path);
});

it.each([
  `/api/trpc/${Array(11).fill("a").join()}?batch=1`,
  `/api/trpc/${Array(11).fill("a").join("%2C")}?batch=1`,
  `/api/trpc/${Array(11).fill("a").join("%2c")}?x&batch=1`,
  "/api/trpc/%",
  "/api/trpc/%ff?batch=1",
  "/api/trpc/a?connectionParams=1",
])("refuses %s", (url) => {
  expect(() => readTrpcPath(url)).toThrowError(expect.objectContaining({ code: "BAD_REQUEST" }));
});
