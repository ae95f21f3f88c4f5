import { describe, expect, it } from "vitest";
import type { Level, TrendItem } from "./report_api";
import { criterionTrend, trendColumns, trendText } from "./trend";

function item(n: number, scenario: string, mean: number | null, levels: Record<string, Level | null> = {}): TrendItem {
  return {
    session_id: `s${n}`,
    at: `2026-11-0${n}T10:00:00Z`,
    scenario_id: scenario,
    scenario_title: scenario,
    difficulty: "standard",
    level_mean: mean,
    levels,
    titles: Object.fromEntries(Object.keys(levels).map((id) => [id, id.toUpperCase()])),
    pace_wpm: null,
  };
}

const ITEMS = [
  item(1, "feed", 2, { data: 2, scale: null }),
  item(2, "ads", 1.5),
  item(3, "feed", null, { data: null, scale: null }),
  item(4, "feed", 2.75, { data: 3, scale: 2 }),
];

it("tells the interviews of one scenario from the others, and keeps the gaps", () => {
  const columns = trendColumns(ITEMS, "feed");
  expect(columns.at[1]! - columns.at[0]!).toBe(86_400);
  expect(columns.all).toEqual([2, 1.5, null, 2.75]);
  expect(columns.same).toEqual([2, null, null, 2.75]);
  expect(columns.other).toEqual([null, 1.5, null, null]);
});

it("follows each criterion over the last interviews of its scenario", () => {
  const { interviews, criteria } = criterionTrend(ITEMS, "feed", 2);
  expect(interviews.map(({ session_id }) => session_id)).toEqual(["s3", "s4"]);
  expect(criteria).toEqual([
    { id: "data", title: "DATA", levels: [null, 3] },
    { id: "scale", title: "SCALE", levels: [null, 2] },
  ]);
});

describe("the sentence", () => {
  it("compares with the last interview that had a level", () => {
    expect(trendText(ITEMS, "s4")).toBe("On average 1.3 levels above the interview before.");
    expect(trendText(ITEMS, "s2")).toContain("0.5 of a level below");
  });

  it("does not make a trend of one interview, or of none before", () => {
    expect(trendText([item(1, "feed", 2)], "s1")).toContain("first interview");
    expect(trendText(ITEMS, "s1")).toContain("no earlier interview");
    expect(trendText(ITEMS, "s3")).toContain("no level of its own");
  });
});
