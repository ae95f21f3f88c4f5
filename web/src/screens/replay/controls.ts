import { h, setText } from "../../core/dom";
import type { Player, PlayerProblem } from "../../replay/player";
import { otherSpeed, SPEEDS } from "../../replay/keys";
import { wholeSeconds } from "./strip";

export type Toggle = "silence" | "questions" | "follow";

export interface Controls {
  element: HTMLElement;
  /** Shows what needs sound, or hides it. */
  setSound(has: boolean): void;
  set(toggle: Toggle, on: boolean): void;
  press(toggle: Toggle): void;
  changeSpeed(faster: boolean): void;
  close(): void;
}

const PROBLEMS: Record<PlayerProblem, string> = {
  blocked: "The browser held the sound back. Press Play.",
  unreachable: "The sound could not be read further. Check the connection and press Play again.",
  unsupported: "This browser cannot play Ogg Opus sound. Download the recording, or use a newer browser.",
};
const TOGGLES: readonly { id: Toggle; text: string }[] = [
  { id: "silence", text: "Skip silence" },
  { id: "questions", text: "Only questions" },
  { id: "follow", text: "Follow" },
];

/** Play, time, speed and what is left out. */
export function controls(
  player: Player,
  asked: {
    toggled(toggle: Toggle, on: boolean): void;
    copyLink(): void;
    help(): void;
    download: string | null;
    /** Whether there is a transcript: without one there is nothing to follow, and no question is known. */
    reads: boolean;
  },
): Controls {
  const problem = h("p", { class: "problem", role: "alert", test: "replay-problem" });
  const word = h("span", {}, "Play");
  const play = h(
    "button",
    { class: "button primary play", type: "button", test: "replay-play", "data-playing": "no", on: { click: () => player.toggle() } },
    h("span", { class: "play-sign", "aria-hidden": "true" }),
    word,
  );
  const time = h("p", { class: "replay-time figures", test: "replay-time" });
  const speed = h(
    "select",
    { class: "input speed", "aria-label": "Speed", test: "replay-speed", on: { change: () => setSpeed(Number(speed.value)) } },
    ...SPEEDS.map((one) => h("option", { value: one, selected: one === 1 }, `${one}×`)),
  );
  const buttons = new Map(
    TOGGLES.map(({ id, text }) => [
      id,
      h(
        "button",
        { class: "button toggle", type: "button", "aria-pressed": id === "follow" ? "true" : "false", test: `replay-${id}`, on: { click: () => press(id) } },
        text,
      ),
    ]),
  );
  const element = h(
    "div",
    { class: "stack tight" },
    h(
      "div",
      { class: "row replay-controls" },
      play,
      time,
      speed,
      ...buttons.values(),
      h("button", { class: "button", type: "button", test: "replay-link", on: { click: () => asked.copyLink() } }, "Copy link"),
      h("button", { class: "button keys-button", type: "button", test: "replay-keys", on: { click: () => asked.help() } }, "Keys"),
    ),
    problem,
  );

  function setSpeed(rate: number): void {
    player.setSpeed(rate);
    speed.value = String(rate);
  }

  function set(toggle: Toggle, on: boolean): void {
    buttons.get(toggle)?.setAttribute("aria-pressed", String(on));
  }

  function press(toggle: Toggle): void {
    const on = buttons.get(toggle)?.getAttribute("aria-pressed") !== "true";
    set(toggle, on);
    asked.toggled(toggle, on);
  }

  const offs = [
    player.on("time", drawTime),
    player.on("playing", (playing) => {
      play.dataset["playing"] = playing ? "yes" : "no";
      setText(word, playing ? "Pause" : "Play");
      if (playing) setText(problem, "");
    }),
    player.on("waiting", (waiting) => play.toggleAttribute("data-waiting", waiting)),
    player.on("problem", (what) => {
      problem.replaceChildren(PROBLEMS[what]);
      if (what === "unsupported" && asked.download) {
        problem.append(" ", h("a", { href: asked.download, download: "interview.ogg" }, "Download it"));
      }
    }),
  ];

  function drawTime(): void {
    setText(time, `${wholeSeconds(player.nowMs)} / ${wholeSeconds(player.durationMs)}`);
  }

  function setSound(has: boolean): void {
    for (const one of [play, speed, buttons.get("silence")]) if (one) one.hidden = !has;
    for (const [id, button] of buttons) if (id !== "silence") button.hidden = !asked.reads || (id === "follow" && !has);
    drawTime();
  }

  setSound(false);
  return {
    element,
    setSound,
    set,
    press,
    changeSpeed: (faster) => setSpeed(otherSpeed(player.speed, faster)),
    close: () => offs.forEach((off) => off()),
  };
}
