import { expect, it } from "vitest";

import { signInProblem } from "./sign_in_words";

it("has a sentence for what it knows, and one for what it does not", () => {
  expect(signInProblem(null)).toBe("");
  expect(signInProblem("link_first")).toContain("account settings");
  expect(signInProblem("no_such_code")).toBe(signInProblem("oidc_failed"));
  expect(signInProblem("<b>")).not.toContain("<b>");
});
