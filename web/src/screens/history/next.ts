import { h, setText } from "../../core/dom";
import type { NextPractice } from "../../core/history_api";
import { DIFFICULTIES } from "../choices";
import { sentence, type Site } from "../frame";

/** What to practise next and why, with a way straight into it. `main`: it is the screen's first choice. */
export function nextCard(site: Site, next: NextPractice, main: boolean): HTMLElement {
  const problem = h("p", { class: "problem", role: "alert", test: "next-problem" });
  const start = h(
    "button",
    { class: main ? "button primary" : "button", type: "button", test: "next-start", on: { click: () => void begin() } },
    "Start this interview",
  );

  async function begin(): Promise<void> {
    start.disabled = true;
    setText(problem, "");
    try {
      const made = await site.history.practise(next);
      site.go(`/sessions/${encodeURIComponent(made.id)}`);
    } catch (error) {
      setText(problem, sentence(error));
      start.disabled = false;
    }
  }

  const difficulty = DIFFICULTIES.find((one) => one.id === next.difficulty)?.name ?? next.difficulty;
  return h(
    "section",
    { class: "card stack next-card", "aria-labelledby": "next-title", test: "next-card" },
    h(
      "div",
      { class: "stack tight" },
      h("h2", { id: "next-title" }, "Practise next"),
      h("p", {}, `${next.scenario_title}, ${difficulty.toLowerCase()}`),
    ),
    next.focus.length > 0 &&
      h(
        "ul",
        { class: "next-focus" },
        ...next.focus.map((one) =>
          h("li", { test: "next-focus" }, h("p", { class: "strong" }, one.title), h("p", { class: "small muted" }, one.reason)),
        ),
      ),
    next.because.length > 0 &&
      h(
        "p",
        { class: "small muted" },
        next.because.length === 1 ? "Seen in " : "Seen in earlier interviews: ",
        ...next.because.flatMap((id, index) => [
          index > 0 && ", ",
          h("a", { href: `/sessions/${encodeURIComponent(id)}` }, next.because.length === 1 ? "an earlier interview" : String(index + 1)),
        ]),
        ".",
      ),
    problem,
    h("div", {}, start),
  );
}
