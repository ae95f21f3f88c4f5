import type { Scenario, Session } from "../../core/api";
import { fill, h, setText } from "../../core/dom";
import type { NextPractice, Page } from "../../core/history_api";
import { addressOf, type HistoryQuery, isFiltered } from "../../core/history_query";
import { lengthOf, spentText } from "../../core/session_words";
import { type Screen, sentence, type Site, topLine } from "../frame";
import { filters } from "./filters";
import { historyItem, type Item } from "./item";
import { nextCard } from "./next";

export interface HistoryStart {
  query: HistoryQuery;
  first: Page<Session>;
  scenarios: readonly Scenario[];
  next: NextPractice | null;
}

/** Every interview, found again: search, filters, what to practise next. The address holds the filters. */
export function historyScreen(site: Site, start: HistoryStart): Screen {
  let query = start.query;
  let cursor: string | null = null;
  let shown: { session: Session; item: Item }[] = [];
  let asked = 0;
  const list = h("ul", { class: "history-list", test: "history-list" });
  const summary = h("p", { class: "muted", role: "status", test: "history-summary" });
  const problem = h("p", { class: "problem", role: "alert", test: "history-problem" });
  const empty = h("div", { class: "stack tight", hidden: true, test: "history-empty" });
  const more = h(
    "button",
    { class: "button", type: "button", test: "history-more", on: { click: () => void load(false) } },
    "Show older ones",
  );
  const filterPart = filters(query, start.scenarios, (changed) => {
    query = changed;
    history.replaceState(null, "", addressOf(query));
    void load(true);
  });

  async function load(anew: boolean): Promise<void> {
    const mine = ++asked;
    setText(problem, "");
    more.disabled = true;
    try {
      const page = await site.history.page(query, anew ? null : cursor);
      if (mine === asked) put(page, anew);
    } catch (error) {
      if (mine === asked) setText(problem, sentence(error));
    }
    if (mine === asked) more.disabled = false;
  }

  function put(page: Page<Session>, anew: boolean): void {
    if (anew) {
      for (const { item } of shown) item.close();
      shown = [];
      list.replaceChildren();
    }
    const known = new Set(shown.map(({ session }) => session.id));
    const shared = query.as === "reviewer";
    for (const session of page.items) {
      if (known.has(session.id)) continue;
      const item = historyItem(session, { site, shared, removed });
      shown.push({ session, item });
      list.append(item.element);
    }
    cursor = page.next;
    more.hidden = cursor === null;
    draw();
  }

  function removed(id: string): void {
    const at = shown.findIndex(({ session }) => session.id === id);
    const gone = shown[at];
    if (!gone) return;
    shown.splice(at, 1);
    gone.item.close();
    gone.item.element.remove();
    draw();
    const beside = shown[Math.min(at, shown.length - 1)];
    (beside?.item.element.querySelector<HTMLElement>("a") ?? heading).focus();
  }

  function draw(): void {
    setText(summary, summaryText());
    empty.hidden = shown.length > 0;
    if (shown.length > 0) return;
    fill(empty, ...emptyText());
  }

  function summaryText(): string {
    if (shown.length === 0) return "";
    const count = `${shown.length} ${shown.length === 1 ? "interview" : "interviews"}`;
    // A sum of a part would pass for the whole.
    if (cursor !== null) return `The newest ${count}`;
    const seconds = shown.reduce((sum, { session }) => sum + lengthOf(session), 0);
    return seconds < 60 ? count : `${count}, ${spentText(seconds)} in all`;
  }

  function emptyText(): HTMLElement[] {
    if (isFiltered(query)) {
      const all = query.as === "reviewer" ? "/history?as=reviewer" : "/history";
      return [h("p", {}, "No interview fits."), h("p", {}, h("a", { href: all, test: "history-clear" }, "Show all of them"))];
    }
    if (query.as === "reviewer") return [h("p", {}, "Nobody has named you as a reviewer yet.")];
    return [
      h("p", {}, "You have held no interview yet."),
      h("p", {}, h("a", { class: "button primary", href: "/" }, "Start the first one")),
    ];
  }

  const heading = h("h1", { tabindex: -1 }, "History");
  put(start.first, true);
  const element = h(
    "div",
    {},
    topLine(site),
    h(
      "main",
      { class: "column", test: "history-screen" },
      heading,
      start.next && nextCard(site, start.next, true),
      filterPart.element,
      h("section", { class: "stack", "aria-label": "Interviews" }, summary, problem, list, empty, h("div", {}, more)),
    ),
  );
  return {
    element,
    title: "History · Viva",
    close: () => {
      filterPart.close();
      for (const { item } of shown) item.close();
    },
  };
}
