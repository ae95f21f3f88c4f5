import type { Session } from "../core/api";
import { isOver } from "../core/session_words";
import type { Shown } from "./attributes";
import { progress, type Progress } from "./progress";

export interface Line {
  speaker: "candidate" | "interviewer";
  text: string;
}

export interface WatchView {
  shown: Shown;
  progress: Progress;
  /** The last things said, oldest first. */
  lines: readonly Line[];
  /** Whether the candidate is in it on some device. */
  present: boolean;
  over: boolean;
}

const LINES_MOST = 8;
const READ_AFTER_MS = 300;
/** Figures drift: pauses and extensions of a log that was not heard in full show up here. */
const READ_EVERY_MS = 15_000;
/** These change neither segment nor clock. */
const SPOKEN = new Set([
  "candidate_speaking",
  "candidate_silent",
  "utterance_final",
  "turn_ended",
  "speech_started",
  "speech_ended",
  "observed",
  "model_called",
]);

/**
 * An interview as its event log tells it to a page that is not in it. The server's figures give segment
 * and clock; they are read again when the log says that they changed. Driven by `tick`.
 */
export class Watching {
  private readonly heard: (Line & { id: string })[] = [];
  private readAt: number;
  private due: number;

  constructor(
    private session: Session,
    private readonly now: () => number,
  ) {
    this.readAt = now();
    this.due = this.readAt + READ_EVERY_MS;
  }

  /** One event of the log, as the server sends it. */
  take(event: unknown): void {
    const { type, data } = (event ?? {}) as { type?: unknown; data?: Record<string, unknown> };
    if (typeof type !== "string") return;
    const text = String(data?.["text"] ?? "").trim();
    if (type === "utterance_final") this.say("candidate", String(data?.["utterance_id"] ?? ""), text);
    else if (type === "speech_started" || type === "speech_ended") {
      this.say("interviewer", String(data?.["say_id"] ?? ""), text);
    } else if (!SPOKEN.has(type)) {
      this.due = Math.min(this.due, this.now() + READ_AFTER_MS);
    }
  }

  /** The server's figures, just read. */
  figures(session: Session): void {
    this.session = session;
    this.readAt = this.now();
    this.due = this.readAt + READ_EVERY_MS;
  }

  /** Whether the figures want reading now; asked again only after a while. */
  wantsFigures(): boolean {
    if (this.now() < this.due) return false;
    this.due = this.now() + READ_EVERY_MS;
    return true;
  }

  view(): WatchView {
    const { session } = this;
    const live = session.segments.find((segment) => segment.state === "live");
    const running = session.state === "live" && session.candidate_present && session.interviewer === "here";
    const left = live ? Math.max(0, live.allotted_s - live.spent_s) : null;
    const shown: Shown = {
      state: session.state === "paused" ? "paused" : isOver(session) ? "ended" : live ? "live" : "waiting",
      segment: live?.id ?? null,
      endsAt: running && left !== null ? this.readAt + left * 1000 : null,
      remaining: left,
      buffer: session.buffer_s,
      warning: false,
      floor: null,
    };
    return {
      shown,
      progress: progress(session.segments, shown, this.now()),
      lines: this.merged(),
      present: session.candidate_present,
      over: isOver(session),
    };
  }

  private say(speaker: Line["speaker"], id: string, text: string): void {
    const at = this.heard.findIndex((line) => line.speaker === speaker && line.id === id && id !== "");
    if (at >= 0) {
      // What was heard of a line takes the place of what was begun; nothing of it may have been.
      if (text === "") this.heard.splice(at, 1);
      else this.heard[at] = { speaker, id, text };
    } else if (text !== "") {
      this.heard.push({ speaker, id, text });
    }
    if (this.heard.length > LINES_MOST * 8) this.heard.splice(0, LINES_MOST * 4);
  }

  /** What one side said between two lines of the other, as one. */
  private merged(): Line[] {
    const lines: Line[] = [];
    for (const { speaker, text } of this.heard) {
      const last = lines.at(-1);
      if (last?.speaker === speaker) last.text += ` ${text}`;
      else lines.push({ speaker, text });
    }
    return lines.slice(-LINES_MOST);
  }
}
