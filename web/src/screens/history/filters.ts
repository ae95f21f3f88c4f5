import type { Scenario } from "../../core/api";
import { h } from "../../core/dom";
import type { HistoryQuery } from "../../core/history_query";
import { STATE_CHOICES } from "../../core/session_words";

const SEARCH_AFTER_MS = 300;

export interface Filters {
  element: HTMLElement;
  close(): void;
}

/** The search field and what narrows the list; `changed` gets the whole of it after each change. */
export function filters(
  query: HistoryQuery,
  scenarios: readonly Scenario[],
  changed: (query: HistoryQuery) => void,
): Filters {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = h("input", {
    class: "input",
    type: "search",
    id: "history-search",
    value: query.q,
    maxlength: 200,
    autocomplete: "off",
    test: "history-search",
    on: {
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(tell, SEARCH_AFTER_MS);
      },
    },
  });
  const state = select("state", "State", [["", "Any"], ...STATE_CHOICES.map(({ state, name }) => [state, name] as const)], query.state);
  const scenario = select(
    "scenario",
    "Interview",
    [["", "Any"], ...scenarios.map(({ id, title }) => [id, title] as const)],
    query.scenario,
  );
  const since = day("since", "From", query.since);
  const until = day("until", "To", query.until);
  const reviewer = h("input", {
    type: "checkbox",
    id: "history-shared",
    checked: query.as === "reviewer",
    test: "history-shared",
    on: { change: tell },
  });

  function select(name: "state" | "scenario", label: string, options: readonly (readonly [string, string])[], chosen: string) {
    const field = h(
      "select",
      { class: "input", id: `history-${name}`, test: `history-${name}`, on: { change: tell } },
      ...options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
    );
    return { field, place: h("div", { class: "field" }, h("label", { for: `history-${name}` }, label), field) };
  }

  function day(name: "since" | "until", label: string, value: string) {
    const field = h("input", { class: "input", type: "date", id: `history-${name}`, value, test: `history-${name}`, on: { change: tell } });
    return { field, place: h("div", { class: "field" }, h("label", { for: `history-${name}` }, label), field) };
  }

  function tell(): void {
    clearTimeout(timer);
    changed({
      q: search.value,
      state: state.field.value as HistoryQuery["state"],
      scenario: scenario.field.value,
      since: since.field.value,
      until: until.field.value,
      as: reviewer.checked ? "reviewer" : "owner",
    });
  }

  const element = h(
    "form",
    {
      class: "history-filters",
      role: "search",
      "aria-label": "Interviews",
      on: {
        submit: (event) => {
          event.preventDefault();
          tell();
        },
      },
    },
    h("div", { class: "field history-search" }, h("label", { for: "history-search" }, "Search titles and notes"), search),
    state.place,
    scenario.place,
    since.place,
    until.place,
    h("label", { class: "check history-as", for: "history-shared" }, reviewer, h("span", {}, "Shared with me")),
  );
  return { element, close: () => clearTimeout(timer) };
}
