import { h, setText } from "../core/dom";
import { Draft, draftKey, type DraftView } from "../core/drafts";
import type { DraftField } from "../core/history_api";
import type { Site } from "./frame";

export interface DraftWords {
  label: string;
  says: string;
}

export interface DraftFields {
  element: HTMLElement;
  /** Sends what is unsaved and stops listening. */
  close(): void;
}

const LETTERS_MOST = 20_000;

/** Texts of the user about one interview, each saved as it is typed. */
export function draftFields(
  site: Site,
  interviewId: string,
  fields: Partial<Record<DraftField, DraftWords>>,
): DraftFields {
  const made = (Object.entries(fields) as [DraftField, DraftWords][]).map(([field, words]) => ({
    field,
    ...draftField(makeDraft(site, interviewId, field), `${field}-${interviewId}`, field, words),
  }));
  const problem = h("p", { class: "problem", role: "alert" });
  let read = false;

  async function load(): Promise<void> {
    try {
      const stored = await site.history.drafts(interviewId);
      for (const { field, draft } of made) {
        if (read) draft.refresh(stored[field]);
        else draft.load(stored[field]);
      }
      read = true;
      setText(problem, "");
      for (const { area } of made) area.disabled = false;
    } catch {
      if (read) return;
      // Typing over what could not be read would replace it unseen.
      setText(problem, "What you wrote before cannot be read just now, so there is nothing to change yet.");
      retry = setTimeout(() => void load(), RETRY_MS);
    }
  }

  const seen = () => {
    if (document.visibilityState === "visible") void load();
    else for (const { draft } of made) draft.flush();
  };
  let retry: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("visibilitychange", seen);
  void load();
  return {
    element: h("div", { class: "stack" }, problem, ...made.map(({ element }) => element)),
    close: () => {
      clearTimeout(retry);
      document.removeEventListener("visibilitychange", seen);
      for (const { draft } of made) draft.close();
    },
  };
}

const RETRY_MS = 4000;

function makeDraft(site: Site, interviewId: string, field: DraftField): Draft {
  return new Draft(
    {
      write: (text, base) => site.history.writeDraft(interviewId, field, text, base),
      store: site.store,
      later: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    draftKey(site.user?.id ?? "", interviewId, field),
  );
}

function draftField(draft: Draft, id: string, field: DraftField, words: DraftWords) {
  const area = h("textarea", {
    class: "input area",
    id,
    rows: 4,
    maxlength: LETTERS_MOST,
    "aria-describedby": `${id}-says`,
    disabled: true,
    test: `draft-${field}`,
    on: { input: () => draft.edit(area.value), blur: () => draft.flush() },
  });
  const status = h("p", { class: "muted small draft-state", role: "status", test: `draft-state-${field}` });
  const whose = h("p", { class: "strong" });
  const other = h("blockquote", { test: `draft-replaced-${field}` });
  const banner = h(
    "div",
    { class: "banner draft-replaced", role: "alert", hidden: true },
    h("div", { class: "stack tight" }, whose, other),
    h(
      "div",
      { class: "row" },
      h("button", { class: "button", type: "button", test: `draft-restore-${field}`, on: { click: () => draft.restore() } }, "Restore"),
      h("button", { class: "button plain", type: "button", test: `draft-dismiss-${field}`, on: { click: () => draft.dismiss() } }, "Not needed"),
    ),
  );

  function draw(view: DraftView): void {
    if (area.value !== view.text) area.value = view.text;
    setText(status, stateText(view));
    status.dataset["state"] = view.state;
    status.classList.toggle("problem", view.state === "refused");
    banner.hidden = view.replaced === null;
    setText(whose, view.replaced?.by === "own" ? "You had written:" : "Another device had written:");
    setText(other, view.replaced?.text ?? "");
  }

  draft.on("view", draw);
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: id }, words.label),
    h("p", { class: "muted small", id: `${id}-says` }, words.says),
    area,
    status,
    banner,
  );
  return { element, draft, area };
}

function stateText(view: DraftView): string {
  switch (view.state) {
    case "saved":
      return view.text === "" ? "" : "Saved";
    case "writing":
      return "Saving";
    case "kept":
      return "Viva does not answer. Your text is kept in this browser and saved when it is back.";
    case "refused":
      return `Not saved: ${view.message}`;
  }
}
