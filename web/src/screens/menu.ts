import { h } from "../core/dom";
import type { TestId } from "../testids";

export interface MenuEntry {
  text: string;
  test: TestId;
  /** Where it leads; without one it is a button that calls `press`. */
  href?: string;
  press?: () => void;
}

/**
 * A button that opens a short list below itself. It closes on Escape, when the focus leaves it, and
 * on a press anywhere else.
 */
export function menu(label: string, entries: readonly MenuEntry[]): HTMLElement {
  const list = h("ul", { class: "menu-list", id: "user-menu-list", hidden: true }, ...entries.map(row));
  const opener = h(
    "button",
    {
      class: "button plain menu-opener",
      type: "button",
      "aria-expanded": "false",
      "aria-controls": "user-menu-list",
      test: "user-menu",
      on: { click: () => toggle(list.hidden) },
    },
    h("span", { class: "menu-name", test: "user-name" }, label),
    h("span", { class: "caret", "aria-hidden": "true" }),
  );
  const whole = h(
    "div",
    {
      class: "menu",
      on: {
        keydown: (event) => {
          if (event.key !== "Escape" || list.hidden) return;
          event.stopPropagation();
          toggle(false);
          opener.focus();
        },
        focusout: (event) => {
          const next = event.relatedTarget;
          if (next instanceof Node && !whole.contains(next)) toggle(false);
        },
      },
    },
    opener,
    list,
  );

  function row(entry: MenuEntry): HTMLElement {
    const close = () => {
      toggle(false);
      entry.press?.();
    };
    const inner = entry.href
      ? h("a", { class: "menu-entry", href: entry.href, test: entry.test, on: { click: close } }, entry.text)
      : h("button", { class: "menu-entry", type: "button", test: entry.test, on: { click: close } }, entry.text);
    return h("li", {}, inner);
  }

  function toggle(open: boolean): void {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) document.addEventListener("pointerdown", elsewhere);
    else document.removeEventListener("pointerdown", elsewhere);
  }

  function elsewhere(event: PointerEvent): void {
    if (!whole.contains(event.target as Node)) toggle(false);
  }

  return whole;
}
