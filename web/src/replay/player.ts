import { Emitter } from "../core/emitter";
import { type Span, spanAt } from "./spans";

/** What is needed of an HTMLAudioElement. */
export interface Media {
  currentTime: number;
  playbackRate: number;
  preservesPitch: boolean;
  readonly paused: boolean;
  readonly readyState: number;
  readonly error: unknown;
  canPlayType(type: string): string;
  load(): void;
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** Calls back before the next frame is drawn, and takes that back. */
export interface Frames {
  request(callback: () => void): number;
  cancel(handle: number): void;
}

export type PlayerProblem = "unsupported" | "unreachable" | "blocked";

export interface PlayerEvents {
  /** The position has changed: before every frame while it plays, and after each jump. */
  time: number;
  /** Somebody chose the position. */
  sought: number;
  playing: boolean;
  waiting: boolean;
  problem: PlayerProblem;
}

const HAVE_METADATA = 1;
const SOUND_TYPE = 'audio/ogg; codecs="opus"';
/** The decoder may stop a little before the length that is told. */
const END_MS = 40;

/**
 * A position on the session clock, and the sound at it. Without `media` there is only the position.
 * Times are milliseconds; nothing is converted but to the seconds of the media element.
 */
export class Player extends Emitter<PlayerEvents> {
  private media: Media | null = null;
  private takeOff: (() => void)[] = [];
  /** Where it is to be once the media can be moved; then the media alone knows. */
  private wantedMs: number | null;
  private skipped: readonly Span[] = [];
  /** A skipped stretch that was chosen by hand is played to its end. */
  private chosen: Span | null = null;
  private stopAtMs: number | null = null;
  private frame: number | null = null;
  private rate = 1;

  constructor(
    private lengthMs: number,
    private readonly frames: Frames,
    startMs = 0,
  ) {
    super();
    this.wantedMs = this.within(startMs);
  }

  get durationMs(): number {
    return this.lengthMs;
  }

  get hasSound(): boolean {
    return this.media !== null;
  }

  get playing(): boolean {
    return this.media !== null && !this.media.paused;
  }

  get speed(): number {
    return this.rate;
  }

  get nowMs(): number {
    return this.wantedMs ?? (this.media ? this.within(this.media.currentTime * 1000) : 0);
  }

  /** Gives it sound, `lengthMs` long. */
  open(media: Media, lengthMs: number): void {
    const at = this.nowMs;
    this.close();
    this.lengthMs = lengthMs;
    this.wantedMs = this.within(at);
    this.media = media;
    media.preservesPitch = true;
    media.playbackRate = this.rate;
    const listen = (type: string, listener: () => void) => {
      media.addEventListener(type, listener);
      this.takeOff.push(() => media.removeEventListener(type, listener));
    };
    listen("loadedmetadata", () => this.place());
    // Frames are not drawn in a tab that is not looked at; these come there too.
    listen("timeupdate", () => this.tick());
    listen("play", () => this.turned());
    listen("pause", () => this.turned());
    listen("ended", () => this.turned());
    listen("waiting", () => this.emit("waiting", true));
    for (const type of ["playing", "seeked", "canplay"]) listen(type, () => this.emit("waiting", false));
    listen("error", () => this.emit("problem", this.reason()));
    if (media.readyState >= HAVE_METADATA) this.place();
  }

  async play(): Promise<void> {
    const { media } = this;
    if (!media) return;
    if (media.error) {
      // Read anew, from where it broke off.
      this.wantedMs = this.nowMs;
      media.load();
    }
    if (this.nowMs >= this.lengthMs - END_MS) this.seek(0);
    try {
      await media.play();
    } catch (error) {
      // A pause before it could begin is no problem; a source that cannot be read has its own event.
      if ((error as DOMException).name === "NotAllowedError") this.emit("problem", "blocked");
    }
  }

  pause(): void {
    this.media?.pause();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  /** Goes to `ms`, as somebody chose it. */
  seek(ms: number): void {
    this.stopAtMs = null;
    const at = this.within(ms);
    this.chosen = spanAt(this.skipped, at);
    this.move(at);
    this.emit("sought", at);
  }

  /** Goes to `fromMs` and stops by itself at `toMs`, once. */
  bound(fromMs: number, toMs: number): void {
    this.seek(fromMs);
    if (toMs > fromMs) this.stopAtMs = this.within(toMs);
  }

  setSpeed(rate: number): void {
    this.rate = rate;
    if (this.media) this.media.playbackRate = rate;
  }

  /** What is jumped over while it plays: in order, without overlaps. */
  setSkipped(spans: readonly Span[]): void {
    this.skipped = spans;
    this.chosen = null;
    this.tick();
  }

  close(): void {
    if (this.frame !== null) this.frames.cancel(this.frame);
    this.frame = null;
    for (const off of this.takeOff.splice(0)) off();
    this.media?.pause();
    this.media = null;
  }

  private within(ms: number): number {
    return Math.min(Math.max(0, ms), this.lengthMs);
  }

  private place(): void {
    if (this.wantedMs === null || !this.media) return;
    this.media.currentTime = this.wantedMs / 1000;
    this.wantedMs = null;
    this.emit("time", this.nowMs);
  }

  private move(ms: number): void {
    if (this.media && this.media.readyState >= HAVE_METADATA) {
      this.wantedMs = null;
      this.media.currentTime = ms / 1000;
    } else {
      this.wantedMs = ms;
    }
    this.emit("time", this.nowMs);
  }

  private turned(): void {
    this.emit("playing", this.playing);
    if (this.playing && this.frame === null) this.next();
    this.tick();
  }

  private next(): void {
    this.frame = this.frames.request(() => {
      this.frame = null;
      if (!this.playing) return;
      this.tick();
      if (this.playing) this.next();
    });
  }

  private tick(): void {
    if (this.playing) this.leap();
    this.emit("time", this.nowMs);
  }

  /** Stops where it was to stop, and jumps over what is skipped. */
  private leap(): void {
    const now = this.nowMs;
    if (this.stopAtMs !== null && now >= this.stopAtMs) {
      this.stopAtMs = null;
      this.pause();
      return;
    }
    const span = spanAt(this.skipped, now);
    if (span === this.chosen) return;
    this.chosen = null;
    if (!span) return;
    if (span[1] >= this.lengthMs - END_MS) this.pause();
    this.move(Math.min(span[1], this.lengthMs));
  }

  /** Browsers give the same error for a file that cannot be had and one that they cannot read. */
  private reason(): PlayerProblem {
    return this.media?.canPlayType(SOUND_TYPE) === "" ? "unsupported" : "unreachable";
  }
}
