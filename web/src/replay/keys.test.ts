import { expect, test } from "vitest";
import { commandOf, otherSpeed } from "./keys";

const press = (key: string, more: Partial<Parameters<typeof commandOf>[0]> = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, on: "page", ...more });

test("keys are commands on the page, with caps lock too", () => {
  expect([" ", "k", "K", "ArrowLeft", "/", "?", "N", "n"].map((key) => press(key))).toEqual([
    "toggle", "toggle", "toggle", "back", "search", "help", "found_back", "found_next",
  ]);
  expect(["+", "=", "-"].map((key) => press(key))).toEqual(["closer", "closer", "wider"]);
  expect(press("x")).toBeNull();
});

test("fields keep their keys, buttons their Space, the browser its own", () => {
  expect(press("k", { on: "text" })).toBeNull();
  expect(press(" ", { on: "button" })).toBeNull();
  expect(press("ArrowRight", { on: "button" })).toBe("forward");
  expect(press("f", { ctrlKey: true })).toBeNull();
});

test("speed goes by steps and stops at both ends", () => {
  expect([otherSpeed(1, true), otherSpeed(1, false), otherSpeed(2, true), otherSpeed(0.75, false)]).toEqual([
    1.25, 0.75, 2, 0.75,
  ]);
});
