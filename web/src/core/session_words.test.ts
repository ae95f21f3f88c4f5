import { expect, it } from "vitest";

import { canGoIn, dayText, lengthOf, spentText } from "./session_words";

it.each([
  [0, "under a minute"],
  [29, "under a minute"],
  [31, "1 min"],
  [45 * 60, "45 min"],
  [3600, "1 h"],
  [3900, "1 h 5 min"],
  [59.6 * 60, "1 h"],
] as const)("%d s is %s", (seconds, text) => expect(spentText(seconds)).toBe(text));

it("writes a day as the locale does", () => {
  expect(dayText("2026-11-23T13:05:00Z", "en-GB", "UTC")).toBe("Mon, 23 Nov 2026, 13:05");
  expect(dayText("2026-11-23T13:05:00Z", "de-DE", "Europe/Berlin")).toContain("14:05");
  expect(dayText("never", "en-GB", "UTC")).toBe("");
});

it("takes the server's length, else adds up the parts", () => {
  const part = { id: "a", title: "A", planned_s: 60, allotted_s: 60, spent_s: 20, state: "done" } as const;
  expect(lengthOf({ segments: [part, part] })).toBe(40);
  expect(lengthOf({ segments: [part], length_s: 99 })).toBe(99);
});

it.each([
  ["created", true],
  ["live", true],
  ["paused", true],
  ["ended", false],
  ["scored", false],
  ["abandoned", false],
] as const)("one can go into one that is %s: %s", (state, can) => expect(canGoIn({ state })).toBe(can));
