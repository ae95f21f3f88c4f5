import { expect, test } from "vitest";
import type { ReplayTurn } from "../core/replay_api";
import { timedWords, Timeline } from "./timeline";

function turn(index: number, text: string, start_ms: number, end_ms: number, times: number[][] = []): ReplayTurn {
  const texts = text.split(" ");
  return {
    index,
    speaker: index % 2 === 0 ? "interviewer" : "candidate",
    segment: "warm_up",
    start_ms,
    end_ms,
    text,
    interrupted: false,
    move: null,
    words: times.map(([from, to], at) => ({
      text: texts[at] ?? "",
      start_ms: from ?? 0,
      end_ms: to ?? 0,
      confidence: null,
    })),
  };
}

test("the word whose span contains a time is found, the gaps have none", () => {
  const line = new Timeline([turn(1, "one two three", 0, 900, [[0, 200], [300, 500], [500, 900]])]);
  const at = (ms: number) => line.words[line.wordAt(ms)]?.text;
  expect([0, 199, 200, 299, 300, 499, 500, 899, 900].map(at)).toEqual([
    "one", "one", undefined, undefined, "two", "two", "three", "three", undefined,
  ]);
});

test("a pause keeps the last word marked for a moment", () => {
  const line = new Timeline([turn(1, "one two", 1000, 5000, [[1000, 1200], [4000, 5000]])]);
  expect(line.markedAt(500)).toBe(-1);
  expect(line.markedAt(1700)).toBe(0);
  expect(line.markedAt(1900)).toBe(-1);
});

test("of two who speak at once the one who began last is marked, then the other again", () => {
  const line = new Timeline([
    turn(0, "a long question", 0, 3000, [[0, 2500], [2500, 2600], [2600, 3000]]),
    turn(1, "wait", 1000, 1500, [[1000, 1500]]),
  ]);
  const at = (ms: number) => line.words[line.wordAt(ms)]?.text;
  expect([999, 1000, 1499, 1500, 2499].map(at)).toEqual(["a", "wait", "wait", "a", "a"]);
});

test("a turn without times is stepped in proportion to its letters and fills its span", () => {
  const words = timedWords(turn(0, "a bbb cc", 1000, 1900));
  expect(words).toEqual([
    { text: "a", start_ms: 1000, end_ms: 1200 },
    { text: "bbb", start_ms: 1200, end_ms: 1600 },
    { text: "cc", start_ms: 1600, end_ms: 1900 },
  ]);
});

test("the text is shown, with the times of the words that are the same whatever their marks", () => {
  const spoken = turn(1, "so x retrieval then ranker", 0, 4000, []);
  const words = timedWords({
    ...spoken,
    text: "So, [typed] retrieval; then ranker",
    words: [
      { text: " so", start_ms: 100, end_ms: 300, confidence: 1 },
      { text: "retrieval", start_ms: 1000, end_ms: 1600, confidence: 1 },
      { text: "um", start_ms: 1600, end_ms: 1700, confidence: 0 },
      { text: "then", start_ms: 2000, end_ms: 2200, confidence: 1 },
    ],
  });
  expect(words.map((word) => [word.text, word.start_ms, word.end_ms])).toEqual([
    ["So,", 100, 300],
    ["[typed]", 300, 1000],
    ["retrieval;", 1000, 1600],
    ["then", 2000, 2200],
    ["ranker", 2200, 4000],
  ]);
});

test("times never run backwards, whatever the recogniser says", () => {
  const words = timedWords(turn(1, "one two three", 500, 2000, [[600, 900], [800, 700], [650, 1000]]));
  let last = 500;
  for (const word of words) {
    expect(word.start_ms).toBeGreaterThanOrEqual(last);
    expect(word.end_ms).toBeGreaterThanOrEqual(word.start_ms);
    last = word.end_ms;
  }
});

test("turns are found by the time too, and an empty transcript has none", () => {
  const line = new Timeline([turn(0, "hello", 0, 1000), turn(1, "hi there", 2000, 3000)]);
  expect([0, 1500, 2000, 9999].map((ms) => line.turnAt(ms))).toEqual([0, 0, 1, 1]);
  expect(line.endMs).toBe(3000);
  const none = new Timeline([]);
  expect([none.wordAt(0), none.markedAt(5), none.turnAt(5), none.endMs]).toEqual([-1, -1, -1, 0]);
});

test("seven thousand words are set in time quickly, and each is found in the middle of its span", () => {
  const turns = Array.from({ length: 140 }, (_, index) => {
    const texts = Array.from({ length: 50 }, (_, at) => `w${at}`).join(" ");
    const times = Array.from({ length: 50 }, (_, at) => [index * 19_000 + at * 350, index * 19_000 + at * 350 + 300]);
    return turn(index, texts, index * 19_000, index * 19_000 + 17_500, times);
  });
  const line = new Timeline(turns);
  expect(line.words).toHaveLength(7000);
  line.words.forEach((word, at) => expect(line.wordAt((word.start_ms + word.end_ms) / 2)).toBe(at));
});
