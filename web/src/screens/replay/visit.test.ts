import { expect, test } from "vitest";
import { readReplay } from "./visit";

test("replay and review are told from other pages of an interview", () => {
  expect(readReplay("/sessions/a%2Fb/replay")).toEqual({ id: "a/b", page: "replay" });
  expect(readReplay("/sessions/x/review/")).toEqual({ id: "x", page: "review" });
  expect([readReplay("/sessions/x"), readReplay("/sessions/x/report"), readReplay("/replay")]).toEqual([null, null, null]);
});
