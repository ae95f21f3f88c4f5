import { describe, expect, it } from "vitest";

import { Refused, Unreachable } from "./api";
import type { Field, PatchedSettings, Settings, SettingsPatch, StoredSettings } from "./settings_api";
import { SettingsSaver } from "./settings_saver";

const VALUES: Settings = {
  scenario_id: null,
  difficulty: null,
  tone: "warm",
  segment_seconds: null,
  buffer_seconds: 300,
  audio_only: false,
  voice: null,
  speaking_rate: 1,
  captions: true,
  push_to_talk: false,
  time_zone: "UTC",
  reminder_days: null,
  digest: "off",
  email_notifications: false,
  share_anonymised: false,
  record: "ask",
  keep_recordings_days: null,
};
const UNSET = Object.fromEntries(Object.keys(VALUES).map((field) => [field, 0])) as Record<Field, number>;

/** Stores like the server, last writer wins; each call waits until it is answered. */
class Server {
  readonly calls: SettingsPatch[] = [];
  stored: StoredSettings = { values: { ...VALUES }, versions: { ...UNSET } };
  private waiting: (() => void)[] = [];
  private failures: unknown[] = [];

  readonly save = (patch: SettingsPatch) =>
    new Promise<PatchedSettings>((resolve, reject) => {
      this.calls.push(patch);
      this.waiting.push(() => {
        const failure = this.failures.shift();
        if (failure) reject(failure);
        else resolve(this.write(patch));
      });
    });

  write(patch: SettingsPatch): PatchedSettings {
    const overwrote = [];
    for (const field of Object.keys(patch.values) as Field[]) {
      if ((patch.base[field] ?? 0) < this.stored.versions[field]) {
        overwrote.push({ field, value: this.stored.values[field], changed_at: "2026-11-23T10:00:00Z" });
      }
      this.stored = {
        values: { ...this.stored.values, [field]: patch.values[field] },
        versions: { ...this.stored.versions, [field]: this.stored.versions[field] + 1 },
      };
    }
    return { ...this.stored, overwrote };
  }

  elsewhere<F extends Field>(field: F, value: Settings[F]): void {
    this.write({ values: { [field]: value }, base: { [field]: this.stored.versions[field] } });
  }

  failNext(error: unknown): void {
    this.failures.push(error);
  }

  async answer(): Promise<void> {
    this.waiting.shift()?.();
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function setUp() {
  const server = new Server();
  const saver = new SettingsSaver(server.stored, server.save, "No answer.");
  const changed: Field[] = [];
  saver.on("changed", (field) => changed.push(field));
  return { server, saver, changed };
}

describe("SettingsSaver", () => {
  it("sends a change with the version it was made on, and says that it is saved", async () => {
    const { server, saver, changed } = setUp();
    void saver.change("tone", "direct");
    expect(saver.value("tone")).toBe("direct");
    expect(saver.saving("tone")).toEqual({ kind: "saving" });
    await server.answer();
    expect(server.calls).toEqual([{ values: { tone: "direct" }, base: { tone: 0 } }]);
    expect(saver.saving("tone")).toEqual({ kind: "saved" });
    expect(saver.dirty).toBe(false);
    expect(changed).toEqual([]);
    void saver.change("tone", "warm");
    expect(server.calls[1]).toEqual({ values: { tone: "warm" }, base: { tone: 1 } });
  });

  it("sends one field at a time, and of several changes the last", async () => {
    const { server, saver } = setUp();
    void saver.change("speaking_rate", 1.1);
    void saver.change("speaking_rate", 1.2);
    void saver.change("speaking_rate", 1.3);
    void saver.change("captions", false);
    expect(server.calls).toHaveLength(1);
    await server.answer();
    expect(saver.saving("speaking_rate")).toEqual({ kind: "saving" });
    await server.answer();
    await server.answer();
    expect(server.calls.map((call) => call.values)).toEqual([
      { speaking_rate: 1.1 },
      { speaking_rate: 1.3 },
      { captions: false },
    ]);
    expect(server.calls[1]?.base).toEqual({ speaking_rate: 1 });
    expect(server.stored.values).toMatchObject({ speaking_rate: 1.3, captions: false });
    expect(saver.saving("speaking_rate")).toEqual({ kind: "saved" });
  });

  it("says what another device had chosen meanwhile, and lets it be kept or put back", async () => {
    const { server, saver, changed } = setUp();
    server.elsewhere("tone", "neutral");
    void saver.change("tone", "direct");
    await server.answer();
    const unseen = { kind: "overwrote", theirs: "neutral", changedAt: "2026-11-23T10:00:00Z" };
    expect(saver.saving("tone")).toEqual(unseen);
    saver.keepMine("tone");
    expect(saver.saving("tone")).toEqual({ kind: "saved" });
    expect(server.stored.values.tone).toBe("direct");

    server.elsewhere("tone", "neutral");
    void saver.change("tone", "warm");
    await server.answer();
    void saver.takeTheirs("tone");
    expect(changed).toEqual(["tone"]);
    expect(saver.value("tone")).toBe("neutral");
    await server.answer();
    expect(saver.saving("tone")).toEqual({ kind: "saved" });
    expect(server.stored.values.tone).toBe("neutral");
  });

  it("makes nothing of another device's having chosen the same", async () => {
    const { server, saver } = setUp();
    server.elsewhere("segment_seconds", [1, 2, 3, 4, 5]);
    void saver.change("segment_seconds", [1, 2, 3, 4, 5]);
    await server.answer();
    expect(saver.saving("segment_seconds")).toEqual({ kind: "saved" });
  });

  it("shows what another device chose in a field that was not touched here", async () => {
    const { server, saver, changed } = setUp();
    server.elsewhere("captions", false);
    void saver.change("tone", "direct");
    await server.answer();
    expect(changed).toEqual(["captions"]);
    expect(saver.value("captions")).toBe(false);
    void saver.change("captions", true);
    await server.answer();
    expect(saver.saving("captions")).toEqual({ kind: "saved" });
  });

  it("keeps what could not be sent, and sends it again with its own base", async () => {
    const { server, saver } = setUp();
    server.failNext(new Unreachable("gone"));
    void saver.change("tone", "direct");
    await server.answer();
    expect(saver.saving("tone")).toEqual({ kind: "failed", message: "No answer.", again: true });
    expect(saver.value("tone")).toBe("direct");
    expect(saver.dirty).toBe(true);
    server.elsewhere("tone", "neutral");
    saver.takeIn(server.stored);
    expect(saver.value("tone")).toBe("direct");
    void saver.retry();
    await server.answer();
    expect(saver.saving("tone")).toMatchObject({ kind: "overwrote", theirs: "neutral" });
  });

  it("names what the server refuses, and holds up no other field for it", async () => {
    const { server, saver } = setUp();
    server.failNext(new Refused(422, "invalid_request", "whole", { "values.time_zone": "No such zone." }));
    void saver.change("time_zone", "Mars/Olympus");
    void saver.change("digest", "weekly");
    await server.answer();
    await server.answer();
    expect(saver.saving("time_zone")).toEqual({ kind: "failed", message: "No such zone.", again: false });
    expect(saver.saving("digest")).toEqual({ kind: "saved" });
    await saver.retry();
    expect(server.calls).toHaveLength(2);
  });

  it("does not show the failure of a value that a newer one has replaced", async () => {
    const { server, saver } = setUp();
    server.failNext(new Refused(422, "invalid_request", "Too fast."));
    void saver.change("speaking_rate", 9);
    void saver.change("speaking_rate", 1.5);
    await server.answer();
    expect(saver.saving("speaking_rate")).toEqual({ kind: "saving" });
    await server.answer();
    expect(saver.saving("speaking_rate")).toEqual({ kind: "saved" });
  });

  it("says when nobody is signed in any longer", async () => {
    const { server, saver } = setUp();
    let told = 0;
    saver.on("signedOut", () => (told += 1));
    server.failNext(new Refused(401, "not_logged_in", "Log in first."));
    void saver.change("tone", "direct");
    await server.answer();
    expect(told).toBe(1);
    expect(saver.dirty).toBe(true);
  });

  it("hands what it could not store to the next one, on the version that was seen", async () => {
    const { server, saver } = setUp();
    server.failNext(new Refused(401, "not_logged_in", "Log in first."));
    void saver.change("tone", "direct");
    await server.answer();
    server.elsewhere("tone", "neutral");
    const next = new SettingsSaver(server.stored, server.save, "No answer.");
    void next.restore(saver.pending());
    expect(next.value("tone")).toBe("direct");
    await server.answer();
    expect(server.stored.values.tone).toBe("direct");
    expect(next.saving("tone")).toMatchObject({ kind: "overwrote", theirs: "neutral" });
  });

  it("takes in newer values, never older ones", async () => {
    const { server, saver, changed } = setUp();
    const old = server.stored;
    void saver.change("tone", "direct");
    await server.answer();
    saver.takeIn(old);
    expect(saver.value("tone")).toBe("direct");
    expect(changed).toEqual([]);
  });
});
