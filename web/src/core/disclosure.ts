import type { TestId } from "../testids";
import { h } from "./dom";

/**
 * `opener` shows and hides `panel` below itself. The panel closes on Escape, when the focus leaves
 * both, and on a press anywhere else.
 */
export function disclosure(
  opener: HTMLButtonElement,
  panel: HTMLElement,
  className: string,
): { element: HTMLElement; close(): void } {
  const element = h("div", { class: className }, opener, panel);
  panel.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", panel.id);

  function toggle(open: boolean): void {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) document.addEventListener("pointerdown", elsewhere);
    else document.removeEventListener("pointerdown", elsewhere);
  }

  function elsewhere(event: PointerEvent): void {
    if (!element.contains(event.target as Node)) toggle(false);
  }

  opener.addEventListener("click", () => toggle(panel.hidden));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    toggle(false);
    opener.focus();
  });
  element.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next instanceof Node && !element.contains(next)) toggle(false);
  });
  return { element, close: () => toggle(false) };
}

/** A button that shows and hides `place` in the flow of the page; `opened` runs when it is shown. */
export function discloser(text: string, test: TestId, place: HTMLElement, opened?: () => void): HTMLButtonElement {
  const button = h(
    "button",
    {
      class: "button",
      type: "button",
      "aria-expanded": "false",
      test,
      on: {
        click: () => {
          place.hidden = !place.hidden;
          button.setAttribute("aria-expanded", String(!place.hidden));
          if (!place.hidden) opened?.();
        },
      },
    },
    text,
  );
  return button;
}
