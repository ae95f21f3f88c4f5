import { AccountApi, type SharingPreview } from "../../core/account_api";
import { fill, h, setText } from "../../core/dom";
import { removedText } from "../../core/sharing_words";
import { sentence } from "../frame";
import { part, type Place, switchRow } from "./field";

/** Whether anonymised transcripts may be used. Off, and not to be switched on unseen. */
export function sharingSection(place: Place): HTMLElement[] {
  const { saver, site } = place;
  const api = new AccountApi(site.api);
  const { row, input } = switchRow(
    place,
    "share_anonymised",
    "Share anonymised transcripts",
    "What you and the interviewer said, without names, addresses, numbers and organisations. No recording, and no word of who you are.",
  );
  const shown = h("div", { class: "stack" });
  const note = h("p", { class: "muted small", id: "sharing-note" }, "Look at it first; then it can be switched on.");
  const look = h(
    "button",
    { class: "button", type: "button", test: "sharing-look", on: { click: () => void show() } },
    "Show exactly what would leave",
  );
  let seen = false;

  /** Off is always allowed, on only once seen. */
  function draw(): void {
    input.disabled = !seen && !input.checked;
    note.hidden = !input.disabled;
  }

  async function show(): Promise<void> {
    look.disabled = true;
    setText(look, "Looking");
    try {
      fill(shown, ...preview(await api.sharingPreview()));
      seen = true;
      setText(look, "Look again");
    } catch (error) {
      fill(shown, h("p", { class: "problem", role: "alert" }, sentence(error)));
      setText(look, "Show exactly what would leave");
    }
    look.disabled = false;
    draw();
  }

  place.onClose(saver.on("changed", draw));
  place.onClose(saver.on("saving", draw));
  draw();
  return [
    part(
      "Sharing",
      "Off unless you switch it on. What is shared serves to make interviewers better; it is not to be made public, nor used to find out who spoke.",
      h("div", { class: "row" }, look),
      shown,
      row,
      note,
    ),
  ];
}

function preview(found: SharingPreview): HTMLElement[] {
  if (found.records.length === 0) {
    return [
      h(
        "p",
        { test: "sharing-empty" },
        "Nothing would leave now: you have no interview that is over. Each one that ends would be added, changed in the same way.",
      ),
    ];
  }
  const count = found.records.length === 1 ? "This one record" : `These ${found.records.length} records`;
  return [
    h("p", {}, `${count} would leave, to the letter. ${removedText(found.removed)}`),
    h(
      "div",
      { class: "records", role: "region", "aria-label": "What would leave", tabindex: 0, test: "sharing-records" },
      ...found.records.map((record) => h("pre", { class: "code", test: "sharing-record" }, JSON.stringify(record, null, 2))),
    ),
  ];
}
