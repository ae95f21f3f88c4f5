import { Refused, type Session } from "../../core/api";
import { h } from "../../core/dom";
import { isOver } from "../../core/session_words";
import type { Notice } from "../../core/words";
import { Captions } from "../../room/captions";
import { InterviewController, type View } from "../../room/controller";
import { InterviewRoom } from "../../room/interview_room";
import { Microphone } from "../../room/microphone";
import { listenForNotices } from "../../room/notices";
import { Seat } from "../../room/seat";
import type { Screen, Site } from "../frame";
import { type HoldToSpeak, holdToSpeak } from "../hold_to_speak";
import { alerts } from "./alerts";
import { controls } from "./controls";
import { drawer } from "./drawer";
import { recordingMark } from "./recording_mark";
import { stage } from "./stage";
import { top } from "./top";
import type { RoomSettings } from "./visit";

const TICK_MS = 250;
const SETTLE_TRIES = 20;
const SETTLE_MS = 500;

export interface InterviewStart {
  interview: Session;
  /** The microphone opened in the device check. */
  track: MediaStreamTrack | null;
  /** Whether the candidate chose to type rather than to speak. */
  typing: boolean;
  settings: RoomSettings;
  /** The candidate has agreed to be recorded. */
  recorded: boolean;
  /** The seat was taken or, when another tab or device has it, lost. */
  seat(held: boolean): void;
  /** Shows what there is once the interview is over. */
  over(): void;
}

/** Wires the parts of the interview together. */
export function interviewScreen(site: Site, start: InterviewStart): Screen {
  const { interview } = start;
  const captions = new Captions();
  const room = new InterviewRoom(captions);
  const microphone = new Microphone(room);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("viva.seat") : null;
  const seat = new Seat(interview.id, crypto.randomUUID?.() ?? String(Math.random()), channel);
  const remembered = site.devices.load();
  const controller = new InterviewController(
    {
      api: site.api,
      room,
      clock: site.clock,
      now: site.now,
      notices: (onHeard) => listenForNotices(interview.id, onHeard),
      takeSeat: () => seat.take(),
      speaker: () => remembered?.speaker ?? "",
    },
    interview,
  );

  let link: View["link"]["kind"] = "joining";
  const titles = new Map(interview.segments.map((segment) => [segment.id, segment.title]));
  const topPart = top(interview.segments);
  const hold: HoldToSpeak | null = start.settings.pushToTalk && !start.typing ? holdToSpeak() : null;
  const stagePart = stage(captions, titles, { captions: start.settings.captions, hold: hold !== null });
  const drawerPart = drawer(captions);
  const controlsPart = controls({
    ask: (action) => controller.ask(action),
    type: async (text) => {
      await room.type(text);
      captions.put(`typed-${site.now()}`, "candidate", text, true, site.now());
    },
    moreTimeS: () => controller.moreTimeS(),
    openTranscript: () => drawerPart.toggle(),
    hold: hold?.element ?? null,
  });
  const alertsPart = alerts({
    act,
    openMicrophone: (deviceId) => void microphone.open(deviceId),
    typeInstead: () => controlsPart.openTyping(),
  });

  function act(action: NonNullable<Notice["action"]>): void {
    if (action === "sound") void room.startAudio();
    else if (action === "sign_in" || action === "start") site.go(action === "start" ? "/" : location.pathname);
    else void controller.join();
  }

  function draw(view: View): void {
    if (view.link.kind !== link) {
      link = view.link.kind;
      if (link === "here") start.seat(true);
      else if (link === "elsewhere") start.seat(false);
    }
    element.dataset["state"] = view.shown.state;
    element.dataset["link"] = view.link.kind;
    element.dataset["segment"] = view.shown.segment ?? "";
    element.dataset["warning"] = view.shown.warning ? "yes" : "no";
    topPart.draw(view);
    stagePart.draw(view);
    controlsPart.draw(view);
    alertsPart.draw(view);
    void microphone.seated(view.link.kind === "here" || view.link.kind === "repairing");
  }

  /** The log reaches the server a moment after the goodbye; until then it would let us in again. */
  async function finish(): Promise<void> {
    microphone.close();
    for (let tries = 0; tries < SETTLE_TRIES; tries += 1) {
      try {
        if (isOver(await site.api.session(interview.id))) break;
      } catch (error) {
        if (error instanceof Refused) break;
      }
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    }
    start.over();
  }

  const element = h(
    "div",
    { class: start.settings.captions ? "interview" : "interview no-captions", test: "interview-screen" },
    topPart.element,
    alertsPart.element,
    stagePart.element,
    controlsPart.element,
    drawerPart.element,
  );
  const mark = recordingMark(site, interview.id, start.settings.recording, start.recorded);
  if (mark) topPart.element.append(mark);
  controller.on("view", draw);
  controller.on("over", () => void finish());
  microphone.on("problem", (problem) => {
    alertsPart.microphone(problem);
    stagePart.setMicrophone(microphone.track);
  });
  room.on("voice", (track) => stagePart.setVoice(track));
  room.on("microphoneLost", () => alertsPart.microphone("lost"));
  if (hold) {
    microphone.listen(false);
    hold.talk.on("open", (open) => {
      microphone.listen(open);
      stagePart.setHeard(open);
    });
  }
  seat.onTaken = () => controller.takenElsewhere();
  if (start.typing) controlsPart.openTyping();
  else if (start.track) void microphone.use(start.track);
  else void microphone.open(remembered?.microphone ?? "");
  if (interview.started_at !== null) {
    void site.api.transcript(interview.id).then(
      ({ turns }) => {
        drawerPart.setEarlier(turns);
        stagePart.setEarlier(turns);
      },
      // It is on the end screen in any case.
      () => undefined,
    );
  }
  draw(controller.view());
  controller.start();
  const ticking = setInterval(() => controller.tick(), TICK_MS);
  return {
    element,
    title: "Interview · Viva",
    close: () => {
      clearInterval(ticking);
      controller.stop();
      microphone.close();
      stagePart.close();
      controlsPart.close();
      hold?.close();
      drawerPart.close();
      seat.close();
    },
  };
}
