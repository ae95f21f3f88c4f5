import { describe, expect, it } from "vitest";
import { Axis } from "./axis";
import { closest, followed, isSeen, otherZoom, revealed, zoomed } from "./zoom";

const HOUR = 3_600_000;
const WIDTH = 900;
const axisOf = (zoom: number, gaps: [number, number][] = []) => new Axis(HOUR, gaps, WIDTH * zoom);
const view = (left: number) => ({ left, width: WIDTH });

describe("how close", () => {
  it("goes by steps and stops at both ends", () => {
    expect([1, 2, 4, 8, 16, 32].map((zoom) => otherZoom(zoom, true, 32))).toEqual([2, 4, 8, 16, 32, 32]);
    expect([1, 2, 4, 8, 16, 32].map((zoom) => otherZoom(zoom, false, 32))).toEqual([1, 1, 2, 4, 8, 16]);
    expect(otherZoom(4, true, 4)).toBe(4);
    // A wider window may leave less to come closer to.
    expect(otherZoom(32, true, 8)).toBe(8);
  });

  it("is no closer than there is something to see", () => {
    expect(closest(45 * 60_000, WIDTH)).toBe(32);
    // 67 ms a pixel: twice as close a bar holds two values, four times less than one.
    expect(closest(60_000, WIDTH)).toBe(4);
    expect(closest(10_000, WIDTH)).toBe(1);
    expect(closest(0, 0)).toBe(1);
  });
});

describe("coming closer", () => {
  it("leaves the position where it is seen", () => {
    const from = axisOf(1);
    const now = HOUR * 0.6;
    let left = 0;
    let before = from;
    for (const zoom of [2, 4, 8, 4, 2, 1]) {
      const axis = axisOf(zoom);
      left = zoomed(view(left), before, axis, WIDTH, now);
      expect(axis.x(now) - left).toBeCloseTo(WIDTH * 0.6, 5);
      before = axis;
    }
    expect(left).toBe(0);
  });

  it("keeps the position in sight when the window gets narrower", () => {
    const narrow = 300;
    const to = new Axis(HOUR, [], narrow * 4);
    const left = zoomed(view(1800), axisOf(4), to, narrow, axisOf(4).ms(2600));
    expect(to.x(axisOf(4).ms(2600)) - left).toBeCloseTo((narrow * 800) / WIDTH, 5);
  });

  it("keeps the middle while the position is elsewhere", () => {
    const [from, to] = [axisOf(4), axisOf(8)];
    const left = zoomed(view(2000), from, to, WIDTH, 0);
    expect(to.ms(left + WIDTH / 2)).toBeCloseTo(from.ms(2000 + WIDTH / 2), 5);
  });

  it("shows nothing beyond either end", () => {
    expect(zoomed(view(0), axisOf(1), axisOf(2), WIDTH, 0)).toBe(0);
    expect(zoomed(view(0), axisOf(1), axisOf(2), WIDTH, HOUR)).toBe(WIDTH);
    expect(zoomed(view(WIDTH), axisOf(2), axisOf(1), WIDTH, HOUR)).toBe(0);
  });

  it("holds where a long gap is drawn short", () => {
    const gaps: [number, number][] = [[600_000, 3_000_000]];
    const [from, to] = [axisOf(1, gaps), axisOf(8, gaps)];
    const now = 3_300_000;
    const left = zoomed(view(0), from, to, WIDTH, now);
    expect(to.x(now) - left).toBeCloseTo(from.x(now), 5);
  });
});

describe("following", () => {
  const axis = axisOf(10);
  const ms = (x: number) => axis.ms(x);

  it("turns a page when the position leaves the view", () => {
    expect(followed(view(0), axis, ms(10), ms(500))).toBe(0);
    const left = followed(view(0), axis, ms(899), ms(901));
    expect(left).toBeCloseTo(811);
    expect(isSeen(view(left), 901)).toBe(true);
    expect(followed(view(8100), axis, ms(8999), ms(9000))).toBe(8100);
  });

  it("leaves alone who looks at something else", () => {
    expect(followed(view(4000), axis, ms(899), ms(901))).toBe(4000);
  });

  it("shows what one has gone to, in the middle, and moves no further than needed", () => {
    expect(revealed(view(0), axis, ms(5000))).toBeCloseTo(4550);
    expect(revealed(view(4550), axis, ms(5100))).toBe(4550);
    expect(revealed(view(4550), axis, 0)).toBe(0);
    expect(revealed(view(0), axis, HOUR)).toBe(8100);
  });
});
