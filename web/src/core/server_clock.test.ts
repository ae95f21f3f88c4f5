import { describe, expect, it } from "vitest";

import { ServerClock } from "./server_clock";

const T = 1_800_000_000_000;

describe("ServerClock", () => {
  it("believes the device where nothing speaks against it", () => {
    const clock = new ServerClock();
    clock.observeDate(T, T + 300, T + 340);
    expect(clock.offset).toBe(0);
    expect(clock.at(T)).toBe(T);
  });

  it.each([
    ["behind", 60_000],
    ["ahead", -60_000],
  ])("finds a device that is a minute %s to within the header's span", (_name, offset) => {
    const clock = new ServerClock();
    for (const into of [0, 130, 470, 610, 850, 990]) {
      const server = T + into;
      const header = Math.floor(server / 1000) * 1000;
      clock.observeDate(header, server - offset - 20, server - offset + 20);
    }
    expect(Math.abs(clock.offset - offset)).toBeLessThanOrEqual(1100);
  });

  it("is held to a time that the server is known to have passed", () => {
    const clock = new ServerClock();
    clock.observePast(T + 5000, T);
    expect(clock.offset).toBe(5000);
  });

  it("forgets what no longer agrees after a clock was set", () => {
    const clock = new ServerClock();
    clock.observeDate(T + 60_000, T, T + 10);
    clock.observeDate(T, T, T + 10);
    expect(clock.offset).toBe(0);
  });

  it("ignores a header that is no date", () => {
    const clock = new ServerClock();
    clock.observeDate(Number.NaN, T, T);
    expect(clock.offset).toBe(0);
  });
});
