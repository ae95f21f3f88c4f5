import type { Scenario } from "./api";
import type { Settings } from "./settings_api";

export interface StartDefaults {
  scenario: Scenario | undefined;
  difficulty: string;
  tone: string;
  /** Seconds for each part; null for the scenario's own. */
  lengths: number[] | null;
}

/** What the start page begins with. `settings` null: they could not be read. */
export function startDefaults(scenarios: readonly Scenario[], settings: Settings | null): StartDefaults {
  const wanted = scenarios.find((one) => one.id === settings?.scenario_id);
  return {
    scenario: wanted ?? scenarios.find((one) => one.default) ?? scenarios[0],
    difficulty: settings?.difficulty ?? "standard",
    tone: settings?.tone ?? "warm",
    lengths: settings?.segment_seconds ?? null,
  };
}

/** Seconds for each part of `scenario`: the settings' where they fit its parts, else its own. */
export function lengthsFor(scenario: Scenario, lengths: readonly number[] | null): number[] {
  const own = scenario.segments.map((segment) => segment.seconds);
  return lengths?.length === own.length ? [...lengths] : own;
}

/** `wanted` where the scenario offers it, or else the usual one. */
export function offeredDifficulty(scenario: Scenario, wanted: string): string {
  const offered = scenario.difficulties;
  if (offered.includes(wanted)) return wanted;
  return offered.includes("standard") ? "standard" : (offered[0] ?? "standard");
}
