import { describe, expect, it } from "vitest";

import { addressOf, EVERYTHING, type HistoryQuery, isFiltered, readQuery, searchOf } from "./history_query";

const full: HistoryQuery = {
  q: "ads & ranking",
  state: "finished",
  scenario: "ml-system-design",
  since: "2026-11-01",
  until: "2026-11-23",
  as: "reviewer",
};

describe("the history's address", () => {
  it("holds what was chosen and gives it back", () => {
    const address = addressOf(full);
    expect(address).toContain("q=ads+%26+ranking");
    expect(readQuery(address.slice("/history".length))).toEqual(full);
  });

  it("is short when nothing was chosen", () => {
    expect(addressOf(EVERYTHING)).toBe("/history");
    expect(readQuery("")).toEqual(EVERYTHING);
  });

  it.each([
    ["?state=nonsense", "state"],
    ["?state=scored", "state"],
    ["?since=yesterday", "since"],
    ["?until=2026-1-1", "until"],
    ["?as=admin", "as"],
  ] as const)("takes %s for no filter", (search, field) => {
    expect(readQuery(search)[field]).toBe(EVERYTHING[field]);
  });

  it("knows what is a filter and what is a view", () => {
    expect(isFiltered({ ...EVERYTHING, as: "reviewer" })).toBe(false);
    expect(isFiltered({ ...EVERYTHING, q: "  " })).toBe(false);
    expect(isFiltered({ ...EVERYTHING, until: "2026-01-01" })).toBe(true);
  });
});

describe("searchOf", () => {
  const sent = (query: HistoryQuery, cursor: string | null = null) => new URLSearchParams(searchOf(query, cursor));

  it("asks for one page of everything", () => {
    expect(searchOf(EVERYTHING, null)).toBe("?limit=20");
    expect(sent(EVERYTHING, "abc").get("cursor")).toBe("abc");
  });

  it("covers the last day to its end, by this browser's calendar", () => {
    const day = sent({ ...EVERYTHING, since: "2026-03-28", until: "2026-03-28" });
    expect(day.get("since")).toBe(new Date(2026, 2, 28).toISOString());
    expect(day.get("until")).toBe(new Date(2026, 2, 29).toISOString());
    expect(sent({ ...EVERYTHING, until: "2026-12-31" }).get("until")).toBe(new Date(2027, 0, 1).toISOString());
  });

  it("names things as the server does", () => {
    const asked = sent(full);
    expect(asked.get("scenario_id")).toBe("ml-system-design");
    expect(asked.get("as")).toBe("reviewer");
    expect(asked.has("scenario")).toBe(false);
  });
});
