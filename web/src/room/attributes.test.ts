import { describe, expect, it } from "vitest";

import { readAttributes, writtenAt } from "./attributes";

describe("readAttributes", () => {
  it("reads a running segment", () => {
    expect(
      readAttributes({
        "viva.state": "live",
        "viva.segment": "deep_dive",
        "viva.segment_ends_at": "1800000000000",
        "viva.remaining": "42.5",
        "viva.buffer": "300",
        "viva.warning": "1",
        "viva.floor": "thinking",
      }),
    ).toEqual({
      state: "live",
      segment: "deep_dive",
      endsAt: 1_800_000_000_000,
      remaining: 42.5,
      buffer: 300,
      warning: true,
      floor: "thinking",
    });
  });

  it("has no end while paused, whatever is written", () => {
    const shown = readAttributes({
      "viva.state": "paused",
      "viva.segment_ends_at": "1800000000000",
      "viva.remaining": "10",
    });
    expect(shown).toMatchObject({ state: "paused", endsAt: null, remaining: 10, warning: false });
  });

  it.each([
    [{}, null],
    [{ "lk.agent.state": "speaking" }, "interviewer"],
    [{ "lk.agent.state": "listening" }, "candidate"],
    [{ "lk.agent.state": "speaking", "viva.floor": "holding" }, "holding"],
    [{ "viva.floor": "nonsense" }, null],
  ])("knows who has the floor in %j", (attributes, floor) => {
    expect(readAttributes(attributes as Record<string, string>).floor).toBe(floor);
  });

  it("takes what it cannot read for absent", () => {
    const shown = readAttributes({ "viva.state": "live", "viva.segment_ends_at": "soon", "viva.remaining": "" });
    expect(shown).toMatchObject({ state: "live", endsAt: null, remaining: null });
  });
});

it("says when attributes were written, if both figures are there", () => {
  const shown = readAttributes({
    "viva.state": "live",
    "viva.segment_ends_at": "60000",
    "viva.remaining": "20",
  });
  expect(writtenAt(shown)).toBe(40_000);
  expect(writtenAt({ ...shown, remaining: null })).toBeNull();
});
