import type { Session } from "../../core/api";
import { h } from "../../core/dom";
import { forgetDrafts } from "../../core/drafts";
import { reviewAddress } from "../../core/replay_api";
import { replayAddress, reportAddress } from "../../core/report_api";
import { sessionLevelsText } from "../../core/report_words";
import { canGoIn, dayText, isOver, lengthOf, spentText, stateName } from "../../core/session_words";
import { DIFFICULTIES } from "../choices";
import { confirm } from "../confirm";
import { type DraftFields, draftFields } from "../draft_field";
import { sentence, type Site } from "../frame";

export interface ItemParts {
  site: Site;
  /** Somebody else's, to be read only. */
  shared: boolean;
  removed(id: string): void;
}

export interface Item {
  element: HTMLElement;
  close(): void;
}

/** One interview in the list: what it was, and what can be done with it. */
export function historyItem(session: Session, parts: ItemParts): Item {
  const { site } = parts;
  const address = `/sessions/${encodeURIComponent(session.id)}`;
  const notesId = `notes-place-${session.id}`;
  let notes: DraftFields | null = null;
  const notesPlace = h("div", { id: notesId, hidden: true, test: "history-notes-place" });
  const notesButton = h(
    "button",
    {
      class: "button",
      type: "button",
      "aria-expanded": "false",
      "aria-controls": notesId,
      test: "history-notes",
      on: { click: () => toggleNotes() },
    },
    "Notes",
  );

  function toggleNotes(): void {
    if (!notes) {
      notes = draftFields(site, session.id, {
        notes: { label: "Your notes", says: "Only you see them. The search finds them." },
      });
      notesPlace.append(notes.element);
    }
    notesPlace.hidden = !notesPlace.hidden;
    notesButton.setAttribute("aria-expanded", String(!notesPlace.hidden));
    if (!notesPlace.hidden) notesPlace.querySelector("textarea")?.focus();
  }

  function askToDelete(): void {
    confirm(
      {
        title: "Delete this interview",
        text: `${session.scenario_title}, ${dayText(session.created_at)}: the transcript, your notes and everything else about it goes. It cannot be brought back.`,
        yes: "Delete it",
        no: "Keep it",
      },
      async () => {
        await site.history.remove(session.id);
        forgetDrafts(site.store, site.user?.id ?? "", session.id);
        parts.removed(session.id);
      },
      sentence,
    );
  }

  const spent = lengthOf(session);
  const facts = [
    session.own === false ? (session.candidate_name ?? "") : "",
    stateName(session.state),
    spent === 0 ? "" : spentText(spent),
    DIFFICULTIES.find((one) => one.id === session.difficulty)?.name ?? session.difficulty,
  ].filter((fact) => fact !== "");
  const levels = sessionLevelsText(session);
  const element = h(
    "li",
    { class: "history-item", test: "history-item", "data-id": session.id, "data-state": session.state },
    h(
      "div",
      { class: "history-what" },
      h("h3", {}, h("a", { href: address, test: "history-open" }, session.scenario_title)),
      h(
        "p",
        { class: "muted small" },
        h("time", { datetime: session.started_at ?? session.created_at }, dayText(session.started_at ?? session.created_at)),
      ),
      h("p", { class: "small figures", test: "history-facts" }, facts.join(" · ")),
      levels !== "" && h("p", { class: "small figures history-levels", test: "history-levels" }, meanBar(session.level_mean ?? null), levels),
    ),
    h(
      "div",
      { class: "row history-acts" },
      canGoIn(session) && !parts.shared &&
        h(
          "a",
          { class: session.state === "created" ? "button" : "button primary", href: address, test: "history-resume" },
          session.state === "created" ? "Begin" : "Resume",
        ),
      isOver(session) &&
        h("a", { class: "button", href: reportAddress(session.id), "aria-label": `Report of ${session.scenario_title}`, test: "history-report" }, "Report"),
      isOver(session) &&
        (parts.shared
          ? h("a", { class: "button", href: reviewAddress(session.id), "aria-label": `Review ${session.scenario_title}`, test: "history-review" }, "Review")
          : h("a", { class: "button", href: replayAddress(session.id), "aria-label": `Replay of ${session.scenario_title}`, test: "history-replay" }, "Replay")),
      canGoIn(session) && parts.shared &&
        h("a", { class: "button", href: address, "aria-label": `Open ${session.scenario_title}` }, "Open"),
      !parts.shared && notesButton,
      !parts.shared &&
        h(
          "button",
          {
            class: "button plain",
            type: "button",
            "aria-label": `Delete ${session.scenario_title}, ${dayText(session.created_at)}`,
            test: "history-delete",
            on: { click: askToDelete },
          },
          "Delete",
        ),
    ),
    notesPlace,
  );
  return { element, close: () => notes?.close() };
}

/** The mean out of 4, to be compared down the list; the words beside it say it. */
function meanBar(mean: number | null): HTMLElement | null {
  if (mean === null) return null;
  const filled = h("span", {});
  filled.style.width = `${(mean / 4) * 100}%`;
  return h("span", { class: "mean-bar", "aria-hidden": "true" }, filled);
}
