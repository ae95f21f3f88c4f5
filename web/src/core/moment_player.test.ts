import { beforeEach, describe, expect, it } from "vitest";
import { LEAD_MS, MomentPlayer, type Sound, TAIL_MS } from "./moment_player";

/** An audio element whose time the test sets. */
class FakeSound implements Sound {
  src = "";
  currentTime = 0;
  paused = true;
  loads = 0;
  plays: { yes(): void; no(): void }[] = [];
  private readonly listeners = new Map<string, (() => void)[]>();

  play(): Promise<void> {
    this.paused = false;
    return new Promise((yes, no) => this.plays.push({ yes, no: () => no(new Error("refused")) }));
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.tell("pause");
  }

  load(): void {
    this.loads += 1;
  }

  addEventListener(type: string, listener: () => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  tell(type: string): void {
    for (const listener of this.listeners.get(type) ?? []) listener();
  }
}

let sound: FakeSound;
let frame: (() => void) | null;
let player: MomentPlayer;
const MOMENT = { start_ms: 12_000, end_ms: 15_000 };

beforeEach(() => {
  sound = new FakeSound();
  frame = null;
  player = new MomentPlayer(sound, "/recording", (work) => {
    frame = work;
    return () => {
      if (frame === work) frame = null;
    };
  });
});

function started(moment = MOMENT): void {
  void player.play(moment);
  sound.tell("playing");
}

describe("a moment", () => {
  it("is played from a little before its start", () => {
    started();
    expect(sound.src).toBe("/recording");
    expect(sound.currentTime * 1000).toBe(MOMENT.start_ms - LEAD_MS);
    expect(player.view().state).toBe("playing");
  });

  it("at the very beginning starts at zero", () => {
    started({ start_ms: 100, end_ms: 900 });
    expect(sound.currentTime).toBe(0);
  });

  it("stops at its end and not before", () => {
    started();
    sound.currentTime = (MOMENT.end_ms + TAIL_MS - 1) / 1000;
    frame?.();
    expect(sound.paused).toBe(false);
    sound.currentTime = (MOMENT.end_ms + TAIL_MS + 5) / 1000;
    frame?.();
    expect(sound.paused).toBe(true);
    expect(player.view().state).toBe("stopped");
    expect(frame).toBeNull();
  });

  it("stops in a tab out of sight too, where no picture is drawn", () => {
    started();
    sound.currentTime = 16;
    sound.tell("timeupdate");
    expect(sound.paused).toBe(true);
  });

  it("chosen while another plays takes its place", () => {
    started();
    started({ start_ms: 60_000, end_ms: 61_000 });
    expect(sound.currentTime).toBe(59.7);
    expect(sound.loads).toBe(1);
    sound.currentTime = 15.5;
    frame?.();
    expect(sound.paused).toBe(false);
  });
});

describe("the button", () => {
  it("stops, goes on from there, and begins anew when it was over", async () => {
    started();
    sound.currentTime = 13;
    await player.toggle();
    expect(player.view().state).toBe("stopped");
    void player.toggle();
    sound.tell("playing");
    expect(sound.currentTime).toBe(13);
    sound.currentTime = 15.2;
    frame?.();
    void player.toggle();
    expect(sound.currentTime).toBe(11.7);
  });

  it("of a closed player does nothing", async () => {
    started();
    player.close();
    expect(sound.paused).toBe(true);
    await player.toggle();
    expect(player.view()).toMatchObject({ moment: null, state: "idle" });
  });
});

describe("a recording that does not play", () => {
  it("says so, and is loaded again at the next try", async () => {
    const wish = player.play(MOMENT);
    sound.plays[0]?.no();
    await wish;
    expect(player.view().state).toBe("failed");
    expect(player.view().problem).not.toBe("");
    void player.toggle();
    expect(sound.loads).toBe(2);
    expect(player.view()).toMatchObject({ state: "waiting", problem: "" });
  });

  it("is not blamed for a wish that a newer one ended", async () => {
    const first = player.play(MOMENT);
    started({ start_ms: 60_000, end_ms: 61_000 });
    sound.plays[0]?.no();
    await first;
    expect(player.view().state).toBe("playing");
  });
});
