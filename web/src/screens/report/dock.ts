import { h, setText } from "../../core/dom";
import { clockText } from "../../core/format";
import { type Moment, MomentPlayer, type PlayerView } from "../../core/moment_player";

export interface Dock {
  element: HTMLElement;
  /** Plays `moment`; pressed again, `button` stops it and goes on. `words`: what is heard. */
  press(button: HTMLElement, moment: Moment, words: string): void;
  close(): void;
}

/** The one player of a report, docked at the bottom while a moment is chosen. */
export function dock(url: string, replayAt: ((atMs: number) => string) | null): Dock {
  const audio = h("audio", { preload: "none", test: "report-audio" });
  const player = new MomentPlayer(audio, url, (work) => {
    const asked = requestAnimationFrame(work);
    return () => cancelAnimationFrame(asked);
  });
  let chosen: HTMLElement | null = null;
  const word = h("span", {}, "Stop");
  const sign = h("span", { class: "sign", "aria-hidden": "true" });
  const toggle = h(
    "button",
    { class: "button", type: "button", test: "dock-toggle", on: { click: () => void player.toggle() } },
    sign,
    word,
  );
  const time = h("span", { class: "figures", test: "dock-time" });
  const quote = h("span", { class: "dock-quote" });
  const problem = h("p", { class: "problem", role: "alert", test: "dock-problem" });
  const replay = h("a", { class: "dock-replay", test: "dock-replay" }, "Open in replay");
  const leave = h("button", { class: "button plain", type: "button", test: "dock-close", on: { click: close } }, "Close");
  const element = h(
    "section",
    { class: "dock", "aria-label": "Player", hidden: true, test: "dock" },
    audio,
    h(
      "div",
      { class: "dock-inside" },
      toggle,
      h("p", { class: "dock-what" }, time, quote),
      replayAt && replay,
      leave,
    ),
    problem,
  );

  function draw({ moment, state, at_ms: at, problem: trouble }: PlayerView): void {
    element.hidden = moment === null;
    element.dataset["state"] = state;
    const plays = state === "playing" || state === "waiting";
    setText(word, plays ? "Stop" : "Play");
    sign.dataset["sign"] = plays ? "stop" : "play";
    setText(problem, trouble);
    mark(chosen, plays);
    if (!moment) return;
    const clamped = Math.min(Math.max(at, moment.start_ms), moment.end_ms);
    setText(time, `${clockText(Math.floor(clamped / 1000))} of ${clockText(Math.floor(moment.end_ms / 1000))}`);
  }

  function mark(button: HTMLElement | null, playing: boolean): void {
    if (button) button.dataset["playing"] = playing ? "yes" : "no";
  }

  function press(button: HTMLElement, moment: Moment, words: string): void {
    if (button === chosen) {
      void player.toggle();
      return;
    }
    mark(chosen, false);
    chosen = button;
    setText(quote, words);
    if (replayAt) replay.href = replayAt(moment.start_ms);
    void player.play(moment);
  }

  function close(): void {
    const back = chosen;
    player.close();
    chosen = null;
    if (element.contains(document.activeElement)) back?.focus();
  }

  player.on("view", draw);
  return { element, press, close: () => player.close() };
}
