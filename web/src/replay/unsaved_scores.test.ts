import { describe, expect, it } from "vitest";
import { UnsavedScores } from "./unsaved_scores";

class Memory {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

const store = () => new Memory() as unknown as Storage;
const CRITERIA = [{ id: "framing" }, { id: "data" }];
const GIVEN = [{ criterion: "framing", level: 3 as const, note: "Clear." }];

describe("unsaved scores", () => {
  it("are there when the page is read again, until they are confirmed", () => {
    const kept = store();
    new UnsavedScores(kept, "ben", "one").keep(GIVEN);
    const again = new UnsavedScores(kept, "ben", "one");
    expect(again.left(CRITERIA)).toEqual(GIVEN);
    again.confirmed();
    expect(again.left(CRITERIA)).toEqual([]);
  });

  it("are one person's, and of one interview", () => {
    const kept = store();
    new UnsavedScores(kept, "ben", "one").keep(GIVEN);
    expect(new UnsavedScores(kept, "ada", "one").left(CRITERIA)).toEqual([]);
    expect(new UnsavedScores(kept, "ben", "two").left(CRITERIA)).toEqual([]);
  });

  it("are left out where they are of no criterion, or no scores", () => {
    const kept = store();
    const unsaved = new UnsavedScores(kept, "ben", "one");
    unsaved.keep([...GIVEN, { criterion: "gone", level: 2, note: "" }]);
    expect(unsaved.left(CRITERIA)).toEqual(GIVEN);
    for (const nothing of ["", "{", "7", '{"a":1}']) {
      kept.setItem("viva.draft.ben.one.scores", nothing);
      expect(unsaved.left(CRITERIA)).toEqual([]);
    }
    kept.setItem("viva.draft.ben.one.scores", '[null, 1, {"criterion":"data","level":9,"note":""}]');
    expect(unsaved.left(CRITERIA)).toEqual([]);
  });

  it("need no store", () => {
    const none = new UnsavedScores(null, "ben", "one");
    none.keep(GIVEN);
    expect(none.left(CRITERIA)).toEqual([]);
    none.confirmed();
  });
});
