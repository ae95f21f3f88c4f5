import { h, setText } from "../core/dom";
import { LastAnswer, type RecordSettings, recordText } from "../core/record_choice";
import { sentence, type Site } from "./frame";

export interface RecordChoice {
  element: HTMLElement;
  /** Stores what is chosen; false, with the reason shown, when a yes could not be stored. */
  settle(): Promise<boolean>;
  /** What was stored; null before that. */
  granted(): boolean | null;
}

/** "Record this session", and what that means. */
export function recordChoice(site: Site, sessionId: string, settings: RecordSettings): RecordChoice {
  const last = new LastAnswer(site.store, site.user?.id ?? "");
  let stored: boolean | null = null;
  const input = h("input", {
    type: "checkbox",
    class: "switch",
    role: "switch",
    id: "record-choice",
    checked: last.load(),
    "aria-describedby": "record-hint",
    test: "record-choice",
  });
  const problem = h("p", { class: "problem", role: "alert", test: "record-problem" });

  async function settle(): Promise<boolean> {
    const granted = input.checked;
    setText(problem, "");
    try {
      await site.api.recordingConsent(sessionId, granted);
      stored = granted;
    } catch (error) {
      // Without an answer nothing is recorded, which is what a no asks for.
      if (granted) {
        setText(problem, `${sentence(error)} Nothing is recorded yet. Try again, or go in without a recording.`);
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
