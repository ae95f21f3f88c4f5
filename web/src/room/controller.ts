import { type Action, type Api, Refused, type Session } from "../core/api";
import { Emitter } from "../core/emitter";
import type { ServerClock } from "../core/server_clock";
import { isOver } from "../core/session_words";
import { readAttributes, type Shown, writtenAt } from "./attributes";
import { control, moreTime, type Outcome } from "./control";
import type { InterviewRoom } from "./interview_room";
import { type Link, type LinkInput, nextLink } from "./link";
import type { Heard } from "./notices";
import { presence, type Presence } from "./presence";
import { progress, type Progress } from "./progress";

/** All that the interview's screen draws, whole each time. */
export interface View {
  link: Link;
  shown: Shown;
  progress: Progress;
  presence: Presence;
  /** An interviewer was here before: the one waited for comes back rather than comes. */
  returning: boolean;
  audioBlocked: boolean;
  /** The server cannot be heard, though the room may well go on. */
  serverSilent: boolean;
  /** Whether the interviewer is there to be asked for something. */
  canAsk: boolean;
  now: number;
}

interface ControllerEvents {
  view: View;
  /** The interview is over; the transcript is what is left to see. */
  over: undefined;
}

export type RoomPort = Pick<
  InterviewRoom,
  "on" | "join" | "leave" | "ask" | "forgetInterviewer"
>;

export interface ControllerParts {
  api: Pick<Api, "session" | "connection" | "control">;
  room: RoomPort;
  clock: ServerClock;
  now: () => number;
  /** Listens to the server's stream about this interview; the answer stops it. */
  notices: (onHeard: (heard: Heard) => void) => () => void;
  /** Tells other tabs that this one takes the seat. */
  takeSeat: () => void;
  speaker: () => string;
}

// The log reaches the server a moment after the room: figures are read soon, and once more.
const FIGURES_AFTER_MS = [300, 2000];
const CHECK_ENDED_EVERY_MS = 10_000;
// By then the interviewer has noticed that this page is gone: whoever is there is another.
const GONE_ON_AFTER_MS = 60_000;
const SLEPT_MS = 30_000;
const FAREWELL_MAX_MS = 30_000;
/** A stream that is back sooner is not worth a word. */
const SERVER_SILENT_AFTER_MS = 1000;

/** Holds one interview's seat, clock and figures. Driven by `tick`; owns no timer of its own. */
export class InterviewController extends Emitter<ControllerEvents> {
  private link: Link = { kind: "joining", attempt: 0 };
  private shown: Shown;
  private hasInterviewer = false;
  private returning = false;
  private called: "again" | "first" | null = null;
  private silentSince: number | null = null;
  private waitingSince: number | null = null;
  private frozenAt: number | null;
  private audioBlocked = false;
  private figuresDue: number[] = [];
  private checkedAt: number;
  private endedAt: number | null = null;
  private isOver = false;
  private joinNumber = 0;
  /** When the page surely held the seat last. */
  private hereAt: number;
  private tickedAt: number;
  private sureFrom = 0;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly parts: ControllerParts,
    private interview: Session,
  ) {
    super();
    this.shown = fromFigures(interview);
    this.frozenAt = parts.now();
    this.checkedAt = parts.now();
    this.hereAt = parts.now();
    this.tickedAt = parts.now();
    this.returning = interview.started_at !== null;
  }

  start(): void {
    const room = this.parts.room;
    this.undo.push(
      room.on("repairing", () => this.take({ type: "repairing" })),
      room.on("repaired", () => this.take({ type: "repaired" })),
      room.on("dropped", (why) => this.dropped(why)),
      room.on("interviewer", (here) => this.interviewerIs(here)),
      room.on("attributes", (attributes) => this.attributesAre(attributes)),
      room.on("audioBlocked", (blocked) => {
        this.audioBlocked = blocked;
        this.show();
      }),
      this.parts.notices((heard) => this.heard(heard)),
    );
    void this.join();
  }

  stop(): void {
    for (const undo of this.undo.splice(0)) undo();
    this.joinNumber += 1;
    void this.parts.room.leave();
  }

  /** Takes or retakes the seat now. */
  async join(): Promise<void> {
    const mine = ++this.joinNumber;
    const current = () => mine === this.joinNumber && !this.isOver;
    this.take({ type: "join" });
    this.parts.takeSeat();
    try {
      const connection = await this.parts.api.connection(this.interview.id);
      if (!current()) return;
      await this.parts.room.join(connection, this.parts.speaker());
      if (!current()) return;
      this.waitingSince = this.hasInterviewer ? null : this.parts.now();
      this.hereAt = this.sureFrom = this.parts.now();
      this.take({ type: "joined" });
      this.figuresSoon();
    } catch (error) {
      if (!current()) return;
      if (error instanceof Refused) {
        const { status, code, message } = error;
        this.take({ type: "answered", status, code, message });
      } else {
        const known = await this.readFigures();
        if (current()) this.take(known ? { type: "dropped", why: "network" } : { type: "unreachable" });
      }
    }
  }

  private heard(heard: Heard): void {
    if ("server" in heard) {
      this.silentSince = heard.server ? null : (this.silentSince ?? this.parts.now());
    } else if (heard.notice === "interviewer_reconnecting" || heard.notice === "interviewer_delayed") {
      this.called = heard.notice === "interviewer_delayed" ? "first" : "again";
      this.parts.room.forgetInterviewer();
    }
    this.show();
  }

  /** Another tab of this browser took the seat. */
  takenElsewhere(): void {
    this.joinNumber += 1;
    this.take({ type: "taken_elsewhere", where: "tab" });
    void this.parts.room.leave();
  }

  /** Comes back by itself after a loss; after a long one only where no other device went on instead. */
  private async comeBack(): Promise<void> {
    if (this.parts.now() - this.hereAt < GONE_ON_AFTER_MS) return this.join();
    const mine = ++this.joinNumber;
    this.take({ type: "join" });
    const known = await this.readFigures();
    if (mine !== this.joinNumber || this.isOver) return;
    const { candidate_present, interviewer } = this.interview;
    if (!known) this.take({ type: "unreachable" });
    else if (candidate_present && interviewer === "here") this.take({ type: "taken_elsewhere", where: "device" });
    else await this.join();
  }

  /** Does what is due at `now`; call a few times a second. */
  tick(): void {
    const now = this.parts.now();
    if (this.isOver) return;
    // A machine that slept thinks that it is still there until the connection is found to be dead.
    if (now - this.tickedAt > SLEPT_MS) this.sureFrom = now + GONE_ON_AFTER_MS;
    this.tickedAt = now;
    if (this.link.kind === "here" && now >= this.sureFrom) this.hereAt = now;
    if (this.link.kind === "lost" && now >= this.link.retryAt) void this.comeBack();
    if (this.figuresDue.some((due) => now >= due)) {
      this.figuresDue = this.figuresDue.filter((due) => now < due);
      void this.readFigures();
    }
    const unsure = !this.hasInterviewer || this.link.kind === "elsewhere";
    if (unsure && now - this.checkedAt >= CHECK_ENDED_EVERY_MS) void this.readFigures();
    if (this.endedAt !== null && now - this.endedAt >= FAREWELL_MAX_MS) this.finish();
    this.show();
  }

  async ask(action: Action): Promise<Outcome> {
    const ways = {
      room: (name: Action, payload: string) => this.parts.room.ask(name, payload),
      server: (name: Action, seconds?: number) =>
        this.parts.api.control(this.interview.id, name, seconds),
    };
    const outcome = await control(ways, action, action === "extend" ? this.moreTimeS() : undefined);
    this.figuresSoon();
    return outcome;
  }

  /** What "More time" would ask for, seconds. */
  moreTimeS(): number {
    const live = this.interview.segments.find((segment) => segment.id === this.shown.segment);
    return moreTime(live?.planned_s ?? 600);
  }

  view(): View {
    const now = this.parts.now();
    const waited = this.waitingSince === null ? null : (now - this.waitingSince) / 1000;
    // One that came but never began has nothing to come back to: the server says which it is.
    const cameBefore = this.called === null ? this.returning : this.called === "again";
    const shownAt = this.parts.clock.at(this.frozenAt ?? now);
    return {
      link: this.link,
      shown: this.shown,
      progress: progress(this.interview.segments, this.shown, shownAt),
      presence: this.link.kind === "here" ? presence(waited, cameBefore, this.called !== null) : "here",
      returning: cameBefore,
      audioBlocked: this.audioBlocked,
      serverSilent: this.silentSince !== null && now - this.silentSince >= SERVER_SILENT_AFTER_MS,
      canAsk: this.link.kind === "here" && this.hasInterviewer && this.shown.state !== "ended",
      now,
    };
  }

  private take(input: LinkInput): void {
    const before = this.link.kind;
    this.link = nextLink(this.link, input, this.parts.now());
    if (this.link.kind === "here") this.thaw();
    else this.frozenAt ??= this.parts.now();
    if (this.link.kind === "over") this.finish();
    if (before !== this.link.kind) this.show();
  }

  private dropped(why: "network" | "duplicate" | "closed"): void {
    this.hasInterviewer = false;
    if (this.endedAt !== null) {
      this.finish();
      return;
    }
    this.take({ type: "dropped", why });
    // A closed room is the end, or a new room for the same interview: the server knows which.
    if (why === "closed") void this.readFigures();
  }

  private interviewerIs(here: boolean): void {
    if (here === this.hasInterviewer) return;
    this.hasInterviewer = here;
    if (here) {
      this.waitingSince = null;
      this.returning = true;
      this.called = null;
      this.thaw();
    } else if (this.endedAt !== null) {
      this.finish();
    } else {
      this.waitingSince = this.parts.now();
      this.frozenAt ??= this.waitingSince;
      void this.readFigures();
    }
    this.show();
  }

  private attributesAre(attributes: Readonly<Record<string, string>> | null): void {
    // Before its first word about the interview an interviewer knows less than the server's figures.
    if (!attributes?.["viva.state"]) return;
    const before = this.shown;
    this.shown = readAttributes(attributes);
    const written = writtenAt(this.shown);
    if (written !== null) this.parts.clock.observePast(written, this.parts.now());
    const moved =
      before.segment !== this.shown.segment ||
      before.endsAt !== this.shown.endsAt ||
      before.state !== this.shown.state;
    if (moved) this.figuresSoon();
    if (this.shown.state === "ended") this.endedAt ??= this.parts.now();
    this.thaw();
    this.show();
  }

  private thaw(): void {
    if (this.link.kind === "here" && this.hasInterviewer) this.frozenAt = null;
  }

  private figuresSoon(): void {
    const now = this.parts.now();
    this.figuresDue = FIGURES_AFTER_MS.map((after) => now + after);
  }

  /** Reads the server's figures; false when it does not answer. */
  private async readFigures(): Promise<boolean> {
    this.checkedAt = this.parts.now();
    try {
      this.interview = await this.parts.api.session(this.interview.id);
    } catch (error) {
      return error instanceof Refused;
    }
    if (isOver(this.interview) && (this.endedAt === null || !this.hasInterviewer)) this.finish();
    this.show();
    return true;
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.link = { kind: "over" };
    this.emit("over", undefined);
  }

  private show(): void {
    if (!this.isOver) this.emit("view", this.view());
  }
}

/** What is shown until the interviewer says it: where the server's figures stand, with time at rest. */
function fromFigures(interview: Session): Shown {
  const live = interview.segments.find((segment) => segment.state === "live");
  return {
    state: interview.state === "paused" ? "paused" : "waiting",
    segment: live?.id ?? null,
    endsAt: null,
    remaining: live ? Math.max(0, live.allotted_s - live.spent_s) : null,
    buffer: interview.buffer_s,
    warning: false,
    floor: null,
  };
}
