import { expect, it } from "vitest";
import { EXPIRIES, expiryText, openedText, partsText } from "./share_words";

it("names what a link shows, always in the same order", () => {
  expect(partsText(["audio", "report"])).toBe("Report and recording");
  expect(partsText(["transcript", "audio", "report"])).toBe("Report, transcript and recording");
  expect(partsText(["transcript"])).toBe("Transcript");
});

it("says how long it is good and how often it was opened", () => {
  expect(expiryText(null, String)).toBe("until you take it back");
  expect(expiryText("2026-11-30", String)).toBe("until 2026-11-30");
  expect([0, 1, 5].map(openedText)).toEqual(["not opened yet", "opened once", "opened 5 times"]);
  expect(EXPIRIES.map(({ seconds }) => seconds)).toContain(604_800);
});
