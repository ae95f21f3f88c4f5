import type { Flagged } from "../../core/api";
import { h, setText } from "../../core/dom";
import { momentAddress, type ReplayTranscript, type Shared, type SharedApi } from "../../core/replay_api";
import { dayText, spentText } from "../../core/session_words";
import { momentOf } from "../../replay/moment";
import { type Screen, sentence } from "../frame";
import { replayBody } from "../replay/body";
import { showReport } from "../report/report";

export interface SharedParts {
  api: SharedApi;
  shared: Shared;
  /** The page's address, without a moment. */
  address: string;
  /** Becomes a reviewer; throws Refused or Unreachable. */
  review(): Promise<void>;
}

const NO_SOUND = "This link does not let the recording be heard.";
const NO_TRANSCRIPT = "This link does not show what was said.";
const NOTHING_SAID = "Nothing was said in this interview, so there is no transcript.";

/** The line at the top for who is not signed in, with the ways between the parts of a link. */
export function sharedTop(ways: HTMLElement | null): HTMLElement {
  return h("header", { class: "top" }, h("a", { class: "brand", href: "/" }, "Viva"), ways);
}

/** Whether a link shows more than the report. */
export const hasReplay = (shared: Shared) => shared.parts.some((part) => part !== "report");

/** The report that a link shows. */
export function sharedReport(parts: SharedParts): Screen {
  const { api, shared } = parts;
  const root = h("div", { test: "shared-report" });
  const hears = shared.parts.includes("audio") && shared.duration_ms !== null;
  const opens = hasReplay(shared);
  const report = showReport(root, {
    title: shared.scenario_title,
    // It speaks to them as "you".
    facts: `Written for ${factsOf(shared)}`,
    load: api.report,
    sound: () => (hears ? { url: api.source().audio } : { missing: "" }),
    replayAt: opens ? (atMs) => momentAddress(parts.address, atMs) : null,
    trend: null,
    actions: actionsOf(parts, opens ? h("a", { class: "button", href: momentAddress(parts.address, 0), test: "shared-replay" }, "Replay") : null),
    after: null,
    wayOn: () => null,
  });
  return {
    title: `${shared.scenario_title} · Viva`,
    element: h("div", {}, sharedTop(null), h("main", { class: "column report", test: "shared-screen" }, root)),
    close: () => report.close(),
  };
}

/** The recording and the transcript that a link shows, one or both. */
export async function sharedReplay(parts: SharedParts): Promise<Screen> {
  const { api, shared } = parts;
  const shows = (part: Shared["parts"][number]) => shared.parts.includes(part);
  const source = api.source();
  const none: ReplayTranscript = { session_id: "", turns: [] };
  const [transcript, flagged] = await Promise.all([
    shows("transcript") ? source.transcript() : none,
    // Flags belong to the report, and are an extra here.
    shows("report") ? api.report().then((report) => report.flags as Flagged[], () => []) : [],
  ]);
  const body = replayBody({
    source,
    transcript,
    flagged,
    titles: new Map(shared.segments.map(({ id, title }) => [id, title])),
    candidate: shared.candidate_name,
    recording: undefined,
    noSound: shows("audio") ? null : NO_SOUND,
    nothingSaid: shows("transcript") ? NOTHING_SAID : NO_TRANSCRIPT,
    writes: null,
    showComments: shows("comments"),
    lengthMs: shared.duration_ms ?? shared.length_s * 1000,
    address: parts.address,
    ...momentOf(location.search),
  });
  const report = shows("report") ? h("a", { class: "button", href: parts.address, test: "shared-report" }, "Report") : null;
  return {
    title: `${shared.scenario_title} · Viva`,
    element: h(
      "div",
      { class: "replay-page" },
      sharedTop(null),
      h(
        "main",
        { class: "replay-main", test: "shared-screen" },
        h(
          "div",
          { class: "row apart replay-title" },
          h("div", {}, h("h1", {}, shared.scenario_title), h("p", { class: "muted small", test: "shared-facts" }, factsOf(shared))),
          actionsOf(parts, report),
        ),
        body.element,
      ),
    ),
    close: () => body.close(),
  };
}

function factsOf(shared: Shared): string {
  return [
    shared.candidate_name,
    shared.started_at === null ? "" : dayText(shared.started_at),
    shared.length_s > 0 ? spentText(shared.length_s) : "",
    shared.expires_at === null ? "" : `to be seen until ${dayText(shared.expires_at)}`,
  ]
    .filter((fact) => fact !== "")
    .join(" · ");
}

function actionsOf({ shared, review }: SharedParts, other: HTMLElement | null): HTMLElement {
  const problem = h("p", { class: "problem", role: "alert" });
  const press = () => review().catch((error: unknown) => setText(problem, sentence(error)));
  return h(
    "div",
    { class: "row" },
    other,
    shared.may_comment &&
      h("button", { class: "button", type: "button", test: "shared-review", on: { click: () => void press() } }, shared.blind ? "Score it" : "Comment and score"),
    problem,
  );
}
