import { describe, expect, it } from "vitest";

import { type Action, Refused, Unreachable } from "../core/api";
import { control, moreTime, type RoomAnswer } from "./control";

function ways(answer: RoomAnswer, server: () => Promise<undefined> = async () => undefined) {
  const calls: unknown[] = [];
  return {
    calls,
    room: async (action: Action, payload: string) => {
      calls.push(["room", action, payload]);
      return answer;
    },
    server: async (action: Action, seconds?: number) => {
      calls.push(["server", action, seconds]);
      return server();
    },
  };
}

describe("control", () => {
  it("asks the interviewer and shows its refusal", async () => {
    const payload = '{"ok": false, "message": "There is no time left to give."}';
    const both = ways({ kind: "answer", payload });
    expect(await control(both, "extend", 60)).toEqual({
      ok: false,
      message: "There is no time left to give.",
    });
    expect(both.calls).toEqual([["room", "extend", '{"seconds":60}']]);
  });

  it("goes through the server when the interviewer was not reached", async () => {
    const both = ways({ kind: "undelivered" });
    expect(await control(both, "next")).toEqual({ ok: true, message: "" });
    expect(both.calls).toEqual([["room", "next", ""], ["server", "next", undefined]]);
  });

  it.each(["extend", "next", "hint"] as const)("does not send %s twice on silence", async (action) => {
    const both = ways({ kind: "unanswered" });
    expect((await control(both, action)).ok).toBe(false);
    expect(both.calls).toHaveLength(1);
  });

  it.each(["pause", "resume", "repeat", "end"] as const)("sends %s again on silence", async (action) => {
    const both = ways({ kind: "unanswered" });
    expect((await control(both, action)).ok).toBe(true);
    expect(both.calls).toHaveLength(2);
  });

  it("says the server's refusal, and that nothing changed when there is no answer", async () => {
    const refused = ways({ kind: "undelivered" }, () =>
      Promise.reject(new Refused(409, "interviewer_absent", "Nobody is there.")),
    );
    expect(await control(refused, "hint")).toEqual({ ok: false, message: "Nobody is there." });
    const silent = ways({ kind: "undelivered" }, () => Promise.reject(new Unreachable()));
    expect((await control(silent, "hint")).message).toContain("Nothing changed");
  });

  it("takes an answer that cannot be read for a yes", async () => {
    expect((await control(ways({ kind: "answer", payload: "ok" }), "pause")).ok).toBe(true);
  });
});

it.each([
  [30, 30],
  [300, 60],
  [600, 120],
  [900, 180],
  [7200, 300],
])("more time in a segment of %d s is %d s", (planned, seconds) => {
  expect(moreTime(planned)).toBe(seconds);
});
