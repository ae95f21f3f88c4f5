import { expect, it } from "vitest";

import { importedText } from "./import_words";

it.each([
  [{}, "There was nothing in it to bring in."],
  [{ sessions: 0, already_here: [] }, "There was nothing in it to bring in."],
  [{ sessions: 1 }, "Brought in: 1 interview."],
  [{ sessions: 2, settings: 1, notices: 3, renamed: {} }, "Brought in: 2 interviews, 1 setting and 3 notices."],
  [{ sessions: 0, already_here: ["a", "b"] }, "2 interviews were here already."],
  [{ sessions: 1, already_here: ["a"] }, "Brought in: 1 interview. 1 interview was here already."],
])("says %j", (counts, text) => {
  expect(importedText(counts)).toBe(text);
});
