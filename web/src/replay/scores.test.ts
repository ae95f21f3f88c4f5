import { expect, test } from "vitest";
import type { Scoring } from "../core/replay_api";
import type { CriterionScore, Judge } from "../core/report_api";
import { answered, compared, levelText, withScore } from "./scores";

const SCORING: Scoring = {
  blind: false,
  done: true,
  criteria: [{ id: "a", title: "Framing", levels: [] }, { id: "b", title: "Depth", levels: [] }],
  own: [{ criterion: "a", level: 3, note: "clear" }],
  others: [
    { author_name: "Ben", blind: true, imported: false, scores: [{ criterion: "b", level: 2, note: "" }] },
    { author_name: "Cy", blind: true, imported: true, scores: [] },
  ],
};

test("everybody's level of a criterion stands side by side, what is missing as not assessed", () => {
  const criteria = [{ id: "a", judge: "built_in", level: 2, reason: "thin" }] as CriterionScore[];
  const judges = [{ id: "built_in", label: "Built-in judge" }] as Judge[];
  const [first, second] = compared(SCORING, { criteria, judges });
  expect(first?.from).toEqual([
    { name: "You", level: 3, note: "clear" },
    { name: "Built-in judge", level: 2, note: "thin" },
    { name: "Ben", level: null, note: "" },
    { name: "Cy (taken in)", level: null, note: "" },
  ]);
  expect(second?.from.map((one) => one.name)).toEqual(["You", "Ben", "Cy (taken in)"]);
});

test("while others are hidden only one's own stands there", () => {
  expect(compared({ ...SCORING, others: null }, null)[0]?.from).toHaveLength(1);
});

test("a score takes the place of the one before, and an open criterion is no answer", () => {
  const scores = withScore(SCORING.own, { criterion: "a", level: null, note: "" });
  expect(scores).toEqual([{ criterion: "a", level: null, note: "" }]);
  expect(answered(SCORING, scores)).toBe(1);
  expect([levelText(null), levelText(4)]).toEqual(["Not assessed", "Level 4 of 4, strong"]);
});
