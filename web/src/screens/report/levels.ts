import { h } from "../../core/dom";
import type { CriterionScore, Level } from "../../core/report_api";
import { levelName, levelText, levelsText, meanOf } from "../../core/report_words";

const STEPS: readonly Level[] = [1, 2, 3, 4];

/** Four steps, as many of them filled as the level says; none where there is none. */
export function levelBar(level: Level | null): HTMLElement {
  return h(
    "span",
    { class: "level-bar", role: "img", "aria-label": levelText(level), "data-level": level ?? "none" },
    ...STEPS.map((step) => h("span", { class: level !== null && step <= level ? "step full" : "step" })),
  );
}

/** The bar with its name in words. */
export function levelLine(level: Level | null): HTMLElement {
  return h(
    "span",
    { class: "level-line" },
    levelBar(level),
    // The bar says it already to who does not see it.
    h("span", { class: "level-name", "aria-hidden": "true" }, level === null ? "Not assessed" : `${level} · ${levelName(level)}`),
  );
}

/** All criteria to be taken in with one look; each leads to what is said about it. */
export function glance(criteria: readonly CriterionScore[], go: (id: string) => void): HTMLElement {
  const { mean, given } = meanOf(criteria);
  return h(
    "section",
    { class: "stack tight", "aria-label": "Levels at a glance", test: "report-glance" },
    h("p", { class: "strong", test: "report-mean" }, levelsText(mean, given, criteria.length)),
    h(
      "ul",
      { class: "glance" },
      ...criteria.map((score) =>
        h(
          "li",
          {},
          h(
            "a",
            {
              href: `#criterion-${score.id}`,
              on: {
                click: (event) => {
                  event.preventDefault();
                  go(score.id);
                },
              },
            },
            score.title,
          ),
          levelLine(score.level),
        ),
      ),
    ),
  );
}
