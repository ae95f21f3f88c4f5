import { Emitter } from "./emitter";

export interface Moment {
  start_ms: number;
  end_ms: number;
}

/** What of an audio element is used; its times are seconds. */
export interface Sound {
  src: string;
  currentTime: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
  load(): void;
  addEventListener(type: string, listener: () => void): void;
}

export interface PlayerView {
  moment: Moment | null;
  /** "waiting": asked for, not heard yet. "failed": it cannot be played, and `problem` says why. */
  state: "idle" | "waiting" | "playing" | "stopped" | "failed";
  at_ms: number;
  problem: string;
}

interface PlayerEvents {
  view: PlayerView;
}

/** A word is seldom heard from its very first sound on: the span begins this much earlier. */
export const LEAD_MS = 300;
/** So that the last sound is not cut off. */
export const TAIL_MS = 150;

const CANNOT = "The recording does not play in this browser just now. Try again, or open the moment in the replay.";

/** Plays single moments of one recording: each from a little before its start until its end. */
export class MomentPlayer extends Emitter<PlayerEvents> {
  private moment: Moment | null = null;
  private state: PlayerView["state"] = "idle";
  private problem = "";
  private takeBack: (() => void) | null = null;
  /** Counts what was asked for: the answer to an older wish changes nothing. */
  private wish = 0;

  constructor(
    private readonly sound: Sound,
    private readonly url: string,
    /** Calls `work` before the next picture; the answer takes the call back. */
    private readonly nextFrame: (work: () => void) => () => void,
  ) {
    super();
    // Pictures are not drawn in a tab that is out of sight; this goes on there.
    sound.addEventListener("timeupdate", () => this.look());
    sound.addEventListener("playing", () => this.heard());
    sound.addEventListener("pause", () => this.set(this.state === "idle" || this.state === "failed" ? this.state : "stopped"));
    sound.addEventListener("error", () => this.fail());
  }

  /** Plays `moment` from its beginning, whatever plays now. */
  async play(moment: Moment): Promise<void> {
    this.moment = moment;
    if (this.sound.src === "" || this.state === "failed") {
      this.sound.src = this.url;
      this.sound.load();
    }
    this.sound.currentTime = Math.max(0, moment.start_ms - LEAD_MS) / 1000;
    await this.begin();
  }

  /** Stops where it is, or goes on from there; from the beginning when it was over. */
  async toggle(): Promise<void> {
    if (!this.moment) return;
    if (this.state === "playing" || this.state === "waiting") this.sound.pause();
    else if (this.state === "failed" || this.atMs() >= this.moment.end_ms) await this.play(this.moment);
    else await this.begin();
  }

  /** Silent, and nothing is chosen. */
  close(): void {
    this.wish += 1;
    this.moment = null;
    this.state = "idle";
    this.takeBack?.();
    this.takeBack = null;
    this.sound.pause();
    this.show();
  }

  view(): PlayerView {
    return { moment: this.moment, state: this.state, at_ms: this.atMs(), problem: this.problem };
  }

  private async begin(): Promise<void> {
    const mine = ++this.wish;
    this.problem = "";
    this.set("waiting");
    try {
      await this.sound.play();
    } catch {
      // A newer wish, or a pause, ends this one; only the newest can have failed.
      if (mine === this.wish && this.state === "waiting") this.fail();
    }
  }

  private heard(): void {
    if (!this.moment) return;
    this.set("playing");
    this.look();
  }

  private look(): void {
    this.takeBack?.();
    this.takeBack = null;
    if (!this.moment || this.sound.paused) return;
    if (this.atMs() >= this.moment.end_ms + TAIL_MS) {
      this.sound.pause();
      this.set("stopped");
      return;
    }
    this.takeBack = this.nextFrame(() => this.look());
    this.show();
  }

  private fail(): void {
    if (!this.moment) return;
    this.problem = CANNOT;
    this.set("failed");
  }

  private set(state: PlayerView["state"]): void {
    this.state = state;
    this.show();
  }

  private atMs(): number {
    return Math.round(this.sound.currentTime * 1000);
  }

  private show(): void {
    this.emit("view", this.view());
  }
}
