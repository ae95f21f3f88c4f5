import { fill, h, setText } from "../../core/dom";
import type { GivenScore, ReplayApi, ScoredCriterion, Scoring } from "../../core/replay_api";
import type { Level, Report } from "../../core/report_api";
import { answered, compared, levelText, withScore } from "../../replay/scores";
import type { UnsavedScores } from "../../replay/unsaved_scores";
import { sentence } from "../frame";

export interface ScoringPanel {
  element: HTMLElement;
  close(): void;
}

const SAVE_AFTER_MS = 600;
const LONGEST_NOTE = 2000;

/** A reviewer's levels, saved as they are chosen; beside the judge's and others' once they are done. */
export function scoringPanel(
  interviewId: string,
  first: Scoring,
  asked: { api: ReplayApi; unsaved: UnsavedScores; report(): Promise<Report>; done(): void },
): ScoringPanel {
  let scoring = first;
  const before: GivenScore[] = first.own.map(({ criterion, level, note }) => ({ criterion, level, note }));
  let scores = asked.unsaved.left(first.criteria).reduce(withScore, before);
  let timer: number | undefined;
  /** Writes follow one another, so that an older one never lands on a newer. */
  let writing: Promise<unknown> = Promise.resolve();
  /** What the last write took along. */
  let written = before;
  let drawn: Promise<void> = Promise.resolve();
  const state = h("span", { class: "small muted", role: "status", test: "scoring-state" });
  const problem = h("p", { class: "problem", role: "alert", test: "scoring-problem" });
  const open = h("p", { class: "small muted", test: "scoring-open" });
  const done = h("button", { class: "button primary", type: "button", test: "scoring-done", on: { click: () => void finish() } }, "I have scored it");
  const say = h("p", { class: "muted small" });
  const result = h("div", { class: "stack tight", test: "scoring-compared" });
  const form = h("div", { class: "stack" }, ...first.criteria.map(criterionOf));
  const element = h(
    "section",
    { class: "stack scoring", "aria-label": "Scores", test: "scoring" },
    h("h2", {}, "Your scores"),
    say,
    result,
    form,
    open,
    h("div", { class: "row" }, done, state),
    problem,
  );

  function criterionOf(criterion: ScoredCriterion): HTMLElement {
    const own = scores.find((one) => one.criterion === criterion.id);
    const note = h("textarea", {
      class: "input area",
      rows: 1,
      maxlength: LONGEST_NOTE,
      placeholder: "A note, if you like",
      "aria-label": `Note on ${criterion.title}`,
      test: `score-note-${criterion.id}`,
      on: { input: () => changed(true) },
    });
    note.value = own?.note ?? "";
    const choice = (level: Level | null, text: string) => {
      const value = level === null ? "none" : String(level);
      return h(
        "label",
        { class: "level" },
        h("input", {
          type: "radio",
          name: `level-${criterion.id}`,
          value,
          checked: own !== undefined && own.level === level,
          test: `score-${criterion.id}-${value}`,
          on: { change: () => changed(false) },
        }),
        h("span", {}, level !== null && h("span", { class: "level-number figures" }, level), text),
      );
    };
    const fieldset = h(
      "fieldset",
      { class: "criterion" },
      h("legend", {}, criterion.title),
      ...criterion.levels.map((text, index) => choice((index + 1) as Level, text)),
      choice(null, "Not assessed"),
      note,
    );

    function changed(typed: boolean): void {
      const chosen = fieldset.querySelector<HTMLInputElement>("input:checked");
      // A note alone says nothing of the level yet: it goes with "not assessed" until one is chosen.
      const level = chosen && chosen.value !== "none" ? (Number(chosen.value) as Level) : null;
      if (!chosen && note.value.trim() === "") return;
      scores = withScore(scores, { criterion: criterion.id, level, note: note.value.trim() });
      asked.unsaved.keep(scores);
      setText(state, "");
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(false), typed ? SAVE_AFTER_MS : 0);
      drawOpen();
    }

    return fieldset;
  }

  /** `leaving`: the page may be gone before a write that waits its turn gets it. */
  function save(isDone: boolean, leaving = false): Promise<boolean> {
    window.clearTimeout(timer);
    const write = async (): Promise<boolean> => {
      const sent = scores;
      written = sent;
      setText(problem, "");
      setText(state, "Saving");
      try {
        scoring = await asked.api.score(interviewId, sent, isDone);
        setText(state, sent === scores ? "Saved" : "");
        if (sent === scores) asked.unsaved.confirmed();
        if (scoring.done) drawn = draw();
        return true;
      } catch (error) {
        written = [];
        setText(state, "");
        setText(problem, `${sentence(error)} Your choices are still here; choose again or press the button to save them.`);
        return false;
      }
    };
    const mine = leaving ? write() : writing.then(write);
    writing = mine;
    return mine;
  }

  async function finish(): Promise<void> {
    if (done.disabled) return;
    done.disabled = true;
    if (await save(true)) {
      asked.done();
      await drawn;
      element.scrollIntoView({ block: "start" });
    }
    done.disabled = false;
  }

  function drawOpen(): void {
    const left = scoring.criteria.length - answered(scoring, scores);
    setText(open, left === 0 || scoring.done ? "" : `${left} of ${scoring.criteria.length} still open; what stays open counts as not assessed.`);
  }

  async function draw(): Promise<void> {
    setText(
      say,
      scoring.done
        ? "Yours beside those of the judge and of others. You can still change yours below."
        : scoring.blind
          ? "You were asked to score first: report, flags and what others wrote are shown once you have."
          : "What you choose is saved at once. Others see it when you say that you have scored.",
    );
    done.hidden = scoring.done;
    drawOpen();
    result.hidden = !scoring.done;
    if (!scoring.done) return;
    // Without the report the other people's scores are still worth a look.
    const report = await asked.report().catch(() => null);
    fill(result, ...compared(scoring, report).map(comparedOf));
  }

  function comparedOf(one: ReturnType<typeof compared>[number]): HTMLElement {
    return h(
      "div",
      { class: "compared", test: "compared", "data-criterion": one.id },
      h("h3", {}, one.title),
      h(
        "dl",
        {},
        ...one.from.flatMap(({ name, level, note }) => [
          h("dt", {}, name),
          h("dd", {}, h("span", { class: "figures" }, levelText(level)), note !== "" && h("span", { class: "muted small" }, ` ${note}`)),
        ]),
      ),
    );
  }

  const flush = () => {
    if (scores !== written) void save(false, true);
  };
  const seen = () => document.visibilityState === "hidden" && flush();
  document.addEventListener("visibilitychange", seen);
  void draw();
  if (scores !== written) void save(false);
  return {
    element,
    close: () => {
      document.removeEventListener("visibilitychange", seen);
      flush();
    },
  };
}
