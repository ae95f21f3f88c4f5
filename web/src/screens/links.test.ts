import { expect, it } from "vitest";

import { readLink } from "./links";

it.each([
  ["/reset/abc-_1", { kind: "reset", token: "abc-_1" }],
  ["/confirm/abc/", { kind: "confirm", token: "abc" }],
  ["/email", { kind: "email", token: "" }],
  ["/unsubscribe/a%2Fb", { kind: "unsubscribe", token: "a/b" }],
  ["/reset/%", { kind: "reset", token: "" }],
  ["/", null],
  ["/settings/email", null],
  ["/reset/a/b", null],
])("reads %j", (path, link) => {
  expect(readLink(path)).toEqual(link);
});
