import { expect, it } from "vitest";

import { clockText, lengthText, spokenTime } from "./format";

it.each([
  [0, "0:00"],
  [-4, "0:00"],
  [0.2, "0:01"],
  [59.0004, "0:59"],
  [60, "1:00"],
  [899.1, "15:00"],
  [3600, "1:00:00"],
  [5405, "1:30:05"],
])("clockText(%d) is %s", (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});

it.each([
  [30, "30 s"],
  [300, "5 min"],
  [450, "7.5 min"],
  [2700, "45 min"],
])("lengthText(%d) is %s", (seconds, text) => {
  expect(lengthText(seconds)).toBe(text);
});

it.each([
  [1, "1 second"],
  [60, "1 minute"],
  [245, "4 minutes 5 seconds"],
])("spokenTime(%d) is %s", (seconds, text) => {
  expect(spokenTime(seconds)).toBe(text);
});
