import { expect, test } from "vitest";
import type { ReplayTurn } from "../core/replay_api";
import { between, betweenQuestions, isQuestion, joined, partsOf, silences, spanAt } from "./spans";

const turn = (speaker: "candidate" | "interviewer", start_ms: number, end_ms: number, text: string, move: string | null = null, segment = "warm_up"): ReplayTurn => ({
  index: 0, speaker, segment, start_ms, end_ms, text, interrupted: false, move, words: [],
});
const word = (start_ms: number, end_ms: number) => ({ text: "x", turn: 0, start_ms, end_ms });

test("spans are joined where they touch, and what is between them is the rest", () => {
  const whole = joined([[50, 60], [0, 10], [10, 20], [55, 58]]);
  expect(whole).toEqual([[0, 20], [50, 60]]);
  expect(between(whole, 100)).toEqual([[20, 50], [60, 100]]);
  expect(between(whole, 55)).toEqual([[20, 50]]);
  expect(between([], 10)).toEqual([[0, 10]]);
});

test("silence is where nobody speaks for more than a second and a half, less a little around words", () => {
  const found = silences([word(2000, 3000), word(3500, 4000), word(6000, 6500), word(6100, 9000)], 20_000);
  expect(found).toEqual([[0, 1800], [4200, 5800], [9200, 20_000]]);
});

test("questions are what the interviewer asks, by the mark or by the move", () => {
  expect(isQuestion(turn("interviewer", 0, 1, "How would you measure it?"))).toBe(true);
  expect(isQuestion(turn("interviewer", 0, 1, "Walk me through it.", "ask"))).toBe(true);
  expect(isQuestion(turn("interviewer", 0, 1, "Good.", "acknowledge"))).toBe(false);
  expect(isQuestion(turn("candidate", 0, 1, "Do you mean offline?"))).toBe(false);
});

test("all but the questions is skipped", () => {
  const turns = [
    turn("interviewer", 1000, 2000, "Why?"),
    turn("candidate", 2000, 9000, "Because."),
    turn("interviewer", 9000, 10_000, "How?"),
  ];
  expect(betweenQuestions(turns, 12_000)).toEqual([[0, 800], [2500, 8800], [10_500, 12_000]]);
});

test("the span that a time is in is found, ends excluded", () => {
  const spans = [[0, 10], [20, 30]] as const;
  expect([0, 9, 10, 19, 20, 30].map((ms) => spanAt(spans, ms)?.[0] ?? null)).toEqual([0, 0, null, null, 20, null]);
});

test("parts go from what is said first in them to the next part", () => {
  const turns = [
    turn("interviewer", 500, 900, "Hi", null, "warm_up"),
    turn("candidate", 900, 1000, "Hi", null, "warm_up"),
    turn("interviewer", 5000, 6000, "So", null, "deep_dive"),
  ];
  expect(partsOf(turns, new Map([["warm_up", "Warm-up"]]), 9000)).toEqual([
    { id: "warm_up", title: "Warm-up", fromMs: 0, toMs: 5000 },
    { id: "deep_dive", title: "Deep dive", fromMs: 5000, toMs: 9000 },
  ]);
});
