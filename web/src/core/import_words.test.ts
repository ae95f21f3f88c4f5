import { expect, it } from "vitest";

import { importedText } from "./import_words";

it.each([
  [{}, "There was nothing in it that is not here already."],
  [{ sessions: 0 }, "There was nothing in it that is not here already."],
  [{ sessions: 1 }, "Brought in: 1 interview."],
  [{ sessions: 2, events: 90, notes: 1, skipped: [] }, "Brought in: 2 interviews, 90 events and 1 note."],
])("says %j", (counts, text) => {
  expect(importedText(counts)).toBe(text);
});
