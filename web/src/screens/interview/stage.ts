import type { Turn } from "../../core/api";
import { Meter } from "../../core/audio";
import { h, reducedMotion, setText } from "../../core/dom";
import { type Caption, type Captions, tail } from "../../room/captions";
import type { View } from "../../room/controller";

const NEXT_NAME_MS = 2000;
const CAPTION_MOST = 220;
const CAPTION_LEAST = 40;
const LABELS: Record<string, string> = {
  interviewer: "The interviewer is speaking",
  candidate: "Listening to you",
  thinking: "Thinking",
  holding: "Take your time",
  waiting: "Getting ready",
  joining: "Joining",
  away: "",
  paused: "Paused",
  ended: "That was the interview",
};

export interface Stage {
  element: HTMLElement;
  draw(view: View): void;
  /** What was said last, as far as nothing newer is shown. */
  setEarlier(turns: readonly Turn[]): void;
  setVoice(track: MediaStreamTrack | null): void;
  setMicrophone(track: MediaStreamTrack | null): void;
  /** Whether the microphone is held open, where it is only heard while held. */
  setHeard(heard: boolean): void;
  close(): void;
}

export interface StageSettings {
  captions: boolean;
  /** The microphone is heard only while held open. */
  hold: boolean;
}

/** Who has the floor, as one shape that breathes with the sound, and what is being said. */
export function stage(captions: Captions, titles: ReadonlyMap<string, string>, settings: StageSettings): Stage {
  const core = h("div", { class: "core" });
  const halo = h("div", { class: "halo" });
  const label = h("p", { class: "floor-label" });
  const floor = h(
    "div",
    { class: "floor", test: "floor" },
    h("div", { class: "shape", "aria-hidden": "true" }, halo, core),
    label,
  );
  const theirs = h("p", { class: "caption theirs", test: "caption-interviewer" }, h("span", {}));
  const mine = h("p", { class: "caption mine", test: "caption-candidate" }, h("span", {}));
  const read = h("p", { class: "visually-hidden", "aria-live": "polite" });
  const nextName = h("div", { class: "next-segment", role: "status", test: "next-segment" });
  const meters: { voice: Meter | null; microphone: Meter | null } = { voice: null, microphone: null };
  let floorNow = "joining";
  let heard = !settings.hold;
  let segment: string | null = null;
  let smooth = 0;
  let frame = 0;
  let hideNext: ReturnType<typeof setTimeout> | undefined;
  const still = reducedMotion();
  /** The whole text of which each caption shows the end. */
  const said = new Map<HTMLElement, string>();

  function caption(changed: Caption): void {
    say(changed.speaker === "interviewer" ? theirs : mine, changed.text);
    if (changed.speaker === "interviewer" && changed.final) setText(read, changed.text);
  }

  function say(place: HTMLElement, text: string): void {
    said.set(place, text);
    fit(place, text);
  }

  function refit(): void {
    for (const [place, text] of said) fit(place, text);
  }

  function draw(view: View): void {
    floorNow = floorOf(view);
    floor.dataset["floor"] = floorNow;
    drawLabel();
    const entered = view.shown.segment;
    if (entered && entered !== segment) {
      if (segment !== null) announce(titles.get(entered) ?? "");
      segment = entered;
    }
  }

  function drawLabel(): void {
    const theirs = floorNow === "candidate" || floorNow === "holding";
    floor.dataset["heard"] = heard ? "yes" : "no";
    setText(label, theirs && !heard ? "Hold to speak" : (LABELS[floorNow] ?? ""));
  }

  function announce(title: string): void {
    setText(nextName, title);
    nextName.classList.add("shown");
    clearTimeout(hideNext);
    hideNext = setTimeout(() => nextName.classList.remove("shown"), NEXT_NAME_MS);
  }

  function breathe(): void {
    frame = requestAnimationFrame(breathe);
    const meter = floorNow === "interviewer" ? meters.voice : meters.microphone;
    const someone = floorNow === "interviewer" || floorNow === "candidate" || floorNow === "holding";
    const level = someone ? (meter?.level() ?? 0) : 0;
    smooth += (level - smooth) * (level > smooth ? 0.35 : 0.12);
    if (still) {
      halo.style.opacity = (0.15 + smooth * 0.5).toFixed(3);
      return;
    }
    core.style.transform = `scale(${(1 + smooth * 0.12).toFixed(4)})`;
    halo.style.transform = `scale(${(1 + smooth * 0.42).toFixed(4)})`;
  }

  function swap(which: "voice" | "microphone", track: MediaStreamTrack | null): void {
    meters[which]?.close();
    meters[which] = track ? new Meter(track) : null;
  }

  const undo = captions.on("changed", caption);
  window.addEventListener("resize", refit);
  breathe();
  const element = h(
    "main",
    { class: "stage" },
    floor,
    settings.captions && h("div", { class: "captions" }, theirs, mine),
    settings.captions && read,
    nextName,
  );
  return {
    element,
    draw,
    setEarlier: (turns) => {
      for (const [speaker, place] of [["interviewer", theirs], ["candidate", mine]] as const) {
        const last = turns.findLast((turn) => turn.speaker === speaker);
        if (last && place.textContent === "") say(place, last.text);
      }
    },
    setHeard: (now) => {
      heard = now;
      drawLabel();
    },
    setVoice: (track) => swap("voice", track),
    setMicrophone: (track) => swap("microphone", track),
    close: () => {
      cancelAnimationFrame(frame);
      clearTimeout(hideNext);
      window.removeEventListener("resize", refit);
      undo();
      swap("voice", null);
      swap("microphone", null);
    },
  };
}

/** Shows as much of the end of `text` as there is room for. */
function fit(place: HTMLElement, text: string): void {
  const inner = place.firstElementChild as HTMLElement;
  for (let letters = CAPTION_MOST; letters >= CAPTION_LEAST; letters -= 20) {
    setText(inner, tail(text, letters));
    if (inner.offsetHeight <= place.clientHeight + 1) return;
  }
}

function floorOf(view: View): string {
  if (view.shown.state === "ended") return "ended";
  if (view.link.kind === "joining") return "joining";
  if (view.link.kind !== "here") return "away";
  if (view.shown.state === "paused") return "paused";
  if (!view.canAsk) return view.presence === "joining" ? "joining" : "away";
  if (view.shown.state === "waiting" && !view.shown.floor) return "waiting";
  return view.shown.floor ?? "holding";
}
