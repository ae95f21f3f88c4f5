import { h } from "../../core/dom";
import { KEY_HELP } from "../../replay/keys";

/** The list of keys, over the page until it is closed. */
export function showHelp(hasSound: boolean, mayComment: boolean): void {
  const shown = KEY_HELP.filter((one) => (hasSound || !one.sound) && (mayComment || one.keys !== "C"));
  const dialog = h(
    "dialog",
    { class: "dialog keys-dialog", "aria-labelledby": "keys-title", test: "replay-help", on: { close: () => dialog.remove() } },
    h("h2", { id: "keys-title" }, "Keys"),
    h("dl", { class: "keys" }, ...shown.flatMap((one) => [h("dt", {}, one.keys), h("dd", {}, one.does)])),
    h("div", { class: "row" }, h("button", { class: "button", type: "button", on: { click: () => dialog.close() } }, "Close")),
  );
  document.body.append(dialog);
  dialog.showModal();
}
