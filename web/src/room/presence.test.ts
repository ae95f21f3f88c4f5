import { expect, it } from "vitest";

import { presence } from "./presence";

it.each([
  [null, false, "here"],
  [0, false, "joining"],
  [4.9, false, "joining"],
  [5, false, "on_the_way"],
  [19.9, false, "on_the_way"],
  [20, false, "offer_retry"],
  [0, true, "coming_back"],
  [19, true, "coming_back"],
  [20, true, "offer_retry"],
] as const)("after %s s, returning %s: %s", (waited, returning, expected) => {
  expect(presence(waited, returning)).toBe(expected);
});

it.each([
  [null, false, "here"],
  [1, false, "delayed"],
  [19, false, "delayed"],
  [20, false, "offer_retry"],
  [1, true, "coming_back"],
] as const)("another one called, after %s s, returning %s: %s", (waited, returning, expected) => {
  expect(presence(waited, returning, true)).toBe(expected);
});
