import { beforeEach, describe, expect, it } from "vitest";

import type { Session } from "../core/api";
import { Watching } from "./watching";

const session = (changes: Partial<Session> = {}): Session => ({
  id: "i",
  state: "live",
  scenario_id: "general",
  scenario_title: "General",
  difficulty: "standard",
  tone: "warm",
  created_at: "2026-01-01T00:00:00Z",
  started_at: "2026-01-01T00:00:00Z",
  ended_at: null,
  buffer_s: 300,
  candidate_present: true,
  interviewer: "here",
  segments: [
    { id: "warm_up", title: "Warm-up", planned_s: 300, allotted_s: 300, spent_s: 300, state: "done" },
    { id: "deep_dive", title: "Deep dive", planned_s: 600, allotted_s: 600, spent_s: 100, state: "live" },
  ],
  ...changes,
});

let now: number;
let watching: Watching;
const say = (id: string, text: string) => watching.take({ type: "utterance_final", data: { utterance_id: id, text } });
const speech = (type: string, id: string, text: string) => watching.take({ type, data: { say_id: id, text } });
const lines = () => watching.view().lines.map(({ speaker, text }) => `${speaker}: ${text}`);

beforeEach(() => {
  now = 1_000_000;
  watching = new Watching(session(), () => now);
});

describe("the clock of an interview watched", () => {
  it("runs on from the server's figures while the candidate is in it", () => {
    expect(watching.view()).toMatchObject({ shown: { segment: "deep_dive" }, progress: { remainingS: 500 } });
    now += 7000;
    expect(watching.view().progress.remainingS).toBe(493);
    expect(watching.view().progress.parts[0]?.state).toBe("done");
  });

  it.each([
    [{ state: "paused" }, "paused"],
    [{ candidate_present: false }, "live"],
    [{ interviewer: "away" }, "live"],
  ] as const)("stands still with %j", (changes, state) => {
    watching.figures(session(changes));
    now += 60_000;
    expect(watching.view()).toMatchObject({ shown: { state }, progress: { remainingS: 500 } });
  });

  it("is read again soon after the log says that it changed, and now and then", () => {
    expect(watching.wantsFigures()).toBe(false);
    watching.take({ type: "extend_requested", data: { seconds: 60 } });
    watching.take({ type: "timer_fired", data: {} });
    now += 400;
    expect([watching.wantsFigures(), watching.wantsFigures()]).toEqual([true, false]);
    now += 15_000;
    expect(watching.wantsFigures()).toBe(true);
  });

  it("is not read again for what is only said", () => {
    say("u1", "hello");
    speech("speech_started", "s1", "Hi.");
    watching.take({ type: "observed", data: {} });
    now += 5000;
    expect(watching.wantsFigures()).toBe(false);
  });

  it("is over when the server says so", () => {
    watching.figures(session({ state: "ended" }));
    expect(watching.view().over).toBe(true);
  });
});

describe("the last lines", () => {
  it("join what one side said in a row", () => {
    speech("speech_started", "s1", "Tell me about it.");
    say("u1", "I built a ranker.");
    say("u2", "It was large.");
    expect(lines()).toEqual(["interviewer: Tell me about it.", "candidate: I built a ranker. It was large."]);
  });

  it("keep of a broken line what was heard of it", () => {
    speech("speech_started", "s1", "Tell me about the time when");
    speech("speech_ended", "s1", "Tell me about");
    speech("speech_started", "s2", "Never said.");
    speech("speech_ended", "s2", "");
    expect(lines()).toEqual(["interviewer: Tell me about"]);
  });

  it("are few, and the newest", () => {
    for (let turn = 0; turn < 100; turn += 1) {
      speech("speech_ended", `s${turn}`, `question ${turn}`);
      say(`u${turn}`, `answer ${turn}`);
    }
    expect(lines()).toHaveLength(8);
    expect(lines().at(-1)).toBe("candidate: answer 99");
  });

  it("survive what is no event", () => {
    for (const odd of [null, 3, {}, { type: 7 }, { type: "utterance_final" }]) watching.take(odd);
    expect(lines()).toEqual([]);
  });
});
