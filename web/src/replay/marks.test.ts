import { expect, test } from "vitest";
import type { Flagged } from "../core/api";
import type { Comment, ReplayTurn } from "../core/replay_api";
import { marksOf, nearMark, nearTurn } from "./marks";
import { momentOf } from "./moment";

const turn = (start_ms: number, move: string | null = null): ReplayTurn => ({
  index: 0, speaker: "interviewer", segment: "warm_up", start_ms, end_ms: start_ms + 500, text: "Think of the labels.",
  interrupted: false, move, words: [],
});
const TURNS = [turn(0), turn(10_000, "hint"), turn(20_000), turn(30_000)];

test("flags, hints and comments stand in the order of their time, each with a sentence", () => {
  const flagged = [{ flag: "thin", question: "", answer: "Well.", start_ms: 25_000 }] as Flagged[];
  const comments = [{ at_ms: 5000, text: "Good.", own: false, author_name: "Ben" }] as Comment[];
  expect(marksOf(TURNS, flagged, comments)).toEqual([
    { kind: "comment", atMs: 5000, text: "Ben: Good." },
    { kind: "hint", atMs: 10_000, text: "Think of the labels." },
    { kind: "flag", flag: "thin", atMs: 25_000, text: "Room for more. Well." },
  ]);
});

test("one goes from mark to mark, and does not stay where one stands", () => {
  const marks = marksOf(TURNS, [], [{ at_ms: 5000, text: "x", own: true }] as Comment[]);
  expect(nearMark(marks, 5000.0001, false)?.atMs).toBe(10_000);
  expect(nearMark(marks, 10_900, true)?.atMs).toBe(5000);
  expect(nearMark(marks, 12_000, true)?.atMs).toBe(10_000);
  expect([nearMark(marks, 12_000, false), nearMark(marks, 0, true)]).toEqual([undefined, undefined]);
});

test("back goes to the beginning of the turn first, then to the one before", () => {
  const all = () => true;
  expect(nearTurn(TURNS, 2, 24_000, true, all)).toBe(2);
  expect(nearTurn(TURNS, 2, 20_500, true, all)).toBe(1);
  expect(nearTurn(TURNS, 2, 20_500, false, all)).toBe(3);
  expect(nearTurn(TURNS, 3, 31_000, false, all)).toBe(-1);
  expect(nearTurn(TURNS, 0, 500, true, all)).toBe(-1);
  expect(nearTurn(TURNS, -1, 0, false, all)).toBe(0);
  expect(nearTurn(TURNS, 3, 30_100, true, (one) => one.move === "hint")).toBe(1);
});

test("a moment of the address is seconds, and what is none is the beginning", () => {
  expect(momentOf("?t=12.34&end=15")).toEqual({ startMs: 12_340, endMs: 15_000 });
  for (const wrong of ["", "?t=", "?t=-4", "?t=soon", "?t=Infinity"]) expect(momentOf(wrong).startMs).toBe(0);
});
