import { expect, it } from "vitest";
import type { Share } from "./replay_api";
import { EXPIRIES, partsText, shareText } from "./share_words";

const LINK: Share = {
  id: "a",
  label: "",
  parts: ["audio", "report"],
  may_comment: false,
  blind: false,
  active: true,
  opened: 0,
  expires_at: "2026-11-30",
  revoked_at: null,
};

it("names what a link shows, always in the same order", () => {
  expect(partsText(["audio", "report"])).toBe("Report and recording");
  expect(partsText(["comments", "transcript", "audio", "report"])).toBe("Report, transcript, recording and comments");
  expect(partsText(["transcript"])).toBe("Transcript");
});

it.each([
  [{}, "Report and recording · until 2026-11-30 · not opened yet"],
  [{ opened: 1 }, "Report and recording · until 2026-11-30 · opened once"],
  [{ opened: 5, active: false }, "Report and recording · over · opened 5 times"],
  [{ opened: 5, active: false, revoked_at: "2026-11-24" }, "Report and recording · taken back · opened 5 times"],
  [{ may_comment: true }, "Report and recording · may comment and score · until 2026-11-30 · not opened yet"],
  [
    { may_comment: true, blind: true, parts: ["audio"] },
    "Recording · may score, before seeing the report · until 2026-11-30 · not opened yet",
  ],
] satisfies [Partial<Share>, string][])("says of %j: %s", (given, text) => {
  expect(shareText({ ...LINK, ...given }, String)).toBe(text);
});

it("offers no link that is good for more than a year, which the server refuses", () => {
  expect(Math.max(...EXPIRIES.map(({ seconds }) => seconds))).toBe(365 * 86_400);
});
