import { h } from "../core/dom";

export interface Choice {
  id: string;
  name: string;
  says: string;
}

export const DIFFICULTIES: readonly Choice[] = [
  { id: "guided", name: "Guided", says: "The interviewer offers a first hint itself when you are stuck." },
  { id: "standard", name: "Standard", says: "The questions of a usual interview; hints when you ask." },
  { id: "senior", name: "Senior", says: "More depth, more trade-offs, and numbers to back them." },
  { id: "staff", name: "Staff", says: "Second-order effects: what your design does to everything around it." },
];

export const TONES: readonly Choice[] = [
  { id: "warm", name: "Warm", says: "Reassures you before it digs." },
  { id: "neutral", name: "Neutral", says: "Digs, without much around it." },
  { id: "direct", name: "Direct", says: "Says what is missing and asks for it." },
];

/** Radio buttons, each with a sentence. */
export function choices(
  group: "difficulty" | "tone" | "digest" | "record",
  options: readonly Choice[],
  chosen: string,
  onChoose: (id: string) => void,
): HTMLElement {
  return h(
    "div",
    { class: options.length === 3 ? "choices three" : "choices" },
    ...options.map((option) =>
      h(
        "label",
        { class: "choice" },
        h("input", {
          type: "radio",
          name: group,
          value: option.id,
          checked: option.id === chosen,
          test: `${group}-${option.id}`,
          on: { change: () => onChoose(option.id) },
        }),
        h("span", { class: "name" }, option.name),
        h("span", { class: "says" }, option.says),
      ),
    ),
  );
}
