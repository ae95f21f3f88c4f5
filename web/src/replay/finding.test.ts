import { expect, test } from "vitest";
import type { ReplayTurn } from "../core/replay_api";
import { find, nextFound } from "./finding";
import { Timeline } from "./timeline";

const said = (...texts: string[]) =>
  new Timeline(
    texts.map((text, index): ReplayTurn => ({
      index, speaker: "candidate", segment: "warm_up", start_ms: index * 1000, end_ms: index * 1000 + 900,
      text, interrupted: false, move: null, words: [],
    })),
  );

test("words and rows of words are found whatever case, accents and spaces", () => {
  const line = said("Position bias matters.", "A Naïve ranker has position\nbias too");
  expect(find(line, "position  BIAS")).toEqual([{ first: 0, last: 1 }, { first: 7, last: 8 }]);
  expect(find(line, "naive")).toEqual([{ first: 4, last: 4 }]);
  expect(find(line, "matters a")).toEqual([]);
});

test("a part of a word is found, the last letter and the first included", () => {
  const line = said("re-ranking ranks");
  expect(find(line, "rank")).toEqual([{ first: 0, last: 0 }, { first: 1, last: 1 }]);
  expect(find(line, "g r")).toEqual([{ first: 0, last: 1 }]);
  expect(find(line, "  ")).toEqual([]);
});

test("one goes through what was found, round the end", () => {
  const found = [{ first: 3, last: 3 }, { first: 8, last: 9 }];
  expect([-1, 3, 8].map((from) => nextFound(found, from, false))).toEqual([0, 1, 0]);
  expect([9, 8, 3].map((from) => nextFound(found, from, true))).toEqual([1, 0, 1]);
  expect(nextFound([], 0, false)).toBe(-1);
});
