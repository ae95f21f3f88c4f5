import { h, setText } from "../core/dom";

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
}

/**
 * A question before something that cannot be undone. `done` may take its time; what it throws as a
 * sentence, by `said`, is shown and asked again.
 */
export function confirm(question: Question, done: () => Promise<void>, said: (error: unknown) => string): HTMLDialogElement {
  const problem = h("p", { class: "problem", role: "alert", test: "confirm-problem" });
  const yes = h(
    "button",
    { class: "button danger", type: "button", test: "confirm-yes", on: { click: () => void go() } },
    question.yes,
  );
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "confirm-title", test: "confirm-dialog", on: { close: () => dialog.remove() } },
    h("h2", { id: "confirm-title" }, question.title),
    h("p", {}, question.text),
    problem,
    h(
      "div",
      { class: "row" },
      h("button", { class: "button", type: "button", test: "confirm-no", on: { click: () => dialog.close() } }, question.no),
      yes,
    ),
  );

  async function go(): Promise<void> {
    yes.disabled = true;
    setText(problem, "");
    try {
      await done();
      dialog.close();
    } catch (error) {
      setText(problem, said(error));
      yes.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
