import { type Flagged, type Session, type Transcript, transcriptFile, type Turn } from "../core/api";
import { h } from "../core/dom";
import { clockText, lengthText } from "../core/format";
import { replayAddress, reportAddress, reviewAddress } from "../core/report_api";
import { sessionLevelsText } from "../core/report_words";
import { chosenMoments, momentName, shortened } from "../core/moments";
import { dayText, isOver, lengthOf, spentText, stateName } from "../core/session_words";
import { draftFields } from "./draft_field";
import { type Screen, type Site, topLine } from "./frame";
import { reviewersPart } from "./reviewers";

/**
 * What was said, by part, with times, and the files of it; before it what is worth another look. Its
 * owner also writes notes here and names reviewers; a reviewer reads.
 */
export function endScreen(
  site: Site,
  interview: Session,
  transcript: Transcript,
  flagged: readonly Flagged[],
): Screen {
  const own = interview.own !== false;
  const candidate = own ? "You" : (interview.candidate_name ?? "Candidate");
  const moments = chosenMoments(flagged);
  const drafts = own
    ? draftFields(site, interview.id, {
        reflection: {
          label: "Looking back",
          says: "What went well, what you would do differently. Saved as you type; only you see it.",
        },
        notes: { label: "Notes", says: "Whatever you want to find again. The history's search finds it." },
      })
    : null;
  const spent = lengthOf(interview);
  const files = ([["md", "Markdown"], ["txt", "Plain text"], ["vtt", "Subtitles"]] as const).map(
    ([ending, label]) =>
      h(
        "a",
        { class: "button", href: transcriptFile(interview.id, ending), download: `interview.${ending}`, test: `download-${ending}` },
        label,
      ),
  );
  const parts = interview.segments
    .map((segment) => ({
      id: segment.id,
      title: segment.title,
      spent: segment.spent_s,
      turns: transcript.turns.filter((turn) => turn.segment === segment.id),
    }))
    .filter((part) => part.turns.length > 0);
  const over = isOver(interview);
  const levels = sessionLevelsText(interview);
  const said = transcript.turns.length > 0;
  const element = h(
    "div",
    {},
    topLine(site),
    h(
      "main",
      { class: "column", test: "end-screen" },
      h(
        "div",
        { class: "stack tight" },
        h("h1", {}, headingOf(interview, own)),
        h(
          "p",
          { class: "muted" },
          [
            interview.scenario_title,
            dayText(interview.started_at ?? interview.created_at),
            spent > 0 && `${spentText(spent)} of talk`,
          ]
            .filter(Boolean)
            .join(" · "),
        ),
        levels !== "" && h("p", {}, levels),
      ),
      h(
        "div",
        { class: "row" },
        over && h("a", { class: "button primary", href: reportAddress(interview.id), test: "report-link" }, "See the report"),
        over && h("a", { class: "button", href: replayAddress(interview.id), test: "to-replay" }, "Replay"),
        over && !own && h("a", { class: "button", href: reviewAddress(interview.id), test: "to-review" }, "Comment and score"),
        own && h("a", { class: over ? "button" : "button primary", href: "/", test: "start-another" }, "Start another"),
        h("a", { class: "button", href: own ? "/history" : "/history?as=reviewer", test: "to-history" }, own ? "Your history" : "Shared with you"),
      ),
      drafts && h("section", { class: "stack", "aria-label": "Your own words" }, drafts.element),
      moments.length > 0 &&
        h(
          "section",
          { class: "stack" },
          h("h2", {}, "Moments worth another look"),
          h("ol", { class: "moments", test: "moments" }, ...moments.map(momentOf)),
        ),
      h(
        "section",
        { class: "stack" },
        h("h2", {}, "What was said"),
        said && h("div", { class: "row" }, h("span", { class: "muted small" }, "Download"), ...files),
        said
          ? h("div", { class: "transcript", test: "transcript" }, ...parts.map((part) => partOf(part, candidate)))
          : h("p", { class: "muted", test: "transcript-empty" }, nothingSaid(interview)),
      ),
      own && reviewersPart(site, interview.id),
    ),
  );
  return { element, title: "Transcript · Viva", close: () => drafts?.close() };
}

function headingOf(interview: Session, own: boolean): string {
  if (!own) return `Interview of ${interview.candidate_name ?? "a candidate"}`;
  return interview.state === "abandoned" ? "This interview was left open and has closed" : "The interview is over";
}

function nothingSaid(interview: Session): string {
  if (!isOver(interview)) return `Nothing has been said yet. It is ${stateName(interview.state).toLowerCase()}.`;
  return "Nothing was said in this interview, so there is no transcript.";
}

function momentOf(moment: Flagged): HTMLElement {
  return h(
    "li",
    { class: "moment", test: "moment", "data-flag": moment.flag },
    h(
      "p",
      { class: "by" },
      h("span", {}, momentName(moment.flag)),
      h("span", { class: "muted figures" }, clockText(Math.floor(moment.start_ms / 1000))),
    ),
    moment.question !== "" && h("p", { class: "muted" }, moment.question),
    h("blockquote", {}, shortened(moment.answer)),
    h("p", { class: "small" }, moment.reason),
  );
}

function partOf(part: { id: string; title: string; spent: number; turns: Turn[] }, candidate: string): HTMLElement {
  return h(
    "section",
    { class: "part" },
    h("h3", {}, part.title, " ", h("span", { class: "muted small figures" }, lengthText(part.spent))),
    h("ol", { class: "turns" }, ...part.turns.map((turn) => turnOf(turn, candidate))),
  );
}

function turnOf(turn: Turn, candidate: string): HTMLElement {
  return h(
    "li",
    { class: `turn ${turn.speaker}`, test: "transcript-turn", "data-speaker": turn.speaker, "data-segment": turn.segment },
    h(
      "p",
      { class: "by" },
      h("span", {}, turn.speaker === "candidate" ? candidate : "Interviewer"),
      h("span", { class: "muted figures" }, clockText(Math.floor(turn.start_ms / 1000))),
    ),
    h("p", {}, turn.text),
  );
}
