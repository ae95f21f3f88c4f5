import { expect, test } from "vitest";
import { momentAddress } from "../../core/replay_api";
import { momentOf } from "./body";
import { readReplay } from "./visit";

test("replay and review are told from other pages of an interview", () => {
  expect(readReplay("/sessions/a%2Fb/replay")).toEqual({ id: "a/b", page: "replay" });
  expect(readReplay("/sessions/x/review/")).toEqual({ id: "x", page: "review" });
  expect([readReplay("/sessions/x"), readReplay("/sessions/x/report"), readReplay("/replay")]).toEqual([null, null, null]);
});

test("a moment of the address is seconds, and what is none is the beginning", () => {
  expect(momentOf("?t=12.34&end=15")).toEqual({ startMs: 12_340, endMs: 15_000 });
  for (const wrong of ["", "?t=", "?t=-4", "?t=soon", "?t=Infinity"]) expect(momentOf(wrong).startMs).toBe(0);
  expect(momentOf(`?${momentAddress("/x", 83_456).split("?")[1]}`).startMs).toBe(83_500);
});
