import type { Flagged, Session } from "../../core/api";
import { h } from "../../core/dom";
import { ReplayApi, type ReplayTranscript, type Scoring } from "../../core/replay_api";
import { ReportApi, reportAddress } from "../../core/report_api";
import { dayText, lengthOf, spentText } from "../../core/session_words";
import { momentOf } from "../../replay/moment";
import { UnsavedScores } from "../../replay/unsaved_scores";
import { type Screen, type Site, topLine } from "../frame";
import { replayBody } from "./body";
import { scoringPanel } from "./scoring";

export interface ReplayStart {
  interview: Session;
  transcript: ReplayTranscript;
  flagged: readonly Flagged[];
  /** What this reviewer gave, on the page where they score; null on the replay. */
  scoring: Scoring | null;
}

/** Hear an interview again with what was said beside it; on the review page, score it too. */
export function replayScreen(site: Site, start: ReplayStart): Screen {
  const { interview, scoring } = start;
  const own = interview.own !== false;
  const api = new ReplayApi(site.api);
  const reports = new ReportApi(site.api);
  const page = `/sessions/${encodeURIComponent(interview.id)}`;
  const facts = [
    own ? "" : (interview.candidate_name ?? ""),
    dayText(interview.started_at ?? interview.created_at),
    lengthOf(interview) > 0 ? spentText(lengthOf(interview)) : "",
  ];
  const report = h("a", { class: "button", href: reportAddress(interview.id), test: "replay-report", hidden: scoring?.blind === true }, "Report");
  const panel = scoring
    ? scoringPanel(interview.id, scoring, { api, unsaved: new UnsavedScores(site.store, site.user?.id ?? "", interview.id), report: () => reports.report(interview.id), done: () => void scored() })
    : null;
  const body = replayBody({
    source: api.source(interview.id),
    transcript: start.transcript,
    flagged: start.flagged,
    titles: new Map(interview.segments.map((segment) => [segment.id, segment.title])),
    candidate: own ? "You" : (interview.candidate_name ?? "Candidate"),
    recording: interview.recording,
    noSound: null,
    nothingSaid: "Nothing was said in this interview, so there is no transcript.",
    writes: api.comments(interview.id),
    showComments: true,
    ...(panel ? { more: { name: "Scores", id: "scores", element: panel.element } } : {}),
    lengthMs: interview.recording?.duration_ms ?? 0,
    address: scoring ? `${page}/review` : `${page}/replay`,
    ...momentOf(location.search),
  });

  /** What was held back from who scores blind may be seen now. */
  async function scored(): Promise<void> {
    report.hidden = false;
    body.reloadComments();
    body.setFlagged(await site.api.flags(interview.id).catch(() => []));
  }

  const element = h(
    "div",
    { class: "replay-page" },
    topLine(site),
    h(
      "main",
      { class: "replay-main", test: scoring ? "review-screen" : "replay-screen" },
      h(
        "div",
        { class: "row apart replay-title" },
        h("div", {}, h("h1", {}, interview.scenario_title), h("p", { class: "muted small" }, facts.filter((fact) => fact !== "").join(" · "))),
        h(
          "div",
          { class: "row" },
          report,
          h("a", { class: "button", href: own ? page : "/history?as=reviewer" }, own ? "Overview" : "Shared with you"),
        ),
      ),
      body.element,
    ),
  );
  return {
    element,
    title: `${scoring ? "Review" : "Replay"} · Viva`,
    close: () => {
      panel?.close();
      body.close();
    },
  };
}
