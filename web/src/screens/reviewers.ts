import { fill, h, setText } from "../core/dom";
import type { Reviewer } from "../core/history_api";
import { sentence, type Site } from "./frame";

/** Who may read this interview beside its owner: named by e-mail, listed, taken off again. */
export function reviewersPart(site: Site, interviewId: string): HTMLElement {
  const list = h("ul", { class: "reviewers" });
  const problem = h("p", { class: "problem", role: "alert", test: "reviewer-problem" });
  const said = h("p", { class: "muted small", role: "status" });
  const input = h("input", {
    class: "input",
    id: "reviewer-email",
    type: "email",
    required: true,
    autocomplete: "off",
    maxlength: 320,
    test: "reviewer-email",
  });
  const blind = h("input", { type: "checkbox", id: "reviewer-blind", test: "reviewer-blind" });
  const add = h("button", { class: "button", type: "submit", test: "reviewer-add" }, "Name as reviewer");
  let shown: Reviewer[] = [];

  async function load(): Promise<void> {
    try {
      shown = await site.history.reviewers(interviewId);
      draw();
    } catch (error) {
      setText(problem, sentence(error));
    }
  }

  async function name(): Promise<void> {
    const email = input.value.trim();
    if (email === "") return;
    add.disabled = true;
    setText(problem, "");
    try {
      const made = await site.history.addReviewer(interviewId, email, blind.checked);
      shown = [...shown.filter((one) => one.id !== made.id), made];
      input.value = "";
      blind.checked = false;
      setText(said, made.blind ? `${made.email} can listen and score this interview.` : `${made.email} can read this interview.`);
      draw();
    } catch (error) {
      setText(problem, sentence(error));
    }
    add.disabled = false;
    input.focus();
  }

  async function remove(one: Reviewer): Promise<void> {
    setText(problem, "");
    try {
      await site.history.removeReviewer(interviewId, one.id);
      shown = shown.filter((other) => other.id !== one.id);
      setText(said, `${one.email} can no longer read it.`);
      draw();
      input.focus();
    } catch (error) {
      setText(problem, sentence(error));
    }
  }

  function draw(): void {
    fill(
      list,
      ...shown.map((one) =>
        h(
          "li",
          { class: "reviewer", test: "reviewer" },
          h("span", { class: "reviewer-email" }, one.email, one.blind && h("span", { class: "muted small" }, " scores first")),
          h(
            "button",
            {
              class: "button plain",
              type: "button",
              "aria-label": `Remove ${one.email}`,
              test: "reviewer-remove",
              on: { click: () => void remove(one) },
            },
            "Remove",
          ),
        ),
      ),
    );
  }

  void load();
  return h(
    "section",
    { class: "stack tight", test: "reviewers" },
    h("h2", {}, "Reviewers"),
    h(
      "p",
      { class: "muted small" },
      "Somebody you name can read and hear this interview, comment on it and score it, signed in with that address. Your notes stay yours.",
    ),
    list,
    h(
      "form",
      {
        class: "reviewer-form",
        on: {
          submit: (event) => {
            event.preventDefault();
            void name();
          },
        },
      },
      h("label", { class: "reviewer-label", for: "reviewer-email" }, "Their e-mail address"),
      input,
      add,
      h("label", { class: "check reviewer-blind", for: "reviewer-blind" }, blind, h("span", {}, "Let them score before they see the report")),
    ),
    said,
    problem,
  );
}
