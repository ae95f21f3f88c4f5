import { STATE_CHOICES, type StateFilter } from "./session_words";

/** What the history shows. Days are local calendar days, "2026-11-23"; "" stands for no filter. */
export interface HistoryQuery {
  q: string;
  state: StateFilter | "";
  scenario: string;
  since: string;
  until: string;
  as: "owner" | "reviewer";
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const Q_MOST = 200;

export const EVERYTHING: HistoryQuery = {
  q: "",
  state: "",
  scenario: "",
  since: "",
  until: "",
  as: "owner",
};

/** Reads the page's own address; what it cannot read counts as no filter. */
export function readQuery(search: string): HistoryQuery {
  const given = new URLSearchParams(search);
  const day = (name: string) => {
    const text = given.get(name) ?? "";
    return DAY.test(text) && !Number.isNaN(localDay(text)) ? text : "";
  };
  return {
    q: (given.get("q") ?? "").slice(0, Q_MOST),
    state: STATE_CHOICES.find(({ state }) => state === given.get("state"))?.state ?? "",
    scenario: given.get("scenario") ?? "",
    since: day("since"),
    until: day("until"),
    as: given.get("as") === "reviewer" ? "reviewer" : "owner",
  };
}

/** The address that shows `query`. */
export function addressOf(query: HistoryQuery): string {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== "" && !(name === "as" && value === "owner")) kept.set(name, value);
  }
  const text = kept.toString();
  return text === "" ? "/history" : `/history?${text}`;
}

export function isFiltered(query: HistoryQuery): boolean {
  return query.q.trim() !== "" || [query.state, query.scenario, query.since, query.until].some((part) => part !== "");
}

/** The server's query string: days become moments, from the first one's midnight to the last one's end. */
export function searchOf(query: HistoryQuery, cursor: string | null): string {
  const asked = new URLSearchParams({ limit: "20" });
  if (query.q.trim() !== "") asked.set("q", query.q.trim());
  if (query.state !== "") asked.set("state", query.state);
  if (query.scenario !== "") asked.set("scenario_id", query.scenario);
  if (query.since !== "") asked.set("since", new Date(localDay(query.since)).toISOString());
  if (query.until !== "") asked.set("until", new Date(localDay(query.until, 1)).toISOString());
  if (query.as === "reviewer") asked.set("as", "reviewer");
  if (cursor !== null) asked.set("cursor", cursor);
  return `?${asked.toString()}`;
}

/** Epoch ms of the midnight at which `day`, or the day `later` days after it, begins here. */
function localDay(day: string, later = 0): number {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).getTime();
}
