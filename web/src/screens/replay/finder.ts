import { h, setText } from "../../core/dom";
import { find, type Found, nextFound } from "../../replay/finding";
import type { Timeline } from "../../replay/timeline";

export interface Finder {
  element: HTMLElement;
  focus(): void;
  /** To what was found next, or before. */
  go(back: boolean): void;
}

/** A field that looks for words of the transcript. `show` is given what was found and which of it. */
export function finder(
  timeline: Timeline,
  here: () => number,
  show: (found: readonly Found[], current: number) => void,
): Finder {
  let found: Found[] = [];
  let current = -1;
  const count = h("span", { class: "small muted figures", role: "status", test: "replay-found" });
  const field = h("input", {
    class: "input",
    type: "search",
    placeholder: "Search",
    "aria-label": "Search the transcript",
    autocomplete: "off",
    maxlength: 200,
    test: "replay-search",
    on: {
      input: () => look(),
      keydown: (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          go(event.shiftKey);
        } else if (event.key === "Escape") {
          event.preventDefault();
          field.value = "";
          look();
          field.blur();
        }
      },
    },
  });
  const step = (back: boolean, name: string, sign: string) =>
    h(
      "button",
      {
        class: "button square",
        type: "button",
        "aria-label": name,
        title: name,
        test: back ? "replay-found-back" : "replay-found-next",
        on: { click: () => go(back) },
      },
      h("span", { "aria-hidden": "true" }, sign),
    );
  const steps = h("span", { class: "finder-steps", hidden: true }, step(true, "Found before", "↑"), step(false, "Found next", "↓"));

  function look(): void {
    found = find(timeline, field.value);
    current = found.length === 0 ? -1 : nextFound(found, here() - 1, false);
    draw();
  }

  function go(back: boolean): void {
    if (found.length === 0) return;
    current = (current + (back ? found.length - 1 : 1)) % found.length;
    draw();
  }

  function draw(): void {
    const asked = field.value.trim() !== "";
    setText(count, !asked ? "" : found.length === 0 ? "Not found" : `${current + 1} of ${found.length}`);
    steps.hidden = found.length === 0;
    show(found, current);
  }

  return {
    element: h("div", { class: "finder", role: "search" }, field, count, steps),
    focus: () => {
      field.focus();
      field.select();
    },
    go,
  };
}
