import { describe, expect, it } from "vitest";
import type { CriterionScore, Evidence, SegmentTime } from "./report_api";
import {
  againstPlan,
  assistance,
  isQuoted,
  levelsText,
  levelText,
  meanOf,
  measureText,
  otherViews,
  placeOf,
  sessionLevelsText,
  soundMissing,
  spreadText,
  whyNotAssessed,
} from "./report_words";

const said = (hints: number): Evidence => ({ turn: 1, quote: "a queue", start_ms: 0, end_ms: 900, hints });

function score(given: Partial<CriterionScore>): CriterionScore {
  return {
    id: "data",
    title: "Data",
    judge: "built_in",
    standing: "scored",
    level: 3,
    unassisted: 3,
    reason: "",
    missing: "",
    next_step: "",
    spread: null,
    evidence: [said(0)],
    ...given,
  };
}

describe("a level", () => {
  it("has a name beside its number", () => {
    expect(levelText(1)).toBe("Level 1 of 4, beginning");
    expect(levelText(4)).toBe("Level 4 of 4, strong");
    expect(levelText(null)).toBe("Not assessed");
  });

  it("that is not given says why, each reason apart", () => {
    const reasons = (["not_asked", "not_answered", "no_evidence", "failed"] as const).map(whyNotAssessed);
    expect(new Set(reasons).size).toBe(4);
    expect(reasons[0]).toContain("never asked");
    expect(reasons[1]).toContain("was asked");
    expect(whyNotAssessed("scored")).toBe("");
  });

  it("reached with hints shows what it is without them", () => {
    expect(assistance(score({}))).toBeNull();
    const helped = assistance(score({ unassisted: 2, evidence: [said(0), said(2)] }));
    expect(helped).toEqual({ level: 2, text: "Reached with hints. Without them: level 2, partial." });
    expect(assistance(score({ unassisted: null, evidence: [said(1)] }))?.level).toBeNull();
  });

  it("says how far repeated judgements lay apart", () => {
    expect(spreadText(null)).toBe("");
    expect(spreadText(0)).toContain("each time");
    expect(spreadText(2)).toContain("2 apart");
  });
});

describe("all levels", () => {
  it("are averaged over what was assessed alone", () => {
    const { mean, given } = meanOf([score({ level: 2 }), score({ level: 3 }), score({ level: null })]);
    expect([mean, given]).toEqual([2.5, 2]);
    expect(meanOf([score({ level: null })])).toEqual({ mean: null, given: 0 });
  });

  it("read as a sentence, and as nothing before there is a report", () => {
    expect(levelsText(2.64, 5, 7)).toBe("2.6 of 4 on average; 5 of 7 criteria assessed");
    expect(levelsText(null, 0, 7)).toBe("0 of 7 criteria assessed");
    expect(sessionLevelsText({})).toBe("");
  });

  it("of the other judges are found by criterion", () => {
    const judge = { id: "model", label: "A model", limits: "", state: "done" as const, problem: "" };
    const mine = score({ judge: "model" });
    expect(otherViews({ judges: [judge], others: [mine, score({ id: "scale", judge: "model" })] }, "data")).toEqual([
      { judge, score: mine },
    ]);
  });
});

it("writes a measure with its unit, or that there is none", () => {
  expect(measureText({ value: 127.6, unit: "words a minute" })).toBe("128 words a minute");
  expect(measureText({ value: 1.44, unit: "s" })).toBe("1.4 s");
  expect(measureText({ value: 3, unit: "" })).toBe("3");
  expect(measureText({ value: null, unit: "s" })).toBe("Not measured");
});

it("holds the time spent against the plan", () => {
  expect(againstPlan({ planned_s: 600, spent_s: 0 })).toBe("Not reached");
  expect(againstPlan({ planned_s: 600, spent_s: 640 })).toBe("As planned");
  expect(againstPlan({ planned_s: 600, spent_s: 840 })).toBe("4 min longer");
  expect(againstPlan({ planned_s: 600, spent_s: 300 })).toBe("5 min shorter");
});

describe("the place of a moment", () => {
  const segment = (start: number | null, end: number | null, spent: number): SegmentTime => ({
    id: "a",
    title: "A",
    planned_s: 60,
    spent_s: spent,
    start_ms: start,
    end_ms: end,
  });
  // The second segment holds 100 s of pause.
  const segments = [segment(10_000, 70_000, 60), segment(70_000, 230_000, 60), segment(null, null, 0)];

  it("is a share of the time spent, and a pause takes no more room than its segment", () => {
    expect(placeOf(10_000, segments)).toBe(0);
    expect(placeOf(40_000, segments)).toBe(0.25);
    expect(placeOf(150_000, segments)).toBe(0.75);
    expect(placeOf(900_000, segments)).toBe(1);
  });

  it("is none before the first segment", () => {
    expect(placeOf(5_000, segments)).toBeNull();
    expect(placeOf(5_000, [])).toBeNull();
  });
});

it("says why a moment cannot be heard", () => {
  expect(soundMissing("ready")).toBe("");
  expect(soundMissing("joining")).toContain("still");
  expect(soundMissing("deleted")).toContain("deleted");
  expect(soundMissing(null)).toContain("not recorded");
  expect(soundMissing(undefined)).toContain("not recorded");
});

it("knows a sentence that only repeats its quote", () => {
  expect(isQuoted("A queue.", [said(0)])).toBe(true);
  expect(isQuoted("A queue and a cache.", [said(0)])).toBe(false);
  expect(isQuoted("A queue.", [])).toBe(false);
});
