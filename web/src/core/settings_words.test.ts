import { describe, expect, it } from "vitest";

import type { Field } from "./settings_api";
import { listText, type Names, rateText, readBuffer, valueText } from "./settings_words";

const NAMES: Names = {
  scenarios: [{ id: "ads", title: "Ads ranking" }],
  voices: [{ id: "amy", title: "Amy" }],
  difficulties: [{ id: "standard", name: "Standard" }, { id: "staff", name: "Staff" }],
  tones: [{ id: "warm", name: "Warm" }],
};

it.each<[Field, unknown, string]>([
  ["scenario_id", "ads", "Ads ranking"],
  ["scenario_id", "gone", "gone"],
  ["scenario_id", null, "the suggested one"],
  ["voice", "amy", "Amy"],
  ["voice", null, "the usual one"],
  ["difficulty", null, "standard"],
  ["difficulty", "staff", "staff"],
  ["tone", "warm", "warm"],
  ["digest", "weekly", "weekly"],
  ["captions", false, "off"],
  ["segment_seconds", [300, 450, 600], "5, 7.5 and 10 minutes"],
  ["segment_seconds", null, "the interview's own"],
  ["buffer_seconds", 60, "a minute"],
  ["buffer_seconds", 300, "5 minutes"],
  ["speaking_rate", 0.9, "10 % slower"],
  ["reminder_days", null, "never"],
  ["reminder_days", 1, "after a day"],
  ["reminder_days", 45, "after 45 days"],
  ["time_zone", "Europe/Berlin", "Europe/Berlin"],
])("%s %j is said as %j", (field, value, text) => {
  expect(valueText(field, value, NAMES)).toBe(text);
});

describe("readBuffer", () => {
  it.each([
    ["5", 300],
    ["2,5", 150],
    ["0", 0],
    ["30", 1800],
  ])("takes %j", (text, seconds) => {
    expect(readBuffer(text)).toEqual({ seconds, problem: "" });
  });

  it.each(["", "ten", "-1", "31", "Infinity"])("refuses %j with a word", (text) => {
    expect(readBuffer(text).problem).not.toBe("");
  });
});

it("says rates and lists in words", () => {
  expect(rateText(1)).toBe("as usual");
  expect(rateText(1.25)).toBe("25 % faster");
  expect(listText(["a"])).toBe("a");
  expect(listText([])).toBe("");
});
