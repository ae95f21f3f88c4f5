import { beforeEach, expect, test } from "vitest";
import { type Frames, type Media, Player } from "./player";

/** A media element that moves only when told to. */
class Tape implements Media {
  currentTime = 0;
  playbackRate = 1;
  preservesPitch = false;
  paused = true;
  readyState = 4;
  error: unknown = null;
  plays = "probably";
  loads = 0;
  refusal: string | null = null;
  readonly listeners = new Map<string, Set<() => void>>();

  play(): Promise<void> {
    if (this.refusal) return Promise.reject(Object.assign(new Error(), { name: this.refusal }));
    this.paused = false;
    this.fire("play");
    return Promise.resolve();
  }

  canPlayType(): string {
    return this.plays;
  }

  load(): void {
    this.loads++;
    this.error = null;
    this.currentTime = 0;
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.fire("pause");
  }

  addEventListener(type: string, listener: () => void): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: () => void): void {
    this.listeners.get(type)?.delete(listener);
  }

  fire(type: string): void {
    for (const listener of [...(this.listeners.get(type) ?? [])]) listener();
  }

  /** Plays on to `seconds`. */
  to(seconds: number): void {
    this.currentTime = seconds;
    this.fire("timeupdate");
  }
}

let tape: Tape;
let drawn: (() => void)[];
const frames: Frames = { request: (callback) => drawn.push(callback), cancel: () => drawn.splice(0) };
const ready = (startMs = 0) => {
  const player = new Player(60_000, frames, startMs);
  player.open(tape, 60_000);
  return player;
};

beforeEach(() => {
  tape = new Tape();
  drawn = [];
});

test("it begins at the moment it was opened at, when the media can be moved", () => {
  tape.readyState = 0;
  const player = ready(12_300);
  expect([player.nowMs, tape.currentTime]).toEqual([12_300, 0]);
  player.seek(20_000);
  tape.readyState = 1;
  tape.fire("loadedmetadata");
  expect([player.nowMs, tape.currentTime]).toEqual([20_000, 20]);
});

test("the position is the media's, and every frame tells it while it plays", async () => {
  const player = ready();
  const times: number[] = [];
  player.on("time", (ms) => times.push(ms));
  await player.play();
  tape.currentTime = 1.5;
  drawn.shift()?.();
  expect(times.at(-1)).toBe(1500);
  player.pause();
  drawn.shift()?.();
  expect([player.playing, drawn]).toEqual([false, []]);
});

test("speed keeps the pitch, and is kept for media that come later", () => {
  const player = new Player(60_000, frames);
  player.setSpeed(1.75);
  player.open(tape, 60_000);
  expect([tape.playbackRate, tape.preservesPitch]).toEqual([1.75, true]);
});

test("what is skipped is jumped over while it plays, and ends it at the end", async () => {
  const player = ready();
  player.setSkipped([[5000, 9000], [50_000, 60_000]]);
  await player.play();
  tape.to(5.01);
  expect(tape.currentTime).toBe(9);
  tape.to(50.2);
  expect([player.playing, tape.currentTime]).toEqual([false, 60]);
});

test("a skipped stretch that was chosen by hand is heard, the next one is not", async () => {
  const player = ready();
  player.setSkipped([[5000, 9000], [20_000, 30_000]]);
  player.seek(6000);
  await player.play();
  tape.to(7);
  expect(tape.currentTime).toBe(7);
  tape.to(9.1);
  tape.to(20.1);
  expect(tape.currentTime).toBe(30);
});

test("paused, nothing is skipped: one may look anywhere", () => {
  const player = ready();
  player.setSkipped([[5000, 9000]]);
  tape.to(6);
  expect(tape.currentTime).toBe(6);
});

test("a moment with an end stops there once, unless one goes elsewhere", async () => {
  const player = ready();
  player.bound(10_000, 12_000);
  await player.play();
  tape.to(12.02);
  expect(player.playing).toBe(false);
  await player.play();
  tape.to(12.5);
  expect(player.playing).toBe(true);
  player.bound(10_000, 12_000);
  player.seek(11_000);
  tape.to(12.5);
  expect(player.playing).toBe(true);
});

test("played again at the end it begins anew", async () => {
  const player = ready();
  player.seek(60_000);
  await player.play();
  expect(tape.currentTime).toBe(0);
});

test("problems are told apart", async () => {
  const player = ready();
  const problems: string[] = [];
  player.on("problem", (problem) => problems.push(problem));
  tape.refusal = "NotAllowedError";
  await player.play();
  tape.refusal = "AbortError";
  await player.play();
  tape.fire("error");
  tape.plays = "";
  tape.fire("error");
  expect(problems).toEqual(["blocked", "unreachable", "unsupported"]);
});

test("sound that broke off is read anew from there when it is played again", async () => {
  const player = ready();
  player.seek(7000);
  tape.error = {};
  await player.play();
  expect([tape.loads, player.nowMs]).toEqual([1, 7000]);
  tape.fire("loadedmetadata");
  expect(tape.currentTime).toBe(7);
});

test("without sound there is a position within the length, and nothing plays", async () => {
  const player = new Player(30_000, frames, 99_000);
  expect([player.hasSound, player.nowMs]).toEqual([false, 30_000]);
  player.seek(-4);
  await player.play();
  expect([player.nowMs, player.playing]).toEqual([0, false]);
});

test("closed, it listens to nothing and is silent", async () => {
  const player = ready();
  await player.play();
  player.close();
  expect(tape.paused).toBe(true);
  expect([...tape.listeners.values()].every((set) => set.size === 0)).toBe(true);
});
