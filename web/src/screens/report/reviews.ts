import { fill, h } from "../../core/dom";
import type { OthersScores, Scoring } from "../../core/replay_api";
import { levelText } from "../../core/report_words";
import { levelBar } from "./levels";

/** The levels that people gave, side by side; nothing at all before somebody gave one. */
export function reviewsPart(load: () => Promise<Scoring>): HTMLElement {
  const element = h("section", { class: "stack tight reviews", hidden: true, "aria-labelledby": "reviews-title", test: "reviews" });
  // An extra: the report stands without it.
  void load().then(draw, () => undefined);

  function draw({ criteria, others }: Scoring): void {
    if (!others || others.length === 0) return;
    element.hidden = false;
    fill(
      element,
      h("h2", { id: "reviews-title" }, "What reviewers gave"),
      h(
        "div",
        { class: "scroll-x", role: "region", "aria-label": "Levels by criterion and reviewer", tabindex: 0 },
        h(
          "table",
          { class: "table" },
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Criterion"), ...others.map((one) => h("th", { scope: "col" }, headOf(one))))),
          h(
            "tbody",
            {},
            ...criteria.map(({ id, title }) =>
              h("tr", {}, h("th", { scope: "row" }, title), ...others.map((one) => h("td", {}, cell(one, id)))),
            ),
          ),
        ),
      ),
    );
  }

  return element;
}

function headOf({ author_name: name, blind, imported }: OthersScores): string {
  const how = [blind && "scored first", imported && "taken in from elsewhere"].filter(Boolean).join(", ");
  return how === "" ? name : `${name} (${how})`;
}

function cell({ scores }: OthersScores, criterion: string): HTMLElement {
  const given = scores.find((one) => one.criterion === criterion);
  if (!given) return h("span", { class: "muted" }, "Not scored");
  return h(
    "div",
    { class: "stack tight" },
    given.level === null
      ? h("span", { class: "muted" }, levelText(null))
      : h("span", { class: "level-line" }, levelBar(given.level), h("span", { class: "figures", "aria-hidden": "true" }, given.level)),
    given.note !== "" && h("p", { class: "small" }, given.note),
  );
}
