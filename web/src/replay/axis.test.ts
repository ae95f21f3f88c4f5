import { expect, test } from "vitest";
import { Axis, columns } from "./axis";

test("without gaps time is in proportion, both ways", () => {
  const axis = new Axis(60_000, [], 600);
  expect(axis.x(15_000)).toBeCloseTo(150);
  expect(axis.ms(150)).toBeCloseTo(15_000);
  expect([axis.x(-5), axis.x(99_000), axis.ms(-5), axis.ms(900)]).toEqual([0, 600, 0, 60_000]);
});

test("a long gap is drawn short, a short one in proportion, and every moment comes back", () => {
  const axis = new Axis(3_600_000, [[60_000, 80_000], [600_000, 3_000_000]], 616);
  const gap = axis.pieces.filter((piece) => piece.gap);
  expect(gap).toHaveLength(1);
  expect(axis.x(3_000_000) - axis.x(600_000)).toBeCloseTo(16);
  expect(axis.x(600_000)).toBeCloseTo(300);
  for (const ms of [0, 59_000, 70_000, 599_999, 600_000, 1_800_000, 3_000_000, 3_599_999]) {
    expect(axis.ms(axis.x(ms))).toBeCloseTo(ms, 0);
  }
  expect(axis.x(3_600_000)).toBeCloseTo(616);
});

test("many gaps leave most of the strip to what was said", () => {
  const gaps = Array.from({ length: 100 }, (_, at): [number, number] => [at * 60_000, at * 60_000 + 40_000]);
  const axis = new Axis(6_000_000, gaps, 500);
  const drawn = axis.pieces.filter((piece) => piece.gap).reduce((sum, piece) => sum + piece.toX - piece.fromX, 0);
  expect(drawn).toBeCloseTo(150);
  expect(axis.x(6_000_000)).toBeCloseTo(500);
});

test("a column shows the loudest moment under it", () => {
  const peaks = new Array<number>(200).fill(1);
  peaks[57] = 100;
  const tops = columns(peaks, 20, new Axis(10_000, [], 100), 100);
  expect([...tops].indexOf(100)).toBe(28);
  expect([...tops].filter((top) => top === 100)).toHaveLength(1);
});

test("more columns than peaks leave no holes, and gaps drawn short are flat", () => {
  const few = columns([5, 9], 20, new Axis(100, [], 50), 50);
  expect(Math.min(...few)).toBe(5);
  const axis = new Axis(200_000, [[50_000, 150_000]], 100);
  const tops = columns(new Array<number>(4000).fill(7), 20, axis, 100);
  expect(tops[Math.floor(axis.x(100_000))]).toBe(0);
  expect(tops[5]).toBe(7);
});

test("a part of the strip is drawn as it is in the whole", () => {
  const peaks = Array.from({ length: 4000 }, (_, at) => (at * 37) % 128);
  const axis = new Axis(200_000, [[50_000, 90_000]], 1200);
  const whole = columns(peaks, 20, axis, 400);
  for (const first of [0, 90, 101, 250, 390]) {
    const part = columns(peaks, 20, axis, 60, 3, first * 3);
    expect([...part]).toEqual(Array.from({ length: 60 }, (_, at) => whole[first + at] ?? 0));
  }
});

test("no length at all draws nothing", () => {
  const axis = new Axis(0, [], 100);
  expect([axis.x(10), axis.ms(10)]).toEqual([0, 0]);
  expect([...columns([1, 2], 20, axis, 3)]).toEqual([0, 0, 0]);
});
