import { expect, it } from "vitest";

import { confirmationProblem, emailProblem, nameProblem, newPasswordProblem, passwordProblem } from "./account_rules";

it.each([
  ["ada@example.com", ""],
  ["  ada@example.com ", ""],
  ["ada@localhost", ""],
  ["", "Enter your email address."],
  ["ada", "This is not a whole email address."],
  ["ada@", "This is not a whole email address."],
  ["a da@example.com", "This is not a whole email address."],
  ["a@b@c", "This is not a whole email address."],
  [`${"a".repeat(250)}@b.de`, "An address has at most 254 characters."],
])("address %j: %s", (email, problem) => {
  expect(emailProblem(email)).toBe(problem);
});

it("counts characters as people do, not code units", () => {
  expect(newPasswordProblem("\u{1F511}".repeat(9))).toContain("at least 10");
  expect(newPasswordProblem("\u{1F511}".repeat(10))).toBe("");
  expect(newPasswordProblem("x".repeat(129))).toContain("at most 128");
  expect(newPasswordProblem("")).toBe("Enter a new password.");
  expect(nameProblem("\u{1F511}".repeat(101))).toContain("at most 100");
});

it("asks for a name and for a password", () => {
  expect(nameProblem("  ")).toBe("Enter the name you want to be called.");
  expect(nameProblem("Ada")).toBe("");
  expect(passwordProblem("")).toBe("Enter your password.");
  expect(passwordProblem("short")).toBe("");
});

it("takes the account's own address for a yes, and nothing else", () => {
  expect(confirmationProblem(" Ada@Example.com ", "ada@example.com")).toBe("");
  expect(confirmationProblem("", "ada@example.com")).not.toBe("");
  expect(confirmationProblem("bob@example.com", "ada@example.com")).toContain("ada@example.com");
});
