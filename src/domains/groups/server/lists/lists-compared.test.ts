import { it } from "vitest";
import { compareLists } from "@/test/compare-lists";

it("lists are the same by files, RCON and management service after every edit", () => compareLists(12, 1));
