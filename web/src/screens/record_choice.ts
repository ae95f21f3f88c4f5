import { h, setText } from "../core/dom";
import { LastAnswer, type RecordSettings, recordText } from "../core/record_choice";
import { sentence, type Site } from "./frame";

export interface RecordChoice {
  element: HTMLElement;
  /** Stores what is chosen; false, with the reason shown, when that was needed and failed. */
  settle(): Promise<boolean>;
  /** What is stored; null while nothing is. */
  granted(): boolean | null;
}

/**
 * "Record this session", and what that means. `consent` is what was answered before, null for
 * nothing yet.
 */
export function recordChoice(site: Site, sessionId: string, settings: RecordSettings, consent: boolean | null): RecordChoice {
  const last = new LastAnswer(site.store, site.user?.id ?? "");
  let stored = consent;
  const input = h("input", {
    type: "checkbox",
    class: "switch",
    role: "switch",
    id: "record-choice",
    checked: consent ?? last.load(),
    "aria-describedby": "record-hint",
    test: "record-choice",
  });
  const problem = h("p", { class: "problem", role: "alert", test: "record-problem" });

  async function settle(): Promise<boolean> {
    const granted = input.checked;
    setText(problem, "");
    if (granted === stored) return true;
    try {
      await site.api.recordingConsent(sessionId, granted);
      stored = granted;
    } catch (error) {
      // Without an answer nothing is recorded, which is what a first no asks for.
      if (granted || stored === true) {
        setText(problem, `${sentence(error)} ${granted ? NOTHING_RECORDED : STILL_RECORDED}`);
        return false;
      }
    }
    last.save(granted);
    return true;
  }

  const element = h(
    "div",
    { class: "field" },
    h(
      "div",
      { class: "switch-row" },
      input,
      h(
        "div",
        {},
        h("label", { for: "record-choice" }, "Record this session"),
        h("p", { class: "muted small", id: "record-hint" }, recordText(settings)),
      ),
    ),
    problem,
  );
  return { element, settle, granted: () => stored };
}

const NOTHING_RECORDED = "Nothing is recorded yet. Try again, or go in without a recording.";
const STILL_RECORDED = "It is still being recorded. Try again, or go in with the recording.";
