import { h } from "../../core/dom";
import type { HintsUsed, Point, Report } from "../../core/report_api";
import { isQuoted } from "../../core/report_words";
import type { Moments } from "./moments";

/** What a reader wants to know first, in words. */
export function summaryPart({ summary }: Report, moments: Moments): HTMLElement {
  return h(
    "section",
    { class: "stack", "aria-label": "Summary", test: "report-summary" },
    h("p", { class: "lead" }, summary.text),
    h(
      "div",
      { class: "two" },
      points("What went well", summary.went_well, moments),
      points("What to work on", summary.work_on, moments),
    ),
  );
}

/** Decisions, hints, what was never asked and what to read: each only where there is something. */
export function detailParts({ summary, hints_used: hints }: Report, moments: Moments): (HTMLElement | null)[] {
  return [
    decisionsPart(summary.decisions, moments),
    hints.length === 0 ? null : hintsPart(hints, moments),
    summary.never_asked.length === 0
      ? null
      : list("Never asked", "What a thorough candidate asks about the problem before designing.", summary.never_asked, "never-asked"),
    summary.resources.length === 0
      ? null
      : h(
          "section",
          { class: "stack tight", test: "resources" },
          h("h2", {}, "To read"),
          h("ul", { class: "plain-list" }, ...summary.resources.map(({ title, note }) => h("li", {}, h("span", { class: "strong" }, title), note !== "" && `: ${note}`))),
        ),
  ];
}

/** Each with what tells it best; all of it stands with the criterion. */
function points(title: string, all: readonly Point[], moments: Moments): HTMLElement | null {
  if (all.length === 0) return null;
  return h(
    "section",
    { class: "stack tight" },
    h("h2", {}, title),
    h(
      "ul",
      { class: "points" },
      ...all.map(({ text, evidence }) => h("li", { class: "stack tight" }, h("p", {}, text), moments.quotes(evidence.slice(0, 1), text))),
    ),
  );
}

function decisionsPart(decisions: readonly Point[], moments: Moments): HTMLElement | null {
  if (decisions.length === 0) return null;
  return h(
    "section",
    { class: "stack tight", test: "decisions" },
    h("h2", {}, "Decisions made"),
    h(
      "ul",
      { class: "stack tight" },
      ...decisions.map(({ text, evidence }) => h("li", {}, !isQuoted(text, evidence) && h("p", {}, text), moments.quotes(evidence, text))),
    ),
  );
}

function hintsPart(hints: readonly HintsUsed[], moments: Moments): HTMLElement {
  return h(
    "section",
    { class: "stack tight", test: "hints-used" },
    h("h2", {}, "Hints used"),
    h(
      "ul",
      { class: "points" },
      ...hints.map(({ question, level, levels, at_ms: at }) =>
        h(
          "li",
          { class: "beside" },
          h("p", {}, question, " ", h("span", { class: "muted" }, hintText(level, levels))),
          at !== null && moments.at({ start_ms: at, end_ms: at + HINT_MS }, "the hint"),
        ),
      ),
    ),
  );
}

/** About as long as a spoken hint takes; only its start is known. */
const HINT_MS = 8000;

function hintText(level: number, levels: number): string {
  if (levels === 0) return "Asked for; there is none for this question.";
  return levels === 1 ? "The only hint." : `${level} of ${levels} hints.`;
}

function list(title: string, says: string, items: readonly string[], test: "never-asked"): HTMLElement {
  return h(
    "section",
    { class: "stack tight", test },
    h("h2", {}, title),
    h("p", { class: "muted small" }, says),
    h("ul", { class: "plain-list" }, ...items.map((text) => h("li", {}, text))),
  );
}
