import { h, setText } from "../core/dom";
import type { TestId } from "../testids";

const COPY_MS = 2000;

export interface Copying {
  value: HTMLInputElement;
  button: HTMLButtonElement;
  said: HTMLElement;
}

/** A text that can be seen this once, and a button that copies it. */
export function copying(text: string, label: string, tests: { value: TestId; button: TestId }): Copying {
  const value = h("input", {
    class: "input code-input",
    readonly: true,
    value: text,
    "aria-label": label,
    test: tests.value,
    on: { focus: () => value.select() },
  });
  const said = h("p", { class: "small", role: "status" });
  const copy = async (): Promise<void> => {
    try {
      // A page that is not in front may wait for ever.
      const late = new Promise<never>((_, reject) => setTimeout(reject, COPY_MS));
      await Promise.race([navigator.clipboard.writeText(text), late]);
      setText(said, "Copied.");
    } catch {
      value.focus();
      setText(said, "The browser does not let this page copy. It is marked; copy it by hand.");
    }
  };
  const button = h("button", { class: "button primary", type: "button", test: tests.button, on: { click: () => void copy() } }, "Copy");
  return { value, button, said };
}
