import { expect, it } from "vitest";
import { readUsersFilter, usersListInput, writeUsersFilter } from "./users-filter";

const read = (query: string) => readUsersFilter(new URLSearchParams(query));

it("reads what it wrote", () => {
  const filter = { search: "ada & bob", role: "operator", state: "waiting" } as const;
  expect(read(writeUsersFilter(filter).toString())).toEqual(filter);
});

it("leaves out what an address cannot mean", () => {
  expect(read("role=god&state=&q=%20")).toEqual({ search: "", role: null, state: null });
  expect(read(`q=${"x".repeat(90)}`).search).toHaveLength(64);
});

it("writes nothing for no filter and asks only for what is set", () => {
  expect(writeUsersFilter(read("")).toString()).toBe("");
  expect(usersListInput(read(""))).toEqual({ limit: 50 });
  expect(usersListInput(read("state=rejected"))).toEqual({ limit: 50, state: "rejected" });
});
