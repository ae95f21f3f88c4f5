import { beforeEach, describe, expect, it } from "vitest";

import { type Connection, Refused, type Session, Unreachable } from "../core/api";
import { Emitter } from "../core/emitter";
import { ServerClock } from "../core/server_clock";
import { InterviewController, type RoomPort, type View } from "./controller";
import type { RoomAnswer } from "./control";
import type { RoomEvents } from "./interview_room";
import type { Heard } from "./notices";

/** A room without a network: the test says what happens in it. */
class FakeRoom extends Emitter<RoomEvents> {
  joins = 0;
  left = 0;
  forgotten = 0;
  failure: Error | null = null;
  answer: RoomAnswer = { kind: "answer", payload: '{"ok": true}' };

  async join(_connection: Connection): Promise<void> {
    this.joins += 1;
    if (this.failure) throw this.failure;
  }
  async leave(): Promise<void> {
    this.left += 1;
  }
  async ask(): Promise<RoomAnswer> {
    return this.answer;
  }
  forgetInterviewer(): void {
    this.forgotten += 1;
    this.emit("interviewer", false);
  }
  happens<K extends keyof RoomEvents>(name: K, payload: RoomEvents[K]): void {
    this.emit(name, payload);
  }
}

const START = 1_800_000_000_000;
const IDS = ["warm_up", "problem_framing", "solution_exploration", "deep_dive", "wrap_up"];
const interview = (changes: Partial<Session> = {}): Session => ({
  id: "i1",
  state: "created",
  scenario_id: "general",
  scenario_title: "General",
  difficulty: "standard",
  tone: "warm",
  created_at: "2026-01-01T00:00:00Z",
  started_at: null,
  ended_at: null,
  buffer_s: 300,
  candidate_present: false,
  interviewer: "away",
  segments: IDS.map((id) => ({
    id,
    title: id,
    planned_s: 600,
    allotted_s: 600,
    spent_s: 0,
    state: "pending",
  })),
  ...changes,
});
const live = (endsInS: number, at = START) => ({
  "viva.state": "live",
  "viva.segment": "warm_up",
  "viva.segment_ends_at": String(at + endsInS * 1000),
  "viva.remaining": String(endsInS),
});

let now: number;
let room: FakeRoom;
let stored: Session;
let connect: () => Promise<Connection>;
let heard: (heard: Heard) => void;
let overs: number;
let controller: InterviewController;

/** Lets every promise that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

const view = (): View => controller.view();

function make(from: Session = interview()): void {
  stored = from;
  controller = new InterviewController(
    {
      api: {
        session: async () => stored,
        connection: () => connect(),
        control: async () => undefined,
      },
      room: room as unknown as RoomPort,
      clock: new ServerClock(),
      now: () => now,
      notices: (onHeard) => {
        heard = onHeard;
        return () => undefined;
      },
      takeSeat: () => undefined,
      speaker: () => "",
    },
    from,
  );
  controller.on("over", () => (overs += 1));
}

async function joined(): Promise<void> {
  make();
  controller.start();
  await settle();
}

async function running(endsInS = 600): Promise<void> {
  await joined();
  room.happens("interviewer", true);
  room.happens("attributes", live(endsInS, now));
}

function pass(seconds: number): void {
  now += seconds * 1000;
  controller.tick();
}

beforeEach(() => {
  now = START;
  overs = 0;
  room = new FakeRoom();
  connect = async () => ({ server_url: "ws://x", participant_token: "t" });
});

describe("waiting for the interviewer", () => {
  it("says so after five seconds and offers to ask again after twenty", async () => {
    await joined();
    expect(view()).toMatchObject({ link: { kind: "here" }, presence: "joining", canAsk: false });
    pass(5);
    expect(view().presence).toBe("on_the_way");
    pass(15);
    expect(view().presence).toBe("offer_retry");
    room.happens("interviewer", true);
    expect(view().presence).toBe("here");
  });
});

describe("an interviewer called again before the first word", () => {
  it("is late rather than coming back", async () => {
    await joined();
    pass(3);
    heard({ notice: "interviewer_delayed" });
    expect(view()).toMatchObject({ presence: "delayed", returning: false });
    pass(17);
    expect(view()).toMatchObject({ presence: "offer_retry", returning: false });
    room.happens("interviewer", true);
    expect(view().presence).toBe("here");
  });

  it("is late too when one had come in and never began", async () => {
    await joined();
    room.happens("interviewer", true);
    heard({ notice: "interviewer_delayed" });
    expect(view()).toMatchObject({ presence: "delayed", returning: false });
    expect(room.forgotten).toBe(1);
  });
});

describe("a server that cannot be heard", () => {
  it("is told after a second and until it is heard again; the interview goes on", async () => {
    await running();
    heard({ server: false });
    expect(view().serverSilent).toBe(false);
    pass(0.6);
    heard({ server: false });
    pass(0.6);
    expect(view()).toMatchObject({ serverSilent: true, link: { kind: "here" }, canAsk: true });
    heard({ server: true });
    expect(view().serverSilent).toBe(false);
  });
});

describe("the clock", () => {
  it("counts down to the interviewer's end of the segment", async () => {
    await running();
    pass(30);
    expect(view().progress.remainingS).toBe(570);
    expect(view().canAsk).toBe(true);
  });

  it("stands still while the connection is being repaired, and goes on after", async () => {
    await running();
    pass(10);
    room.happens("repairing", undefined);
    pass(20);
    expect(view()).toMatchObject({ link: { kind: "repairing" }, progress: { remainingS: 590 } });
    room.happens("repaired", undefined);
    room.happens("attributes", live(590, now));
    expect(view().progress.remainingS).toBe(590);
  });

  it("stands still while the interviewer is away", async () => {
    await running();
    pass(10);
    heard({ notice: "interviewer_reconnecting" });
    pass(9);
    expect(view()).toMatchObject({ presence: "coming_back", progress: { remainingS: 590 } });
    expect(room.forgotten).toBe(1);
    room.happens("interviewer", true);
    room.happens("attributes", live(590, now));
    expect(view()).toMatchObject({ presence: "here", progress: { remainingS: 590 } });
  });

  it("follows the interviewer's clock when the device's is wrong", async () => {
    await joined();
    room.happens("interviewer", true);
    room.happens("attributes", live(600, START + 90_000));
    expect(view().progress.remainingS).toBe(600);
  });

  it("begins a resumed interview where the server's figures stand", () => {
    const segments = interview().segments.map((segment, index) =>
      index === 1 ? { ...segment, state: "live" as const, spent_s: 200 } : segment,
    );
    make(interview({ state: "paused", started_at: "2026-01-01T00:00:00Z", segments }));
    expect(view()).toMatchObject({
      returning: true,
      shown: { state: "paused", segment: "problem_framing" },
      progress: { remainingS: 400 },
    });
  });
});

describe("losing the seat", () => {
  it("asks for a new one after a second, and keeps asking", async () => {
    await running();
    connect = () => Promise.reject(new Unreachable());
    room.happens("dropped", "network");
    expect(view().link).toMatchObject({ kind: "lost", because: "network" });
    pass(1);
    await settle();
    expect(view().link).toMatchObject({ kind: "lost", because: "network", attempt: 2 });
    connect = async () => ({ server_url: "ws://x", participant_token: "t" });
    pass(2);
    await settle();
    expect(view().link.kind).toBe("here");
    expect(room.joins).toBe(2);
  });

  it("gives way to another tab until it is taken back", async () => {
    await running();
    room.happens("dropped", "duplicate");
    pass(60);
    await settle();
    expect(view().link.kind).toBe("elsewhere");
    expect(room.joins).toBe(1);
    await controller.join();
    expect(view().link.kind).toBe("here");
  });

  it("does not take the seat from a device that went on while this one was away", async () => {
    await running();
    stored = interview({ state: "live", candidate_present: true, interviewer: "here" });
    // The lid was closed for an hour: nothing ticked, and the connection is found dead a moment later.
    pass(3600);
    room.happens("dropped", "network");
    pass(1);
    await settle();
    expect(view().link).toEqual({ kind: "elsewhere", where: "device" });
    expect(room.joins).toBe(1);
    await controller.join();
    expect(view().link.kind).toBe("here");
  });

  it.each([
    ["nobody went on", { candidate_present: false, interviewer: "here" }],
    ["no interviewer could have said who is there", { candidate_present: true, interviewer: "away" }],
  ] as const)("comes back by itself after an hour where %s", async (_why, changes) => {
    await running();
    stored = interview({ state: "live", ...changes });
    pass(3600);
    room.happens("dropped", "network");
    pass(1);
    await settle();
    expect(view().link.kind).toBe("here");
    expect(room.joins).toBe(2);
  });

  it("comes back at once after a short loss, whoever the server believes to be there", async () => {
    await running();
    stored = interview({ state: "live", candidate_present: true, interviewer: "here" });
    room.happens("dropped", "network");
    pass(1);
    await settle();
    expect(view().link.kind).toBe("here");
  });

  it("leaves when another tab says that it took the seat", async () => {
    await running();
    controller.takenElsewhere();
    expect(view().link.kind).toBe("elsewhere");
    expect(room.left).toBe(1);
  });

  it("says what the server refuses", async () => {
    connect = () => Promise.reject(new Refused(401, "not_logged_in", "Log in first."));
    await joined();
    expect(view().link.kind).toBe("signed_out");
  });
});

describe("the end", () => {
  it("waits for the goodbye, then is over", async () => {
    await running();
    room.happens("attributes", { "viva.state": "ended" });
    pass(5);
    expect(overs).toBe(0);
    room.happens("interviewer", false);
    expect(overs).toBe(1);
  });

  it("does not wait for ever", async () => {
    await running();
    room.happens("attributes", { "viva.state": "ended" });
    pass(30);
    expect(overs).toBe(1);
  });

  it("is noticed when it came from elsewhere", async () => {
    await running();
    stored = interview({ state: "ended", ended_at: "2026-01-01T00:10:00Z" });
    room.happens("dropped", "closed");
    await settle();
    expect(overs).toBe(1);
  });

  it("is noticed when the server refuses a seat because of it", async () => {
    connect = () => Promise.reject(new Refused(409, "session_ended", "It has ended."));
    await joined();
    expect(overs).toBe(1);
  });
});

it("asks for more time in proportion to the segment", async () => {
  await running();
  expect(controller.moreTimeS()).toBe(120);
  expect(await controller.ask("extend")).toEqual({ ok: true, message: "" });
});
