import { h } from "../../core/dom";
import type { CriterionScore, Judge, Level, Report } from "../../core/report_api";
import { assistance, otherViews, shownJudge, spreadText, whyNotAssessed } from "../../core/report_words";
import { levelLine } from "./levels";
import type { Moments } from "./moments";

/** What the judge that is shown says, one criterion at a time; the other judges are a step away. */
export function criteriaPart(report: Report, moments: Moments): HTMLElement {
  return h(
    "section",
    { class: "stack", "aria-labelledby": "criteria-title" },
    h("h2", { id: "criteria-title" }, "By criterion"),
    judgesPart(report),
    h(
      "ol",
      { class: "verdicts" },
      ...report.criteria.map((score) =>
        h(
          "li",
          { class: "verdict", id: `criterion-${score.id}`, tabindex: -1, test: "criterion", "data-criterion": score.id, "data-standing": score.standing },
          h("div", { class: "verdict-head" }, h("h3", {}, score.title), levelLine(score.level)),
          score.level !== null && scale(report.level_texts[score.id] ?? [], score.level, score.id),
          ...said(score, moments),
          ...otherViews(report, score.id).map(({ judge, score: other }) => otherView(judge, other, moments)),
        ),
      ),
    ),
  );
}

/** What the level given means, and a step away what the others would have. */
function scale(texts: readonly string[], level: Level, id: string): HTMLElement | null {
  const meaning = texts[level - 1];
  if (meaning === undefined) return null;
  return h(
    "details",
    { class: "scale", "data-key": `scale-${id}`, test: "level-scale" },
    h("summary", {}, meaning),
    h(
      "ol",
      { class: "scale-levels" },
      ...texts.map((text, index) => h("li", index + 1 === level ? { "aria-current": "true" } : {}, text)),
    ),
  );
}

function judgesPart(report: Report): HTMLElement {
  const shown = shownJudge(report);
  const others = report.judges.filter(({ id }) => id !== report.shown_judge);
  return h(
    "div",
    { class: "judges stack tight small", test: "judges" },
    shown && h("p", {}, h("span", { class: "strong" }, `Judged by: ${shown.label}.`), ` ${shown.limits}`),
    shown && shown.problem !== "" && h("p", { class: "problem" }, shown.problem),
    ...others.map((judge) => h("p", { class: "muted" }, otherText(judge))),
  );
}

function otherText(judge: Judge): string {
  switch (judge.state) {
    case "making":
      return `${judge.label}: still reading.`;
    case "failed":
      return `${judge.label}: ${judge.problem || "it gave no answer."}`;
    case "done":
      return [`${judge.label}: below each criterion.`, judge.limits, judge.problem].filter((part) => part !== "").join(" ");
  }
}

function otherView(judge: Judge, score: CriterionScore, moments: Moments): HTMLElement {
  return h(
    "details",
    { class: "other-view", "data-key": `${judge.id}-${score.id}`, test: "other-judge" },
    h("summary", {}, h("span", {}, `What another judge says: ${judge.label}`), levelLine(score.level)),
    h("div", { class: "stack tight other-said" }, ...said(score, moments)),
  );
}

function said(score: CriterionScore, moments: Moments): (HTMLElement | null)[] {
  const helped = assistance(score);
  const spread = spreadText(score.spread);
  return [
    score.standing === "scored" ? null : h("p", { class: "muted" }, whyNotAssessed(score.standing)),
    score.reason === "" ? null : h("p", {}, score.reason),
    helped && h("p", { class: "assisted", test: "assisted" }, levelLine(helped.level), h("span", {}, helped.text)),
    moments.quotes(score.evidence, `${score.judge}-${score.id}`),
    // The built-in judge begins with these words by itself.
    labelled("Still open", score.missing.replace(/^Still open: /, "")),
    labelled("Next step", score.next_step),
    spread === "" ? null : h("p", { class: "muted small" }, spread),
  ];
}

function labelled(name: string, text: string): HTMLElement | null {
  return text === "" ? null : h("p", {}, h("span", { class: "strong" }, `${name}: `), text);
}
