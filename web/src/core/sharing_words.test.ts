import { expect, it } from "vitest";

import { removedText } from "./sharing_words";

it.each([
  [{}, "Nothing had to be taken out."],
  [{ name: 0 }, "Nothing had to be taken out."],
  [{ name: 1 }, "Taken out: 1 name."],
  [{ names: 2, email: 1, number: 0 }, "Taken out: 2 names and 1 e-mail address."],
  [{ name: 1, organisation: 3, phone: 2, url: 1 }, "Taken out: 1 name, 3 organisations, 2 phone numbers and 1 web address."],
  [{ other_thing: 2 }, "Taken out: 2 other thing."],
])("says %j", (removed, text) => {
  expect(removedText(removed as Record<string, number>)).toBe(text);
});
