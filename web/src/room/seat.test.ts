import { expect, it } from "vitest";

import { type Channel, Seat } from "./seat";

function twoChannels(): [Channel, Channel] {
  const make = (): Channel => ({ postMessage: () => undefined, onmessage: null, close: () => undefined });
  const [a, b] = [make(), make()];
  const to = (other: Channel) => (data: unknown) => other.onmessage?.({ data } as MessageEvent);
  a.postMessage = to(b);
  b.postMessage = to(a);
  return [a, b];
}

it("tells the other tab of the same interview, and no other", () => {
  const [a, b] = twoChannels();
  const [first, second] = [new Seat("one", "tab-a", a), new Seat("one", "tab-b", b)];
  let taken = 0;
  first.onTaken = () => (taken += 1);
  second.take();
  expect(taken).toBe(1);
  new Seat("two", "tab-c", b).take();
  expect(taken).toBe(1);
});

it("does without a channel", () => {
  new Seat("one", "tab-a", null).take();
});
