import { expect, it } from "vitest";
import { fromZonedText, toZonedText } from "./zoned-time";

it("goes from a moment to the clocks of a zone and back", () => {
  for (const zone of ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]) {
    for (const at of ["2026-01-15T00:00:00Z", "2026-07-15T23:59:00Z", "2026-12-31T20:15:00Z"]) {
      expect(fromZonedText(toZonedText(new Date(at), zone), zone)?.toISOString(), `${zone} ${at}`).toBe(
        new Date(at).toISOString(),
      );
    }
  }
  expect(toZonedText(new Date("2026-01-01T00:00:00Z"), "Asia/Tokyo")).toBe("2026-01-01T09:00");
});

it("holds around clock changes", () => {
  expect(fromZonedText("2026-03-29T01:59", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T00:59:00.000Z");
  expect(fromZonedText("2026-03-29T03:00", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T01:00:00.000Z");
  expect(fromZonedText("2026-10-25T03:00", "Europe/Berlin")?.toISOString()).toBe("2026-10-25T02:00:00.000Z");
});

it("is null for what is no time", () => {
  for (const text of ["", "2026-01-01", "2026-13-01T00:00", "yesterday"]) expect(fromZonedText(text, "UTC")).toBeNull();
});
