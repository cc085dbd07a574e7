// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { clearPage, find, show, type } from "@/test/render";
import { SearchField } from "./search-field";

afterEach(clearPage);

const field = () => find<HTMLInputElement>("input");
const props = { label: "Search", placeholder: "Search" };

it("tells once what was typed, when the typing pauses, without blanks around it", async () => {
  const heard: string[] = [];
  await show(<SearchField {...props} value="" onSearch={(value) => heard.push(value)} />);
  await type(field(), "ad");
  await type(field(), " ada ");
  expect(heard).toEqual([]);
  await vi.waitFor(() => expect(heard).toEqual(["ada"]));
  expect(field().value).toBe(" ada ");
});

it("shows a value that was set from outside, and does not tell it back", async () => {
  const heard: string[] = [];
  const onSearch = (value: string) => heard.push(value);
  await show(<SearchField {...props} value="ada" onSearch={onSearch} />);
  await show(<SearchField {...props} value="" onSearch={onSearch} />);
  expect(field().value).toBe("");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(heard).toEqual([]);
});
