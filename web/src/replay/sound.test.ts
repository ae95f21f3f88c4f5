import { expect, test } from "vitest";
import { Refused, Unreachable } from "../core/api";
import type { Peaks } from "../core/replay_api";
import { awaitSound, type Sound, whySilent } from "./sound";

const PEAKS: Peaks = { per_second: 20, duration_ms: 1000, candidate: [], interviewer: [], gaps: [] };
const refused = (status: number, code: string) => new Refused(status, code, `said ${code}`);

async function shown(answers: (Peaks | Error)[], state: "ready" | "deleted" | null | "joining"): Promise<Sound[]> {
  const told: Sound[] = [];
  let again: (() => void) | null = null;
  const ask = () => {
    const answer = answers.shift();
    if (!answer) throw new Error("asked once too often");
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  awaitSound(ask, { consent: true, state }, (sound) => told.push(sound), (work) => {
    again = work;
    return () => undefined;
  });
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
    const work = again as (() => void) | null;
    again = null;
    work?.();
  }
  return told;
}

test("a recording that is being joined is asked for again until it is there", async () => {
  const told = await shown([refused(409, "recording_not_ready"), new Unreachable("x"), PEAKS], "joining");
  expect(told.map((sound) => sound.kind)).toEqual(["waiting", "waiting", "ready"]);
});

test("where there is none it is said why, and not asked again", async () => {
  expect(await shown([refused(404, "no_recording")], "ready")).toMatchObject([{ kind: "none" }]);
  expect(await shown([], "deleted")).toEqual([{ kind: "none", text: expect.stringContaining("deleted") }]);
  expect(await shown([], null)).toMatchObject([{ kind: "none" }]);
  expect(await shown([refused(403, "elsewise")], "ready")).toEqual([{ kind: "none", text: "said elsewise" }]);
});

test("each reason for silence has its sentence", () => {
  const texts = [
    whySilent(undefined),
    whySilent({ consent: false, state: null }),
    whySilent({ consent: true, state: "deleted" }),
    whySilent({ consent: true, state: "failed" }),
  ];
  expect(new Set(texts).size).toBe(4);
});
