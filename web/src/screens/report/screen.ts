import { type Session } from "../../core/api";
import { h } from "../../core/dom";
import { ReplayApi } from "../../core/replay_api";
import { recordingFile, replayAddress, ReportApi, reviewAddress } from "../../core/report_api";
import { soundMissing } from "../../core/report_words";
import { dayText, isOver, lengthOf, spentText } from "../../core/session_words";
import { DIFFICULTIES } from "../choices";
import { confirm } from "../confirm";
import { draftFields } from "../draft_field";
import { type Screen, sentence, type Site, topLine } from "../frame";
import { reviewersPart } from "../reviewers";
import { reportActions } from "./actions";
import { showReport } from "./report";
import { reviewsPart } from "./reviews";
import { shareDialog } from "./share";
import type { ReportSource } from "./source";

const SOUND_FIRST_MS = 4000;
const SOUND_LAST_MS = 30_000;

/** The report of an interview, for its owner or somebody who may review it. */
export function reportScreen(site: Site, interview: Session): Screen {
  if (!isOver(interview)) return notOver(site, interview);
  const { id } = interview;
  const own = interview.own !== false;
  const api = new ReportApi(site.api);
  let recording = interview.recording;
  const reflection = own
    ? draftFields(site, id, {
        reflection: {
          label: "Looking back",
          says: "What went well, what you would do differently. Saved as you type; only you see it.",
        },
      })
    : null;
  const deletePlace = h(
    "section",
    { class: "stack tight no-print" },
    h("h2", {}, "The recording"),
    h("p", { class: "muted small" }, "The transcript and the report stay when the recording is deleted."),
    h("div", {}, h("button", { class: "button danger", type: "button", test: "report-delete-recording", on: { click: askToDelete } }, "Delete the recording")),
  );
  const reviews = reviewsPart(() => new ReplayApi(site.api).scoring(id));
  const after = own
    ? h("div", { class: "report-after" }, reviews, reflection && h("section", { "aria-label": "Your own words" }, reflection.element), reviewersPart(site, id), deletePlace)
    : reviews;
  const source: ReportSource = {
    title: interview.scenario_title,
    facts: factsOf(interview, own),
    load: () => api.report(id),
    sound: () => (recording?.state === "ready" ? { url: recordingFile(id) } : { missing: soundMissing(recording?.state) }),
    replayAt: (atMs) => replayAddress(id, atMs),
    trend: own ? () => api.trend() : null,
    actions: reportActions({
      sessionId: id,
      own,
      hasSound: () => recording?.state === "ready",
      share: () => void shareDialog(new ReplayApi(site.api), id, recording?.state === "ready"),
    }),
    after,
    wayOn: (code) => wayOn(code, id),
  };

  function askToDelete(): void {
    confirm(
      {
        title: "Delete the recording",
        text: "The sound of this interview goes, here and behind every link to it. It cannot be brought back.",
        yes: "Delete it",
        no: "Keep it",
      },
      async () => {
        await api.removeRecording(id);
        if (recording) recording = { ...recording, state: "deleted" };
        soundChanged();
      },
      sentence,
    );
  }

  function soundChanged(): void {
    deletePlace.hidden = recording?.state !== "ready";
    shown.refresh();
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = SOUND_FIRST_MS;
  function waitForSound(): void {
    if (recording?.state !== "joining" && recording?.state !== "recording") return;
    timer = setTimeout(() => void lookForSound(), wait);
    wait = Math.min(SOUND_LAST_MS, wait * 1.5);
  }

  async function lookForSound(): Promise<void> {
    try {
      recording = (await site.api.session(id)).recording;
      soundChanged();
    } catch {
      // Asked again in a while.
    }
    waitForSound();
  }

  const main = h("main", { class: "column report", test: "report-screen" });
  const shown = showReport(main, source);
  soundChanged();
  waitForSound();
  return {
    element: h("div", {}, topLine(site), main),
    title: `Report: ${interview.scenario_title} · Viva`,
    close: () => {
      clearTimeout(timer);
      shown.close();
      reflection?.close();
    },
  };
}

/** One line: whom it speaks to as "you" where that is another, when, how long, how hard. */
export function factsOf(interview: Session, own: boolean): string {
  const spent = lengthOf(interview);
  return [
    own ? "" : `Written for ${interview.candidate_name ?? "the candidate"}`,
    dayText(interview.started_at ?? interview.created_at),
    spent > 0 ? `${spentText(spent)} of talk` : "",
    DIFFICULTIES.find((one) => one.id === interview.difficulty)?.name ?? interview.difficulty,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function wayOn(code: string, id: string): HTMLElement | null {
  if (code === "session_not_over") return h("a", { class: "button primary", href: `/sessions/${encodeURIComponent(id)}` }, "Back to the interview");
  if (code === "scoring_first") return h("a", { class: "button primary", href: reviewAddress(id) }, "Listen and score");
  return null;
}

function notOver(site: Site, interview: Session): Screen {
  return {
    title: "Report · Viva",
    element: h(
      "div",
      {},
      topLine(site),
      h(
        "main",
        { class: "column narrow", test: "report-screen" },
        h(
          "div",
          { class: "stack tight", test: "report-problem" },
          h("h1", {}, "This interview is not over yet"),
          h("p", { class: "muted" }, "Its report is made when it ends."),
        ),
        h("div", { class: "row" }, wayOn("session_not_over", interview.id)),
      ),
    ),
  };
}
