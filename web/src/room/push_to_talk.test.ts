import { beforeEach, expect, it } from "vitest";

import { PushToTalk, TAIL_MS, takesSpace } from "./push_to_talk";

let due: { work: () => void; ms: number }[];
let talk: PushToTalk;
let told: boolean[];

beforeEach(() => {
  due = [];
  told = [];
  talk = new PushToTalk((work, ms) => {
    const entry = { work, ms };
    due.push(entry);
    return () => void (due = due.filter((other) => other !== entry));
  });
  talk.on("open", (open) => told.push(open));
});

function tail(): void {
  for (const { work } of due.splice(0)) work();
}

it("is heard while held, and a moment longer", () => {
  talk.press("key");
  talk.press("key");
  talk.release("key");
  expect([talk.open, due.map(({ ms }) => ms)]).toEqual([true, [TAIL_MS]]);
  tail();
  expect(told).toEqual([true, false]);
});

it("goes on where it is held again at once", () => {
  talk.press("pointer");
  talk.release("pointer");
  talk.press("key");
  tail();
  expect(told).toEqual([true]);
});

it("closes only when nothing holds it", () => {
  talk.press("key");
  talk.press("pointer");
  talk.release("key");
  tail();
  expect(talk.open).toBe(true);
  talk.letGo();
  tail();
  expect(talk.open).toBe(false);
});

it("stays open by a latch until it is undone", () => {
  talk.toggle();
  talk.letGo();
  tail();
  expect(talk.open).toBe(true);
  talk.toggle();
  tail();
  expect(talk.open).toBe(false);
});

it("does nothing on a release without a press", () => {
  talk.release("key");
  tail();
  expect(told).toEqual([]);
});

it.each([
  ["textarea", true],
  ["input", true],
  ["button", true],
  ["main", false],
] as const)("leaves Space to a %s: %s", (tag, takes) => {
  const target = { closest: (selectors: string) => (selectors.split(", ").includes(tag) ? {} : null) };
  expect(takesSpace(target as unknown as Element)).toBe(takes);
  expect(takesSpace(null)).toBe(false);
});
