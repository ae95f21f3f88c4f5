import { expect, it } from "vitest";

import { sectionOf, SECTIONS, sectionPath } from "./sections";

it("names every section by its address", () => {
  for (const { id } of SECTIONS) expect(sectionOf(sectionPath(id))).toBe(id);
});

it.each([
  ["/settings/", "interview"],
  ["/settings/nothing", "interview"],
  ["/settings/account/", "account"],
  ["/settingsx", null],
  ["/settings/account/x", null],
  ["/", null],
])("%s is %s", (path, section) => {
  expect(sectionOf(path)).toBe(section);
});
