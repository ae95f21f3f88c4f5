import { describe, expect, it } from "vitest";
import type { Flagged } from "./api";
import { chosenMoments, momentName, shortened } from "./moments";

const moment = (flag: Flagged["flag"], start_ms: number): Flagged => ({
  flag,
  segment: "deep_dive",
  question: "And then?",
  answer: "Then it runs.",
  reason: "Very few words for what was asked.",
  start_ms,
  end_ms: start_ms + 1000,
});

describe("moments worth another look", () => {
  it("come in the order in which they were said", () => {
    const given = [moment("thin", 3000), moment("contradictory", 9000), moment("strong", 1000)];
    expect(chosenMoments(given).map((one) => one.start_ms)).toEqual([1000, 3000, 9000]);
  });

  it("are few, and of several kinds", () => {
    const given = (["thin", "strong", "reflect", "contradictory"] as const).flatMap((flag, kind) =>
      Array.from({ length: 10 }, (_, n) => moment(flag, kind * 100_000 + n)),
    );
    const chosen = chosenMoments(given);
    expect(chosen).toHaveLength(8);
    expect(chosen.filter((one) => one.flag === "contradictory")).toHaveLength(3);
    expect(chosen.filter((one) => one.flag === "thin")).toHaveLength(0);
  });

  it("show the beginning of a long answer only", () => {
    expect(shortened("So  retrieval first.")).toBe("So retrieval first.");
    const shown = shortened("word ".repeat(400));
    expect(shown.split(" ")).toHaveLength(61);
    expect(shown.endsWith(" …")).toBe(true);
  });

  it("are none when nothing was flagged, and each kind has a name", () => {
    expect(chosenMoments([])).toEqual([]);
    for (const flag of ["thin", "strong", "reflect", "contradictory"] as const) {
      expect(momentName(flag)).not.toBe("");
    }
  });
});
