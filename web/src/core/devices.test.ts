import { describe, expect, it } from "vitest";

import { DeviceMemory, HEARD_LEVEL, levelOf, micProblem } from "./devices";

it.each([
  ["NotAllowedError", "refused"],
  ["NotFoundError", "none"],
  ["OverconstrainedError", "none"],
  ["NotReadableError", "busy"],
  ["UnsupportedError", "unsupported"],
  ["TypeError", "failed"],
])("%s means %s", (name, problem) => {
  expect(micProblem({ name })).toBe(problem);
});

it("takes anything thrown", () => {
  expect(micProblem(null)).toBe("failed");
});

const HOUR = 3600 * 1000;
const devices = { microphone: "m1", microphoneName: "Desk", speaker: "s1", heardAt: 100 * HOUR };

function storeOf(text: string | null) {
  return {
    text,
    getItem: () => text,
    setItem(_key: string, value: string) {
      this.text = value;
    },
  };
}

describe("DeviceMemory", () => {
  it("lets the check be skipped when it was fine yesterday, not the week before", () => {
    const memory = new DeviceMemory(storeOf(JSON.stringify(devices)));
    expect(memory.wasFine(124 * HOUR)).toEqual(devices);
    expect(memory.wasFine(137 * HOUR)).toBeNull();
  });

  it("does not skip a check at which nothing was heard", () => {
    const memory = new DeviceMemory(storeOf(JSON.stringify({ ...devices, heardAt: 0 })));
    expect(memory.wasFine(124 * HOUR)).toBeNull();
  });

  it.each([null, "", "{", "7", "null"])("takes %j in the store for nothing", (text) => {
    expect(new DeviceMemory(storeOf(text)).load()).toBeNull();
  });

  it("works without a store, or with one that refuses", () => {
    new DeviceMemory(null).save(devices);
    const full = { getItem: () => null, setItem: () => { throw new Error("full"); } };
    new DeviceMemory(full).save(devices);
    expect(new DeviceMemory(null).load()).toBeNull();
  });
});

describe("levelOf", () => {
  const tone = (amplitude: number) =>
    Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 5));

  it("is 0 in silence, 1 at full scale, and rises in between", () => {
    expect(levelOf(new Float32Array(1024))).toBe(0);
    expect(levelOf(tone(1))).toBe(1);
    expect(levelOf(tone(0.1))).toBeGreaterThan(levelOf(tone(0.01)));
  });

  it("hears quiet speech and not a quiet room", () => {
    expect(levelOf(tone(0.03))).toBeGreaterThan(HEARD_LEVEL);
    expect(levelOf(tone(0.003))).toBeLessThan(HEARD_LEVEL);
  });
});
