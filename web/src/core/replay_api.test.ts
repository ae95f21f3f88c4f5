import { expect, test } from "vitest";
import { readShared } from "../screens/shared/visit";
import { momentAddress, ReplayApi, reviewAddress, SharedApi } from "./replay_api";

/** Answers every call with what was asked. */
function told() {
  const asked: [string, string, unknown?][] = [];
  const call = <T>(method: string, path: string, body?: unknown): Promise<T> => {
    asked.push(body === undefined ? [method, path] : [method, path, body]);
    return Promise.resolve({ items: [] } as T);
  };
  return { asked, call };
}

test("what is asked of an interview is below its own address", async () => {
  const { asked, call } = told();
  const api = new ReplayApi({ call });
  const source = api.source("a/b");
  expect(source.audio).toBe("/api/v1/sessions/a%2Fb/recording");
  await source.transcript();
  await source.peaks();
  await source.comments();
  await api.comments("a/b").add(1200, "Why?");
  await api.comments("a/b").change("c/1", "Why not?");
  await api.comments("a/b").remove("c/1");
  await api.score("a/b", [], true);
  expect(asked).toEqual([
    ["GET", "/sessions/a%2Fb/transcript"],
    ["GET", "/sessions/a%2Fb/recording/peaks"],
    ["GET", "/sessions/a%2Fb/comments"],
    ["POST", "/sessions/a%2Fb/comments", { at_ms: 1200, text: "Why?" }],
    ["PATCH", "/comments/c%2F1", { text: "Why not?" }],
    ["DELETE", "/comments/c%2F1"],
    ["PUT", "/sessions/a%2Fb/scoring", { scores: [], done: true }],
  ]);
});

test("what a link shows is asked for by the link, and by nothing else", async () => {
  const { asked, call } = told();
  const api = new SharedApi({ call }, "s/ecret");
  await api.shared();
  await api.report();
  await api.source().transcript();
  await api.source().peaks();
  await api.source().comments();
  expect(api.source().audio).toBe("/api/v1/shared/s%2Fecret/recording");
  expect(asked.every(([method, path]) => method === "GET" && path.startsWith("/shared/s%2Fecret"))).toBe(true);
});

test("the secret of a link is read from the address, whatever was typed there", () => {
  expect([readShared("/shared/abc"), readShared("/shared/abc/"), readShared("/shared/%E0%A4%A")]).toEqual([
    "abc", "abc", "%E0%A4%A",
  ]);
  expect([readShared("/shared/"), readShared("/shared/a/b"), readShared("/sharing")]).toEqual([null, null, null]);
});

test("addresses of a moment are seconds with a tenth, never before the beginning", () => {
  expect(momentAddress("/sessions/x/replay", 83_456)).toBe("/sessions/x/replay?t=83.5");
  expect(momentAddress("/shared/x", -4)).toBe("/shared/x?t=0.0");
  expect(reviewAddress("a b")).toBe("/sessions/a%20b/review");
});
