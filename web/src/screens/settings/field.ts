import { h, fill, setText } from "../../core/dom";
import type { Field } from "../../core/settings_api";
import type { SettingsSaver } from "../../core/settings_saver";
import { type Names, valueText } from "../../core/settings_words";
import type { Site } from "../frame";

/** How long "Saved" stays. */
const SAVED_MS = 4000;

/** What every section is given. */
export interface Place {
  site: Site;
  saver: SettingsSaver;
  names: Names;
  /** Runs `undo` when the section is left. */
  onClose(undo: () => void): void;
}

/** "Saved" beside a field; below it what went wrong, or what another device had chosen. */
export interface Standing {
  saved: HTMLElement;
  trouble: HTMLElement;
}

export function standing(place: Place, field: Field): Standing {
  const { saver, names } = place;
  const saved = h("span", { class: "saved small", role: "status", test: `saving-${field}` });
  const trouble = h("div", { class: "trouble", role: "status", test: `trouble-${field}` });
  let fade: ReturnType<typeof setTimeout> | undefined;

  function draw(): void {
    const state = saver.saving(field);
    clearTimeout(fade);
    setText(saved, state.kind === "saving" ? "Saving" : state.kind === "saved" ? "Saved" : "");
    saved.dataset["saving"] = state.kind;
    if (state.kind === "saved") fade = setTimeout(() => setText(saved, ""), SAVED_MS);
    if (state.kind === "failed") {
      fill(
        trouble,
        h("p", { class: "problem" }, state.message),
        state.again && button("Try again", "again", () => void saver.retry()),
      );
    } else if (state.kind === "overwrote") {
      const theirs = valueText(field, state.theirs, names);
      fill(
        trouble,
        h("p", {}, `Changed on another device to ${theirs} meanwhile.`),
        h(
          "div",
          { class: "row" },
          button("Keep mine", "mine", () => saver.keepMine(field)),
          button("Take theirs", "theirs", () => void saver.takeTheirs(field)),
        ),
      );
    } else if (state.kind !== "saving") {
      // While it is tried again nothing moves.
      fill(trouble);
    }
  }

  function button(text: string, which: "again" | "mine" | "theirs", press: () => void): HTMLElement {
    return h("button", { class: "button", type: "button", test: `${which}-${field}`, on: { click: press } }, text);
  }

  place.onClose(saver.on("saving", (changed) => changed === field && draw()));
  place.onClose(() => clearTimeout(fade));
  draw();
  return { saved, trouble };
}

/** Calls `show` now, and whenever the field gets another value from elsewhere. */
export function follow(place: Place, field: Field, show: () => void): void {
  place.onClose(place.saver.on("changed", (changed) => changed === field && show()));
  show();
}

/** A label with "Saved" beside it, the hint, the control within `shown`, and below what went wrong. */
export function fieldRow(
  place: Place,
  field: Field,
  label: string,
  hint: string,
  control: HTMLElement,
  shown: HTMLElement = control,
): HTMLElement {
  const { saved, trouble } = standing(place, field);
  const hintId = `hint-${field}`;
  if (hint) control.setAttribute("aria-describedby", hintId);
  return h(
    "div",
    { class: "field" },
    h("div", { class: "label-row" }, h("label", { for: control.id }, label), saved),
    hint !== "" && h("p", { class: "muted small", id: hintId }, hint),
    shown,
    trouble,
  );
}

/** A group of radio buttons with its name above it and "Saved" beside that. */
export function groupRow(place: Place, field: Field, label: string, ...content: HTMLElement[]): HTMLElement {
  const { saved, trouble } = standing(place, field);
  return h(
    "fieldset",
    { class: "field" },
    h("legend", { class: "label-row" }, h("span", { class: "group-label" }, label), saved),
    ...content,
    trouble,
  );
}

type Switch = "captions" | "push_to_talk" | "audio_only" | "email_notifications" | "share_anonymised";

/** An on-off switch. */
export function switchRow(place: Place, field: Switch, label: string, hint: string): { row: HTMLElement; input: HTMLInputElement } {
  const { saved, trouble } = standing(place, field);
  const input = h("input", {
    type: "checkbox",
    role: "switch",
    class: "switch",
    id: `set-${field}`,
    "aria-describedby": `hint-${field}`,
    test: `set-${field}`,
    on: { change: () => void place.saver.change(field, input.checked) },
  });
  follow(place, field, () => (input.checked = place.saver.value(field)));
  const row = h(
    "div",
    { class: "field" },
    h(
      "div",
      { class: "switch-row" },
      input,
      h(
        "div",
        {},
        h("div", { class: "label-row" }, h("label", { for: `set-${field}` }, label), saved),
        h("p", { class: "muted small", id: `hint-${field}` }, hint),
      ),
    ),
    trouble,
  );
  return { row, input };
}

export interface Option {
  /** "" stands for null. */
  value: string;
  text: string;
}

/** A choice among many. A stored value that is not among `options` is shown by itself. */
export function selectOf(place: Place, field: Field, options: readonly Option[], choose: (value: string) => void): HTMLSelectElement {
  const select = h("select", {
    class: "input",
    id: `set-${field}`,
    test: `set-${field}`,
    on: { change: () => choose(select.value) },
  });
  follow(place, field, () => {
    const stored = place.saver.value(field);
    const value = stored === null ? "" : String(stored);
    const known = options.some((option) => option.value === value);
    const all = known ? options : [...options, { value, text: valueText(field, stored, place.names) }];
    fill(select, ...all.map((option) => h("option", { value: option.value }, option.text)));
    select.value = value;
  });
  return select;
}

/** A part of a section, under a heading of its own. */
export function part(heading: string, lead: string, ...content: (HTMLElement | false | null)[]): HTMLElement {
  return h(
    "section",
    { class: "stack settings-part" },
    h("div", { class: "stack tight" }, h("h2", {}, heading), lead !== "" && h("p", { class: "muted" }, lead)),
    ...content,
  );
}
