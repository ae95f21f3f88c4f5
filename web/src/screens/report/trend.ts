import { fill, h } from "../../core/dom";
import { reportAddress, type TrendItem } from "../../core/report_api";
import { levelText, tenths } from "../../core/report_words";
import { dayText } from "../../core/session_words";
import { criterionTrend, trendColumns, trendText } from "../../core/trend";
import { levelBar } from "./levels";

/** More columns cannot be taken in, nor shown on a phone. */
const COLUMNS_MOST = 6;

export interface TrendPart {
  element: HTMLElement;
  close(): void;
}

/** How this interview stands among the earlier ones: by date, and by criterion within its scenario. */
export function trendPart(load: () => Promise<TrendItem[]>, sessionId: string): TrendPart {
  const inside = h("div", { class: "stack" });
  const element = h("section", { class: "stack tight", test: "trend" }, h("h2", {}, "Among your interviews"), inside);
  let closed = false;
  let unplot: (() => void) | null = null;

  async function show(): Promise<void> {
    let items: TrendItem[];
    try {
      items = await load();
    } catch {
      fill(inside, h("p", { class: "muted" }, "Your earlier interviews cannot be read just now."));
      return;
    }
    if (closed) return;
    const shown = items.find((item) => item.session_id === sessionId);
    fill(inside, h("p", { test: "trend-text" }, trendText(items, sessionId)));
    if (!shown || items.length < 2) return;
    const place = h("div", { class: "plot", "aria-hidden": "true", test: "trend-plot" });
    inside.append(
      h(
        "figure",
        { class: "figure-block" },
        place,
        h("figcaption", { class: "small muted" }, "Mean level of each interview, 1 to 4. Filled: this problem. Rings: other problems. The large dot is this interview."),
      ),
      asTable(items, sessionId),
      byCriterion(items, shown),
    );
    const columns = trendColumns(items, shown.scenario_id);
    const { trendPlot } = await import("./plot");
    if (!closed) unplot = trendPlot(place, columns, Date.parse(shown.at) / 1000);
  }

  void show();
  return {
    element,
    close: () => {
      closed = true;
      unplot?.();
    },
  };
}

function asTable(items: readonly TrendItem[], sessionId: string): HTMLElement {
  return h(
    "details",
    { class: "other-view" },
    h("summary", {}, "The same as a table"),
    h(
      "div",
      { class: "scroll-x", role: "region", "aria-label": "Mean levels by interview", tabindex: 0 },
      h(
        "table",
        { class: "table", test: "trend-table" },
        h("thead", {}, h("tr", {}, ...["Interview", "When", "Mean level", "Pace"].map((name) => h("th", { scope: "col" }, name)))),
        h(
          "tbody",
          {},
          ...[...items].reverse().map((item) =>
            h(
              "tr",
              {},
              h(
                "th",
                { scope: "row" },
                item.session_id === sessionId ? `${item.scenario_title} (this one)` : h("a", { href: reportAddress(item.session_id) }, item.scenario_title),
              ),
              h("td", { class: "figures" }, dayText(item.at)),
              h("td", { class: "figures" }, item.level_mean === null ? "Not assessed" : tenths(item.level_mean)),
              h("td", { class: "figures" }, item.pace_wpm === null ? "Not measured" : `${Math.round(item.pace_wpm)} words a minute`),
            ),
          ),
        ),
      ),
    ),
  );
}

function byCriterion(items: readonly TrendItem[], shown: TrendItem): HTMLElement {
  const { interviews, criteria } = criterionTrend(items, shown.scenario_id, COLUMNS_MOST);
  if (interviews.length < 2) {
    return h("p", { class: "muted" }, "It is the first time with this problem. From the second on the criteria are compared one by one.");
  }
  return h(
    "div",
    { class: "scroll-x", role: "region", "aria-label": "Levels by criterion and interview", tabindex: 0 },
    h(
      "table",
      { class: "table", test: "trend-criteria" },
      h("caption", { class: "small muted" }, `By criterion, the last ${interviews.length} interviews on this problem`),
      h(
        "thead",
        {},
        h("tr", {}, h("th", { scope: "col" }, "Criterion"), ...interviews.map((item) => h("th", { scope: "col", class: "figures" }, shortDay(item.at)))),
      ),
      h(
        "tbody",
        {},
        ...criteria.map(({ title, levels }) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, title),
            ...levels.map((level) =>
              h("td", {}, level === null ? h("span", { class: "muted", title: levelText(null) }, "–") : h("span", { class: "level-line" }, levelBar(level), h("span", { class: "figures", "aria-hidden": "true" }, level))),
            ),
          ),
        ),
      ),
    ),
  );
}

function shortDay(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(new Date(iso));
}
