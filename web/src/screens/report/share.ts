import { fill, h, setText } from "../../core/dom";
import type { ReplayApi, Share, SharePart } from "../../core/replay_api";
import { dayText } from "../../core/session_words";
import { EXPIRIES, shareText } from "../../core/share_words";
import { confirm } from "../confirm";
import { copying } from "../copying";
import { sentence } from "../frame";

const PARTS: readonly { id: SharePart; text: string; chosen: boolean }[] = [
  { id: "report", text: "The report", chosen: true },
  { id: "transcript", text: "The transcript", chosen: true },
  { id: "audio", text: "The recording", chosen: false },
  { id: "comments", text: "The comments", chosen: false },
];
/** What would tell somebody who scores blind what others made of it. */
const JUDGING: readonly SharePart[] = ["report", "comments"];

/** Makes links that anybody can open, shows those there are and takes them back. */
export function shareDialog(api: Pick<ReplayApi, "share" | "shares" | "revoke">, sessionId: string, hasSound: boolean): HTMLDialogElement {
  const problem = h("p", { class: "problem", role: "alert", test: "share-problem" });
  const made = h("div", { "aria-live": "polite" });
  const list = h("ul", { class: "rows", test: "share-list" });
  const boxes = PARTS.filter(({ id }) => id !== "audio" || hasSound).map(({ id, text, chosen }) => {
    const box = h("input", { type: "checkbox", id: `share-part-${id}`, checked: chosen, test: `share-part-${id}` });
    return { id, box, row: h("label", { class: "check", for: `share-part-${id}` }, box, h("span", {}, text)) };
  });
  const comment = h("input", { type: "checkbox", id: "share-comment", test: "share-comment", on: { change: fit } });
  const blind = h("input", { type: "checkbox", id: "share-blind", test: "share-blind", on: { change: fit } });
  const blindRow = h("label", { class: "check", for: "share-blind" }, blind, h("span", {}, "They score before they see report and comments"));
  const expiry = h(
    "select",
    { class: "input", id: "share-expiry", test: "share-expiry" },
    ...EXPIRIES.map(({ seconds, name }) => h("option", { value: seconds, selected: seconds === 604_800 }, name)),
  );
  const label = h("input", { class: "input", id: "share-label", maxlength: 100, autocomplete: "off", test: "share-label" });
  const make = h("button", { class: "button primary", type: "submit", test: "share-make" }, "Make a link");
  const dialog = h(
    "dialog",
    { class: "dialog share-dialog", "aria-labelledby": "share-title", test: "share-dialog", on: { close: () => dialog.remove() } },
    h("h2", { id: "share-title" }, "Share"),
    h("p", { class: "muted small" }, "Whoever has the link sees what you choose here, without an account, until it ends or you take it back. Your notes stay yours."),
    h(
      "form",
      {
        class: "stack",
        on: {
          submit: (event) => {
            event.preventDefault();
            void share();
          },
        },
      },
      h("fieldset", {}, h("legend", { class: "visually-hidden" }, "What the link shows"), ...boxes.map(({ row }) => row)),
      h(
        "fieldset",
        {},
        h("legend", { class: "visually-hidden" }, "What may be done"),
        h("label", { class: "check", for: "share-comment" }, comment, h("span", {}, "Whoever signs in may comment and score")),
        blindRow,
      ),
      h("div", { class: "field" }, h("label", { for: "share-expiry" }, "Good for"), expiry),
      h("div", { class: "field" }, h("label", { for: "share-label" }, "What you call it (optional)"), label),
      problem,
      h("div", {}, make),
    ),
    made,
    h("section", { class: "stack tight", "aria-label": "Links" }, h("h3", {}, "Links"), list),
    h("div", { class: "row" }, h("button", { class: "button", type: "button", test: "share-close", on: { click: () => dialog.close() } }, "Close")),
  );

  /** What cannot go together cannot be chosen together. */
  function fit(): void {
    blindRow.hidden = !comment.checked;
    if (!comment.checked) blind.checked = false;
    for (const { id, box } of boxes) {
      if (!JUDGING.includes(id)) continue;
      if (blind.checked) box.checked = false;
      box.disabled = blind.checked;
    }
  }

  async function share(): Promise<void> {
    const parts = boxes.filter(({ box }) => box.checked).map(({ id }) => id);
    setText(problem, "");
    if (parts.length === 0) {
      setText(problem, "Choose at least one thing that the link shows.");
      return;
    }
    make.disabled = true;
    try {
      const link = await api.share(sessionId, {
        expires_in: Number(expiry.value),
        parts,
        label: label.value.trim(),
        may_comment: comment.checked,
        blind: blind.checked,
      });
      label.value = "";
      show(new URL(link.url, location.origin).href);
      await load();
    } catch (error) {
      setText(problem, sentence(error));
    }
    make.disabled = false;
  }

  /** The one time that the link can be seen. */
  function show(url: string): void {
    const { value, button, said } = copying(url, "The link", { value: "share-url", button: "share-copy" });
    fill(made, h("div", { class: "stack tight" }, h("p", { class: "strong" }, "The link is shown this once. Copy it now."), h("div", { class: "copy-row" }, value, button), said));
    value.focus();
  }

  async function load(): Promise<void> {
    try {
      draw(await api.shares(sessionId));
    } catch (error) {
      fill(list, h("li", { class: "problem" }, sentence(error)));
    }
  }

  function draw(shares: readonly Share[]): void {
    if (shares.length === 0) fill(list, h("li", { class: "muted", test: "share-empty" }, "There is no link."));
    else fill(list, ...shares.map(row));
  }

  function row(one: Share): HTMLElement {
    const name = one.label || "A link";
    return h(
      "li",
      { class: "share-row", test: "share", "data-id": one.id, "data-active": one.active ? "yes" : "no" },
      h("div", {}, h("p", { class: "strong" }, name), h("p", { class: "muted small" }, shareText(one, dayText))),
      one.active && h(
        "button",
        { class: "button plain", type: "button", "aria-label": `Take back ${name}`, test: "share-revoke", on: { click: () => ask(one, name) } },
        "Take back",
      ),
    );
  }

  function ask(one: Share, name: string): void {
    const question = {
      title: "Take the link back",
      text: [
        `${name}: whoever opens it from now on finds nothing. A link cannot be given out again; you can make another.`,
        one.may_comment && "Who became a reviewer by it stays one until you remove them under Reviewers.",
      ]
        .filter(Boolean)
        .join(" "),
      yes: "Take it back",
      no: "Keep it",
    };
    confirm(
      question,
      async () => {
        await api.revoke(one.id);
        fill(made);
        await load();
      },
      sentence,
    );
  }

  document.body.append(dialog);
  dialog.showModal();
  fit();
  void load();
  return dialog;
}
