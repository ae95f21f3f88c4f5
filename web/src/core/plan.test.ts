import { expect, it } from "vitest";

import { minutesText, readLengths } from "./plan";

const TITLES = ["Warm-up", "Framing", "Exploration", "Deep dive", "Wrap-up"];
const read = (...minutes: string[]) => readLengths(minutes, TITLES);

it("reads minutes, halves and a decimal comma", () => {
  expect(read("5", "7.5", "0,5", " 10 ", "120").seconds).toEqual([300, 450, 30, 600, 7200]);
});

it.each([
  ["", "Warm-up needs a number of minutes, such as 10 or 7.5."],
  ["ten", "Warm-up needs a number of minutes, such as 10 or 7.5."],
  ["NaN", "Warm-up needs a number of minutes, such as 10 or 7.5."],
  ["Infinity", "Warm-up needs a number of minutes, such as 10 or 7.5."],
  ["0", "Warm-up needs more than 0 minutes."],
  ["-3", "Warm-up needs more than 0 minutes."],
  ["0.05", "Warm-up needs at least 5 seconds; 0.1 is the least to enter."],
  ["600", "Warm-up can be two hours at most. Enter 120 or less."],
])("refuses %j with a sentence", (minutes, problem) => {
  const lengths = read(minutes, "10", "15", "10", "5");
  expect(lengths.problems).toEqual([problem, "", "", "", ""]);
});

it("refuses more than four hours in all", () => {
  const lengths = read("100", "100", "100", "10", "5");
  expect(lengths.problems.join("")).toBe("");
  expect(lengths.problem).toContain("four hours");
});

it("shows seconds as minutes", () => {
  expect([300, 450, 30, 20].map(minutesText)).toEqual(["5", "7.5", "0.5", "0.33"]);
});
