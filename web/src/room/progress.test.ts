import { describe, expect, it } from "vitest";

import type { SessionSegment } from "../core/api";
import type { Shown } from "./attributes";
import { progress } from "./progress";

const IDS = ["warm_up", "problem_framing", "solution_exploration", "deep_dive", "wrap_up"];
const LENGTHS = [300, 600, 900, 600, 300];
const plan = (changes: Record<string, Partial<SessionSegment>> = {}): SessionSegment[] =>
  IDS.map((id, index) => ({
    id,
    title: id,
    planned_s: LENGTHS[index] ?? 0,
    allotted_s: LENGTHS[index] ?? 0,
    spent_s: 0,
    state: "pending",
    ...changes[id],
  }));
const shown = (changes: Partial<Shown>): Shown => ({
  state: "live",
  segment: null,
  endsAt: null,
  remaining: null,
  buffer: 300,
  warning: false,
  floor: null,
  ...changes,
});

describe("progress", () => {
  it("is empty before the first segment", () => {
    const now = progress(plan(), shown({ state: "waiting" }), 0);
    expect(now).toMatchObject({ index: -1, remainingS: null, elapsedS: 0, totalS: 2700 });
    expect(now.parts.every((part) => part.state === "pending" && part.fraction === 0)).toBe(true);
  });

  it("fills the running segment by the clock", () => {
    const segments = plan({ warm_up: { state: "done", spent_s: 280 } });
    const now = progress(segments, shown({ segment: "problem_framing", endsAt: 460_000 }), 10_000);
    expect(now.remainingS).toBe(450);
    expect(now.parts[1]).toMatchObject({ state: "live", spentS: 150, fraction: 0.25 });
    expect(now.parts[0]).toMatchObject({ state: "done", fraction: 1, spentS: 280 });
    expect(now.elapsedS).toBe(430);
    expect(now.totalS).toBe(430 + 450 + 900 + 600 + 300);
  });

  it("stands still while paused", () => {
    const paused = shown({ state: "paused", segment: "deep_dive", remaining: 100 });
    const [early, late] = [0, 500_000].map((now) => progress(plan(), paused, now));
    expect(early).toEqual(late);
    expect(early?.remainingS).toBe(100);
  });

  it("never goes below nothing left", () => {
    const now = progress(plan(), shown({ segment: "warm_up", endsAt: 1000 }), 21_000);
    expect(now.remainingS).toBe(0);
    expect(now.parts[0]?.fraction).toBe(1);
  });

  it("keeps the total while time runs, and adds what an extension adds", () => {
    const at = (seconds: number) =>
      progress(plan(), shown({ segment: "warm_up", endsAt: 300_000 }), seconds * 1000).totalS;
    expect(at(0)).toBe(2700);
    expect(at(299)).toBe(2700);
    const longer = plan({ warm_up: { allotted_s: 360 } });
    expect(progress(longer, shown({ segment: "warm_up", endsAt: 360_000 }), 0).totalS).toBe(2760);
  });

  it("shows what was skipped as skipped", () => {
    const segments = plan({ warm_up: { state: "skipped", spent_s: 60 } });
    const now = progress(segments, shown({ segment: "problem_framing", endsAt: 600_000 }), 0);
    expect(now.parts[0]).toMatchObject({ state: "skipped", fraction: 0.2 });
  });

  it("survives segments of no length and an unknown segment", () => {
    const now = progress(plan({ warm_up: { allotted_s: 0 } }), shown({ segment: "other" }), 0);
    expect(now.index).toBe(-1);
    expect(now.parts[0]?.fraction).toBe(0);
  });
});
