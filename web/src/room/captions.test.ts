import { describe, expect, it } from "vitest";

import { type Caption, Captions, tail } from "./captions";

describe("Captions", () => {
  it("keeps the order in which captions began, each with its newest text", () => {
    const captions = new Captions();
    captions.put("a", "interviewer", "Tell me", false, 1);
    captions.put("b", "candidate", "I wo", false, 2);
    captions.put("a", "interviewer", "Tell me about it.", true, 3);
    captions.put("b", "candidate", "I would start", true, 4);
    expect(captions.lines.map((line) => line.text)).toEqual(["Tell me about it.", "I would start"]);
    expect(captions.latest("candidate")).toMatchObject({ text: "I would start", changedAt: 4 });
  });

  it("does not go back from a final text", () => {
    const captions = new Captions();
    captions.put("a", "candidate", "all of it", true, 1);
    captions.put("a", "candidate", "all", false, 2);
    expect(captions.latest("candidate")?.text).toBe("all of it");
  });

  it("tells changes, not repetitions or emptiness", () => {
    const captions = new Captions();
    const told: Caption[] = [];
    captions.on("changed", (caption) => told.push(caption));
    captions.put("a", "candidate", " ", false, 1);
    captions.put("a", "candidate", "so", false, 2);
    captions.put("a", "candidate", "so", false, 3);
    captions.put("a", "candidate", "so", true, 4);
    expect(told.map((caption) => [caption.text, caption.final])).toEqual([["so", false], ["so", true]]);
    expect(captions.latest("interviewer")).toBeNull();
  });
});

describe("tail", () => {
  it("leaves what fits", () => expect(tail("  one\n two ", 60)).toBe("one two"));

  it("shows the end of a long text from a word on", () => {
    const long = Array.from({ length: 90 }, (_, index) => `word${index}`).join(" ");
    const cut = tail(long, 60);
    expect(cut.length).toBeLessThanOrEqual(62);
    expect(cut).toMatch(/^… word\d+ .*word89$/);
  });
});
