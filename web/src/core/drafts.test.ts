import { beforeEach, describe, expect, it } from "vitest";

import { Refused, Unreachable } from "./api";
import { Draft, draftKey, type DraftView, forgetDrafts } from "./drafts";
import type { StoredDraft } from "./history_api";

const KEY = draftKey("u", "i", "notes");

/** A server that keeps one text and says what a stale write replaces, as the real one does. */
class Server {
  text = "";
  version = 0;
  replaced: string | null = null;
  down: Error | null = null;
  writes: [string, number][] = [];

  write = async (text: string, base: number): Promise<StoredDraft> => {
    this.writes.push([text, base]);
    if (this.down) throw this.down;
    const replaced = base < this.version ? this.text : null;
    this.replaced = replaced;
    this.text = text;
    this.version += 1;
    return { text, version: this.version, changed_at: "2026-01-01T00:00:00Z", replaced };
  };
  stored = (): StoredDraft | null => {
    const { text, version, replaced } = this;
    return version === 0 ? null : { text, version, replaced, changed_at: "" };
  };
}

let server: Server;
let kept: Map<string, string>;
let waiting: { work: () => void; ms: number }[];

function open(): { draft: Draft; seen: DraftView[] } {
  const draft = new Draft(
    {
      write: (text, base) => server.write(text, base),
      store: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
      later: (work, ms) => {
        const entry = { work, ms };
        waiting.push(entry);
        return () => void (waiting = waiting.filter((other) => other !== entry));
      },
    },
    KEY,
  );
  const seen: DraftView[] = [];
  draft.on("view", (view) => seen.push(view));
  return { draft, seen };
}

/** Lets all that is due happen, and its answers come in. */
async function time(): Promise<void> {
  const due = waiting;
  waiting = [];
  for (const { work } of due) work();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  server = new Server();
  kept = new Map();
  waiting = [];
});

describe("a draft", () => {
  it("is written once for several keys, and forgotten here when it is there", async () => {
    const { draft } = open();
    draft.load(null);
    draft.edit("a");
    draft.edit("ab");
    expect(JSON.parse(kept.get(KEY) ?? "")).toEqual({ text: "ab", base: 0 });
    await time();
    expect(server.writes).toEqual([["ab", 0]]);
    expect(kept.size).toBe(0);
    expect(draft.view()).toMatchObject({ state: "saved", replaced: null });
  });

  it("survives a dead server and a reload", async () => {
    server.down = new Unreachable();
    const before = open();
    before.draft.load(null);
    before.draft.edit("kept");
    await time();
    expect(before.draft.view().state).toBe("kept");
    before.draft.close();
    await time();
    waiting = [];

    server.down = null;
    const after = open();
    after.draft.load(null);
    expect(after.draft.view().text).toBe("kept");
    await time();
    expect(server.text).toBe("kept");
    expect(kept.size).toBe(0);
  });

  it("tries again later each time, and at most every half minute", async () => {
    server.down = new Unreachable();
    const { draft } = open();
    draft.load(null);
    draft.edit("x");
    const waits: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      waits.push(waiting[0]?.ms ?? -1);
      await time();
    }
    expect(waits).toEqual([800, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it("goes on writing what was typed while an answer was on its way", async () => {
    const { draft } = open();
    draft.load(null);
    draft.edit("one");
    draft.flush();
    draft.edit("one two");
    await time();
    await time();
    expect(server.text).toBe("one two");
    expect(server.writes.at(-1)).toEqual(["one two", 1]);
    expect(draft.view()).toMatchObject({ state: "saved", replaced: null });
  });

  it("says what it replaced, and puts it back without losing its own", async () => {
    const here = open();
    const there = open();
    here.draft.load(null);
    there.draft.load(null);
    there.draft.edit("from the phone");
    await time();
    here.draft.edit("from the laptop");
    await time();
    expect(here.draft.view()).toMatchObject({
      text: "from the laptop",
      replaced: { text: "from the phone", by: "other" },
    });
    here.draft.restore();
    expect(here.draft.view()).toMatchObject({
      text: "from the phone",
      replaced: { text: "from the laptop", by: "own" },
    });
    await time();
    expect(server.text).toBe("from the phone");
    expect(here.draft.view().replaced?.text).toBe("from the laptop");
    here.draft.restore();
    await time();
    expect(server.text).toBe("from the laptop");
    here.draft.dismiss();
    expect(here.draft.view().replaced).toBeNull();
  });

  it("shows what was replaced by a text that waited in this browser", async () => {
    kept.set(KEY, JSON.stringify({ text: "offline", base: 0 }));
    await server.write("meanwhile", 0);
    const { draft } = open();
    draft.load(server.stored());
    expect(draft.view().text).toBe("offline");
    await time();
    expect(draft.view().replaced).toEqual({ text: "meanwhile", by: "other" });
  });

  it("does not take its own text for another's where only the answer was lost", async () => {
    const write = server.write;
    server.write = async (text, base) => {
      await write(text, base);
      throw new Unreachable();
    };
    const { draft: deaf } = open();
    deaf.load(null);
    deaf.edit("first");
    await time();
    server.write = write;
    deaf.edit("first and more");
    await time();
    expect(server.text).toBe("first and more");
    expect(deaf.view().replaced).toBeNull();
  });

  it("takes a newer text over only where nothing is unsaved", async () => {
    const { draft } = open();
    draft.load(null);
    await server.write("newer", 0);
    draft.refresh(server.stored());
    expect(draft.view().text).toBe("newer");
    draft.edit("mine");
    await server.write("newest", 1);
    draft.refresh(server.stored());
    expect(draft.view().text).toBe("mine");
    await time();
    expect(draft.view().replaced?.text).toBe("newest");
  });

  it("tells whose text was written over, when it hears of it, and later visits until it is not wanted", async () => {
    const mine = open();
    mine.draft.load(null);
    mine.draft.edit("mine");
    await time();
    await server.write("of a phone that had been offline", 0);
    mine.draft.refresh(server.stored());
    expect(mine.draft.view()).toMatchObject({
      text: "of a phone that had been offline",
      replaced: { text: "mine", by: "own" },
    });
    const later = open();
    later.draft.load(server.stored());
    expect(later.draft.view().replaced).toEqual({ text: "mine", by: "other" });
    later.draft.dismiss();
    const last = open();
    last.draft.load(server.stored());
    expect(last.draft.view().replaced).toBeNull();
  });

  it("keeps a text that the server refuses, and says why", async () => {
    server.down = new Refused(422, "invalid_request", "text: at most 20000 letters");
    const { draft } = open();
    draft.load(null);
    draft.edit("too long");
    await time();
    expect(draft.view()).toMatchObject({ state: "refused", message: "text: at most 20000 letters", text: "too long" });
    expect(waiting).toEqual([]);
    expect(kept.has(KEY)).toBe(true);
  });

  it("leaves nothing behind for an interview that is gone", async () => {
    server.down = new Refused(404, "not_found", "There is no such session.");
    const { draft } = open();
    draft.load(null);
    draft.edit("words");
    await time();
    expect(draft.view().state).toBe("refused");
    expect(kept.size).toBe(0);
  });

  it("begins anew where the store holds what it cannot read", () => {
    kept.set(KEY, "{");
    const { draft } = open();
    draft.load({ text: "stored", version: 3, changed_at: "", replaced: null });
    expect(draft.view()).toMatchObject({ text: "stored", state: "saved" });
  });
});

it("forgets the drafts of one interview, or of one user", () => {
  const names = ["viva.draft.u.i.notes", "viva.draft.u.i.notes.seen", "viva.draft.u.ii.notes", "viva.draft.v.i.notes", "viva.devices"];
  const left = new Map(names.map((name) => [name, "x"]));
  const store = {
    get length() {
      return left.size;
    },
    key: (index: number) => [...left.keys()][index] ?? null,
    removeItem: (name: string) => void left.delete(name),
  } as unknown as Storage;
  forgetDrafts(store, "u", "i");
  expect([...left.keys()]).toEqual(["viva.draft.u.ii.notes", "viva.draft.v.i.notes", "viva.devices"]);
  forgetDrafts(store, "u");
  expect([...left.keys()]).toEqual(["viva.draft.v.i.notes", "viva.devices"]);
  forgetDrafts(null, "u");
});
