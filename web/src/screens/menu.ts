import { disclosure } from "../core/disclosure";
import { h } from "../core/dom";
import type { TestId } from "../testids";

export interface MenuEntry {
  text: string;
  test: TestId;
  /** Where it leads; without one it is a button that calls `press`. */
  href?: string;
  press?: () => void;
}

/** A button that opens a short list below itself. */
export function menu(label: string, entries: readonly MenuEntry[]): HTMLElement {
  const opener = h(
    "button",
    { class: "button plain menu-opener", type: "button", test: "user-menu" },
    h("span", { class: "menu-name", test: "user-name" }, label),
    h("span", { class: "caret", "aria-hidden": "true" }),
  );
  const list = h("ul", { class: "menu-list", id: "user-menu-list" }, ...entries.map(row));
  const whole = disclosure(opener, list, "menu");

  function row(entry: MenuEntry): HTMLElement {
    const press = () => {
      whole.close();
      entry.press?.();
    };
    const inner = entry.href
      ? h("a", { class: "menu-entry", href: entry.href, test: entry.test, on: { click: press } }, entry.text)
      : h("button", { class: "menu-entry", type: "button", test: entry.test, on: { click: press } }, entry.text);
    return h("li", {}, inner);
  }

  return whole.element;
}
