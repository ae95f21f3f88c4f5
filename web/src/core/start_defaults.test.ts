import { describe, expect, it } from "vitest";

import type { Scenario } from "./api";
import type { Settings } from "./settings_api";
import { lengthsFor, offeredDifficulty, startDefaults } from "./start_defaults";

const scenario = (id: string, isDefault: boolean, difficulties = ["guided", "standard"]): Scenario => ({
  id,
  title: id,
  summary: "",
  default: isDefault,
  difficulties,
  segments: [60, 120].map((seconds, index) => ({ id: `p${index}`, title: "", seconds, purpose: "" })),
});
const SCENARIOS = [scenario("ads", false), scenario("search", true)];
const settings = (some: Partial<Settings>) => some as Settings;

describe("startDefaults", () => {
  it("takes what the settings say", () => {
    const chosen = settings({ scenario_id: "ads", difficulty: "guided", tone: "direct", segment_seconds: [1, 2] });
    expect(startDefaults(SCENARIOS, chosen)).toEqual({
      scenario: SCENARIOS[0],
      difficulty: "guided",
      tone: "direct",
      lengths: [1, 2],
    });
  });

  it("does without settings, and with a scenario that is no longer there", () => {
    const plain = { scenario: SCENARIOS[1], difficulty: "standard", tone: "warm", lengths: null };
    expect(startDefaults(SCENARIOS, null)).toEqual(plain);
    expect(startDefaults(SCENARIOS, settings({ scenario_id: "gone", difficulty: null, tone: "warm" }))).toEqual(plain);
    expect(startDefaults([], null).scenario).toBeUndefined();
  });
});

it("uses lengths that fit the scenario's parts only", () => {
  expect(lengthsFor(SCENARIOS[0]!, [5, 6])).toEqual([5, 6]);
  expect(lengthsFor(SCENARIOS[0]!, [5, 6, 7])).toEqual([60, 120]);
  expect(lengthsFor(SCENARIOS[0]!, null)).toEqual([60, 120]);
});

it("falls back on a difficulty that the scenario offers", () => {
  expect(offeredDifficulty(SCENARIOS[0]!, "guided")).toBe("guided");
  expect(offeredDifficulty(SCENARIOS[0]!, "staff")).toBe("standard");
  expect(offeredDifficulty(scenario("x", false, ["senior"]), "staff")).toBe("senior");
});
