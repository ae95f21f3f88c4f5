import type { Session } from "../core/api";
import { fill, h, setText } from "../core/dom";
import { listen } from "../room/stream";
import { type Line, Watching } from "../room/watching";
import type { Screen, Site } from "./frame";
import { top } from "./interview/top";

const TICK_MS = 500;

export interface WatchParts {
  session: Session;
  /** Goes on with the interview on this device. */
  here(): void;
  /** It ended meanwhile. */
  over(): void;
}

/** An interview that goes on somewhere else, seen but not heard from here, with a way to go on here. */
export function watchScreen(site: Site, parts: WatchParts): Screen {
  const { session } = parts;
  const watching = new Watching(session, site.now);
  const topPart = top(session.segments);
  const state = h("p", { class: "strong", role: "status", test: "watch-state" });
  const says = h("p", { class: "muted small" });
  const lines = h("ol", { class: "turns watch-lines", test: "watch-lines" });
  const silent = h("p", { class: "problem", role: "status", test: "watch-problem" });
  let drawn = "";
  let left = false;

  function draw(): void {
    const view = watching.view();
    if (view.over) {
      leave(parts.over);
      return;
    }
    element.dataset["state"] = view.shown.state;
    element.dataset["segment"] = view.shown.segment ?? "";
    element.dataset["present"] = view.present ? "yes" : "no";
    topPart.draw(view);
    setText(state, stateText(view.present, view.shown.state === "paused"));
    setText(
      says,
      view.present
        ? "You see it as it happens. Continue here, and the other device makes way; nothing is lost and no time passes twice."
        : "Continue where you left off, with the same time left.",
    );
    const now = JSON.stringify(view.lines);
    if (now !== drawn) {
      drawn = now;
      fill(lines, ...view.lines.map(lineOf));
      lines.scrollTop = lines.scrollHeight;
    }
  }

  async function read(): Promise<void> {
    try {
      watching.figures(await site.api.session(session.id));
      draw();
    } catch {
      // The stream says that the server is silent; it is asked again in a while.
    }
  }

  function leave(to: () => void): void {
    if (left) return;
    left = true;
    to();
  }

  const element = h(
    "div",
    { class: "interview watch", test: "watch-screen" },
    topPart.element,
    h(
      "div",
      { class: "alerts" },
      h(
        "div",
        { class: "banner" },
        h("div", { class: "watch-says" }, state, says, silent),
        h(
          "button",
          { class: "button primary", type: "button", test: "watch-here", on: { click: () => leave(parts.here) } },
          "Continue here",
        ),
      ),
    ),
    h("main", { class: "watch-main", "aria-label": "What was said last" }, lines),
    h("footer", { class: "watch-foot" }, h("a", { class: "button", href: "/" }, "Back to the start")),
  );
  const stop = listen(session.id, 0, {
    server: (heard) => setText(silent, heard ? "" : "Viva does not answer just now; what you see may be old."),
    event: (event) => watching.take(event),
  });
  draw();
  const ticking = setInterval(() => {
    if (left) return;
    if (watching.wantsFigures()) void read();
    draw();
  }, TICK_MS);
  return {
    element,
    title: "Interview · Viva",
    close: () => {
      left = true;
      clearInterval(ticking);
      stop();
    },
  };
}

function stateText(present: boolean, paused: boolean): string {
  if (!present) return "Nobody is in this interview just now, and its clock stands still.";
  return paused ? "This interview is paused on another device." : "This interview goes on on another device.";
}

function lineOf(line: Line): HTMLElement {
  return h(
    "li",
    { class: `turn ${line.speaker}`, test: "watch-line", "data-speaker": line.speaker },
    h("p", { class: "by" }, h("span", {}, line.speaker === "candidate" ? "You" : "Interviewer")),
    h("p", {}, line.text),
  );
}
