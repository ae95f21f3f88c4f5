import { h } from "../../core/dom";
import { clockText } from "../../core/format";
import { momentName } from "../../core/moments";
import type { Report, ReportFlag, SegmentTime } from "../../core/report_api";
import { againstPlan, placeOf } from "../../core/report_words";

/** What the time went into against the plan, with flags and hints where they fell. */
export function timelinePart(report: Report): HTMLElement | null {
  const { segments } = report.summary;
  if (segments.length === 0) return null;
  const planned = segments.reduce((sum, one) => sum + one.planned_s, 0);
  const spent = segments.reduce((sum, one) => sum + one.spent_s, 0);
  const longest = Math.max(planned, spent, 1);
  const marks = marksOf(report);
  return h(
    "section",
    { class: "stack tight", test: "timeline" },
    h("h2", {}, "Time by part"),
    // The table below says the same to who does not see the bars.
    h(
      "div",
      { class: "timeline", "aria-hidden": "true" },
      row("Plan", segments, (one) => one.planned_s, planned / longest, []),
      row("Spent", segments, (one) => one.spent_s, spent / longest, marks.map(({ place, kind, title }) => mark(place, kind, title))),
    ),
    marks.length > 0 && legend(marks),
    h(
      "div",
      { class: "scroll-x", role: "region", "aria-label": "Time by part, as a table", tabindex: 0 },
      h(
        "table",
        { class: "table" },
        h("thead", {}, h("tr", {}, ...["Part", "Plan", "Spent", "Against the plan"].map((name) => h("th", { scope: "col" }, name)))),
        h(
          "tbody",
          {},
          ...segments.map((one) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, one.title),
              h("td", { class: "figures" }, clockText(one.planned_s)),
              h("td", { class: "figures" }, one.spent_s === 0 ? "–" : clockText(one.spent_s)),
              h("td", {}, againstPlan(one)),
            ),
          ),
        ),
      ),
    ),
  );
}

interface Mark {
  place: number;
  kind: ReportFlag["flag"] | "hint";
  title: string;
}

function marksOf({ summary, flags, hints_used: hints }: Report): Mark[] {
  const marks: Mark[] = [];
  const add = (atMs: number, kind: Mark["kind"], name: string) => {
    const place = placeOf(atMs, summary.segments);
    if (place !== null) marks.push({ place, kind, title: `${name}, ${clockText(Math.floor(atMs / 1000))}` });
  };
  for (const one of flags) add(one.start_ms, one.flag, momentName(one.flag));
  for (const { at_ms: at } of hints) if (at !== null) add(at, "hint", "Hint");
  return marks;
}

function row(
  name: string,
  segments: readonly SegmentTime[],
  seconds: (one: SegmentTime) => number,
  share: number,
  marks: HTMLElement[],
): HTMLElement {
  const bar = h(
    "div",
    { class: "time-bar" },
    ...segments.map((one) => {
      const part = h("span", { class: "time-part", title: `${one.title}: ${clockText(seconds(one))}` });
      part.style.flexGrow = String(seconds(one));
      part.hidden = seconds(one) === 0;
      return part;
    }),
    ...marks,
  );
  bar.style.width = `${share * 100}%`;
  return h("div", { class: "time-row" }, h("span", { class: "small muted" }, name), h("div", { class: "time-track" }, bar));
}

function mark(place: number, kind: string, title: string): HTMLElement {
  const element = h("span", { class: "flag-mark on-bar", "data-mark": kind, title });
  element.style.left = `${place * 100}%`;
  return element;
}

function legend(marks: readonly Mark[]): HTMLElement {
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  return h(
    "ul",
    { class: "legend small", "aria-hidden": "true" },
    ...kinds.map((kind) =>
      h("li", {}, h("span", { class: "flag-mark", "data-mark": kind }), kind === "hint" ? "Hint" : momentName(kind)),
    ),
  );
}
