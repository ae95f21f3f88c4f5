import { beforeEach, expect, it } from "vitest";

import { Unreachable } from "./api";
import type { InboxItem } from "./history_api";
import { FRESH_FOR_MS, Inbox, ownPath } from "./inbox";

const item = (id: string, read_at: string | null = null): InboxItem => ({
  id,
  kind: "reminder",
  title: "Time to practise",
  text: "",
  link: "/",
  created_at: "2026-01-01T00:00:00Z",
  read_at,
});

let now: number;
let asked: number;
let marked: string[];
let answer: () => Promise<InboxItem[]>;
let fails: boolean;
let inbox: Inbox;

beforeEach(() => {
  [now, asked, marked, fails] = [1_000_000, 0, [], false];
  answer = async () => [item("a"), item("b"), item("c", "2026-01-02T00:00:00Z")];
  const mark = async (id: string) => {
    if (fails) throw new Unreachable();
    marked.push(id);
  };
  inbox = new Inbox(
    { inbox: () => ((asked += 1), answer()), read: mark, readAll: () => mark("all") },
    () => now,
  );
  inbox.belongsTo("u1");
});

it("counts what is unread and is not asked again at once", async () => {
  await inbox.refresh();
  await inbox.refresh();
  expect([inbox.unread, asked]).toEqual([2, 1]);
  now += FRESH_FOR_MS;
  await inbox.refresh();
  expect(asked).toBe(2);
});

it("marks one and all, and takes it back where the server did not hear it", async () => {
  await inbox.refresh();
  await inbox.read("a");
  expect([inbox.unread, marked]).toEqual([1, ["a"]]);
  fails = true;
  await inbox.readAll();
  expect(inbox.unread).toBe(1);
  fails = false;
  await inbox.readAll();
  expect(inbox.unread).toBe(0);
});

it("keeps what it has while the server is silent, and nothing of another user", async () => {
  await inbox.refresh();
  answer = () => Promise.reject(new Unreachable());
  now += FRESH_FOR_MS;
  await inbox.refresh();
  expect(inbox.items).toHaveLength(3);
  inbox.belongsTo("u1");
  expect(inbox.items).toHaveLength(3);
  inbox.belongsTo("u2");
  expect(inbox.items).toEqual([]);
  answer = async () => [item("d")];
  await inbox.refresh();
  expect(inbox.unread).toBe(1);
});

it.each([
  ["/history?q=a", "/history?q=a"],
  ["https://viva.example/sessions/1", "/sessions/1"],
  ["https://elsewhere.example/", null],
  ["//elsewhere.example/", null],
  ["javascript:alert(1)", null],
  ["http://", null],
  ["", null],
  [null, null],
] as const)("follows %s to %s", (link, path) => {
  expect(ownPath(link, "https://viva.example")).toBe(path);
});
