import type { Scenario, Session } from "../core/api";
import { discloser } from "../core/disclosure";
import { fill, h, setText } from "../core/dom";
import { clockText, lengthText } from "../core/format";
import type { NextPractice } from "../core/history_api";
import { minutesText, readLengths } from "../core/plan";
import type { Settings } from "../core/settings_api";
import { lengthsFor, offeredDifficulty, startDefaults } from "../core/start_defaults";
import { choices, DIFFICULTIES, TONES } from "./choices";
import { type Screen, sentence, type Site, topLine } from "./frame";
import { nextCard } from "./history/next";

/** How it goes, what is chosen, and one large button. */
export function startScreen(
  site: Site,
  scenarios: Scenario[],
  sessions: Session[],
  settings: Settings | null,
  next: NextPractice | null,
): Screen {
  const defaults = startDefaults(scenarios, settings);
  let { scenario, difficulty, tone } = defaults;
  let minutes: string[] = [];
  const bar = h("div", { class: "segments", "aria-hidden": "true", test: "segment-bar" });
  const parts = h("ol", { class: "parts" });
  const summary = h("p", {});
  const card = h("div", { class: "stack" });
  const difficultyPlace = h("div", {});
  const lengths = h("div", { class: "lengths" });
  const lengthProblem = h("p", { class: "problem", role: "alert", test: "length-problem" });
  const lengthPlace = h(
    "div",
    { class: "stack tight", hidden: true },
    h("p", { class: "muted small" }, "Minutes for each part; halves are fine."),
    lengths,
    lengthProblem,
  );
  const startProblem = h("p", { class: "problem", role: "alert", test: "start-problem" });
  const start = h(
    "button",
    { class: "button primary large", type: "button", test: "start-session", on: { click: () => void begin() } },
    "Start Session",
  );

  function choose(next: Scenario): void {
    scenario = next;
    minutes = lengthsFor(next, defaults.lengths).map(minutesText);
    difficulty = offeredDifficulty(next, difficulty);
    fill(
      card,
      h(
        "div",
        { class: "card stack tight", test: "scenario-card" },
        h("h3", {}, next.title),
        h("p", { class: "muted" }, next.summary),
      ),
      scenarios.length > 1 && browser(next),
    );
    const offered = DIFFICULTIES.filter((one) => next.difficulties.includes(one.id));
    fill(difficultyPlace, choices("difficulty", offered, difficulty, (id) => (difficulty = id)));
    fill(lengths, ...next.segments.map((segment, index) => lengthField(segment.id, segment.title, index)));
    drawLengths();
  }

  function browser(chosen: Scenario): HTMLElement {
    const others = h(
      "div",
      { class: "stack", hidden: true },
      ...scenarios
        .filter((one) => one !== chosen)
        .map((one) =>
          h(
            "button",
            {
              class: "choice card-button",
              type: "button",
              test: `scenario-option-${one.id}`,
              on: { click: () => choose(one) },
            },
            h("span", { class: "name" }, one.title),
            h("span", { class: "says" }, one.summary),
          ),
        ),
    );
    return h("div", { class: "stack tight" }, discloser("Other interviews", "scenario-browse", others), others);
  }

  function lengthField(id: string, title: string, index: number): HTMLElement {
    const input = h("input", {
      class: "input",
      id: `length-${id}`,
      inputmode: "decimal",
      autocomplete: "off",
      value: minutes[index] ?? "",
      test: `length-${id}`,
      on: {
        input: () => {
          minutes[index] = input.value;
          drawLengths();
        },
      },
    });
    return h("div", { class: "field" }, h("label", { for: `length-${id}` }, title), input);
  }

  function drawLengths(): boolean {
    const segments = scenario?.segments ?? [];
    const read = readLengths(minutes, segments.map((segment) => segment.title));
    const wrong = read.problems.find((problem) => problem !== "") ?? read.problem;
    setText(lengthProblem, wrong);
    segments.forEach((segment, index) => {
      const input = lengths.querySelector(`#length-${segment.id}`);
      if (read.problems[index]) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    });
    if (wrong !== "") {
      lengthPlace.hidden = false;
      return false;
    }
    const total = read.seconds.reduce((sum, length) => sum + length, 0);
    setText(
      summary,
      `You talk through one design problem with an interviewer, in five parts and about ${roundMinutes(total)}; ` +
        "you can pause, ask for a hint or take more time whenever you like.",
    );
    fill(
      bar,
      ...read.seconds.map((length) => {
        const part = h("span", {});
        part.style.flexGrow = String(length);
        return part;
      }),
    );
    fill(
      parts,
      ...segments.map((segment, index) =>
        h(
          "li",
          { test: `part-${segment.id}` },
          h("span", { class: "name" }, segment.title),
          h("span", { class: "figures" }, lengthText(read.seconds[index] ?? 0)),
          h("span", { class: "purpose" }, segment.purpose),
        ),
      ),
    );
    return true;
  }

  async function begin(): Promise<void> {
    setText(startProblem, "");
    if (!scenario || !drawLengths()) {
      lengths.querySelector<HTMLInputElement>("[aria-invalid]")?.focus();
      return;
    }
    start.disabled = true;
    try {
      const { seconds } = readLengths(minutes, []);
      const made = await site.api.createSession({
        scenario_id: scenario.id,
        difficulty,
        tone,
        segment_seconds: seconds,
      });
      site.go(`/sessions/${encodeURIComponent(made.id)}`);
    } catch (error) {
      setText(startProblem, sentence(error));
      start.disabled = false;
    }
  }

  if (scenario) choose(scenario);
  const lengthToggle = discloser("Change the lengths", "lengths-toggle", lengthPlace);
  const fine = site.devices.wasFine(site.now());
  const element = h(
    "div",
    {},
    topLine(site),
    h(
      "main",
      { class: "column", test: "start-screen" },
      resumeCard(sessions) ?? (next && nextCard(site, next, false)),
      h("div", { class: "stack" }, h("h1", {}, "A spoken interview"), summary, bar, parts),
      h(
        "div",
        { class: "stack tight" },
        h("div", { class: "row" }, lengthToggle),
        lengthPlace,
      ),
      h("section", { class: "stack" }, h("h2", {}, "The problem"), card),
      h("fieldset", { class: "stack" }, h("legend", {}, h("h2", {}, "Difficulty")), difficultyPlace),
      h(
        "fieldset",
        { class: "stack" },
        h("legend", {}, h("h2", {}, "Tone")),
        choices("tone", TONES, tone, (id) => (tone = id)),
      ),
      h(
        "div",
        { class: "stack tight begin" },
        startProblem,
        start,
        h(
          "p",
          { class: "muted small" },
          fine
            ? `Your microphone was fine last time${fine.microphoneName ? ` (${fine.microphoneName})` : ""}. `
            : "A short microphone check comes first. What is said is written down for you.",
          fine && h("a", { href: "/check", test: "devices-again" }, "Check it again"),
        ),
      ),
    ),
  );
  return { element, title: "Viva" };
}

function resumeCard(sessions: Session[]): HTMLElement | null {
  const open = sessions.find((one) => one.state === "live" || one.state === "paused");
  if (!open) return null;
  const at = open.segments.find((segment) => segment.state === "live");
  const name = at?.title ?? "";
  const left = at ? Math.max(0, at.allotted_s - at.spent_s) : 0;
  return h(
    "section",
    { class: "card stack resume", test: "resume-card" },
    h(
      "div",
      { class: "stack tight" },
      h("h2", {}, "You have an interview open"),
      h(
        "p",
        {},
        open.scenario_title,
        at ? `. You are in ${name}, with ${clockText(left)} left.` : ".",
      ),
      open.candidate_present && h("p", { class: "muted" }, "It goes on on another device or in another tab. Look on, or continue it here."),
    ),
    h(
      "a",
      { class: "button primary", href: `/sessions/${encodeURIComponent(open.id)}`, test: "session-resume" },
      open.candidate_present ? "Show it" : "Resume",
    ),
  );
}

function roundMinutes(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
