import { describe, expect, it } from "vitest";

import { type Link, type LinkInput, nextLink, retryDelay } from "./link";

const NOW = 1000;
const joining: Link = { kind: "joining", attempt: 0 };
const here: Link = { kind: "here" };
const answered = (status: number, message = "no"): LinkInput => ({
  type: "answered",
  status,
  code: "x",
  message,
});

const TABLE: [Link, LinkInput, Partial<Link>][] = [
  [joining, { type: "joined" }, { kind: "here" }],
  [here, { type: "repairing" }, { kind: "repairing" }],
  [{ kind: "repairing" }, { type: "repaired" }, { kind: "here" }],
  [joining, { type: "repairing" }, { kind: "joining" }],
  [here, { type: "dropped", why: "network" }, { kind: "lost", because: "network", retryAt: 2000 }],
  [here, { type: "dropped", why: "closed" }, { kind: "lost", because: "network" }],
  [here, { type: "dropped", why: "duplicate" }, { kind: "elsewhere", where: "device" }],
  [here, { type: "taken_elsewhere", where: "tab" }, { kind: "elsewhere", where: "tab" }],
  [{ kind: "elsewhere", where: "tab" }, { type: "dropped", why: "duplicate" }, { kind: "elsewhere", where: "tab" }],
  [{ kind: "elsewhere", where: "tab" }, { type: "join" }, { kind: "joining" }],
  [joining, { type: "unreachable" }, { kind: "lost", because: "server" }],
  [joining, answered(401), { kind: "signed_out" }],
  [joining, answered(404, "gone"), { kind: "refused", message: "gone" }],
  [joining, answered(409), { kind: "over" }],
  [joining, answered(503, "full"), { kind: "lost", because: "busy", message: "full" }],
  [here, { type: "ended" }, { kind: "over" }],
  [{ kind: "over" }, { type: "join" }, { kind: "over" }],
];

describe("nextLink", () => {
  it.each(TABLE)("%j and %j", (link, input, expected) => {
    expect(nextLink(link, input, NOW)).toMatchObject(expected);
  });

  it("waits longer after each failure, up to ten seconds", () => {
    let link: Link = joining;
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      link = nextLink(link, { type: "unreachable" }, NOW);
      if (link.kind === "lost") waits.push(link.retryAt - NOW);
      link = nextLink(link, { type: "join" }, NOW);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it("starts over after a success", () => {
    expect(retryDelay(1)).toBe(1000);
    const again = nextLink(here, { type: "dropped", why: "network" }, NOW);
    expect(again).toMatchObject({ attempt: 1 });
  });
});
