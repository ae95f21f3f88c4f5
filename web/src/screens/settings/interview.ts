import type { Scenario } from "../../core/api";
import { fill, h, setText } from "../../core/dom";
import { minutesText, readLengths } from "../../core/plan";
import { rateText, readBuffer } from "../../core/settings_words";
import { choices, DIFFICULTIES, TONES } from "../choices";
import { fieldRow, follow, groupRow, part, type Place, selectOf, standing, switchRow } from "./field";

/** What a new interview begins with. Each can still be changed on the start page. */
export function interviewSection(place: Place, scenarios: readonly Scenario[]): HTMLElement[] {
  const { saver, names } = place;
  const suggested = scenarios.find((one) => one.default) ?? scenarios[0];
  const scenario = selectOf(
    place,
    "scenario_id",
    [
      { value: "", text: suggested ? `The suggested one (${suggested.title})` : "The suggested one" },
      ...scenarios.map((one) => ({ value: one.id, text: one.title })),
    ],
    (value) => void saver.change("scenario_id", value || null),
  );
  return [
    part(
      "What you practise",
      "What a new interview begins with. You can still change it each time.",
      fieldRow(place, "scenario_id", "Problem", "", scenario),
      radios(place, "difficulty", "Difficulty"),
      radios(place, "tone", "Tone"),
    ),
    part("How long it takes", "", lengths(place, suggested), buffer(place)),
    part(
      "How it sounds",
      "",
      names.voices.length > 1 &&
        fieldRow(
          place,
          "voice",
          "Voice",
          "",
          selectOf(
            place,
            "voice",
            [{ value: "", text: "The usual one" }, ...names.voices.map((voice) => ({ value: voice.id, text: voice.title }))],
            (value) => void saver.change("voice", value || null),
          ),
        ),
      rate(place),
      switchRow(place, "captions", "Captions", "What is being said is also written, while it is said.").row,
      switchRow(place, "push_to_talk", "Push to talk", "Your microphone is open only while you hold a key or a button.").row,
    ),
  ];
}

function radios(place: Place, field: "difficulty" | "tone", label: string): HTMLElement {
  const box = h("div", {});
  const options = field === "difficulty" ? DIFFICULTIES : TONES;
  follow(place, field, () => {
    const chosen = place.saver.value(field) ?? "standard";
    fill(box, choices(field, options, chosen, (id) => void place.saver.change(field, id)));
  });
  return groupRow(place, field, label, box);
}

function lengths(place: Place, shown: Scenario | undefined): HTMLElement {
  const { saver } = place;
  const segments = shown?.segments ?? [];
  const titles = segments.map((segment) => segment.title);
  const problem = h("p", { class: "problem", role: "alert", test: "settings-length-problem" });
  const inputs = segments.map((segment) =>
    h("input", {
      class: "input",
      id: `set-length-${segment.id}`,
      inputmode: "decimal",
      autocomplete: "off",
      test: `set-length-${segment.id}`,
      on: { input: () => check(), change: () => store() },
    }),
  );
  const note = h("p", { class: "muted small" });
  const reset = h(
    "button",
    {
      class: "button",
      type: "button",
      test: "set-length-own",
      on: {
        click: () => {
          void saver.change("segment_seconds", null);
          show();
        },
      },
    },
    "Use each interview's own lengths",
  );

  function check(): number[] | null {
    const read = readLengths(inputs.map((input) => input.value), titles);
    inputs.forEach((input, index) => {
      if (read.problems[index]) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
    const wrong = read.problems.find((text) => text !== "") ?? read.problem;
    setText(problem, wrong);
    return wrong === "" ? read.seconds : null;
  }

  function store(): void {
    const seconds = check();
    if (!seconds) return;
    void saver.change("segment_seconds", seconds);
    draw();
  }

  function show(): void {
    const seconds = saver.value("segment_seconds") ?? segments.map((segment) => segment.seconds);
    inputs.forEach((input, index) => (input.value = minutesText(seconds[index] ?? 0)));
    check();
    draw();
  }

  function draw(): void {
    const own = saver.value("segment_seconds") === null;
    reset.hidden = own;
    setText(note, own ? "Each interview has its own lengths. What you enter here holds for all of them." : "Minutes for each part of every interview; halves are fine.");
  }

  const { saved, trouble } = standing(place, "segment_seconds");
  follow(place, "segment_seconds", show);
  return h(
    "fieldset",
    { class: "field" },
    h("legend", { class: "label-row" }, h("span", { class: "group-label" }, "Minutes for each part"), saved),
    note,
    h(
      "div",
      { class: "lengths" },
      ...segments.map((segment, index) =>
        h("div", { class: "field" }, h("label", { for: `set-length-${segment.id}` }, segment.title), inputs[index]),
      ),
    ),
    problem,
    h("div", { class: "row" }, reset),
    trouble,
  );
}

function buffer(place: Place): HTMLElement {
  const { saver } = place;
  const problem = h("p", { class: "problem", role: "alert", id: "problem-buffer_seconds" });
  const input = h("input", {
    class: "input short figures",
    id: "set-buffer_seconds",
    inputmode: "decimal",
    autocomplete: "off",
    test: "set-buffer_seconds",
    on: {
      input: () => check(),
      change: () => {
        const read = check();
        if (read.problem === "") void saver.change("buffer_seconds", read.seconds);
      },
    },
  });

  function check(): { seconds: number; problem: string } {
    const read = readBuffer(input.value);
    setText(problem, read.problem);
    if (read.problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    return read;
  }

  follow(place, "buffer_seconds", () => {
    input.value = minutesText(saver.value("buffer_seconds"));
    check();
  });
  const row = fieldRow(place, "buffer_seconds", "Minutes to spare", "More time, when you ask for it, is taken from these first.", input);
  row.insertBefore(problem, row.lastChild);
  return row;
}

function rate(place: Place): HTMLElement {
  const { saver } = place;
  const said = h("output", { class: "small", for: "set-speaking_rate" });
  const input = h("input", {
    type: "range",
    class: "range",
    id: "set-speaking_rate",
    min: 0.75,
    max: 1.5,
    step: 0.05,
    test: "set-speaking_rate",
    on: { input: () => say(), change: () => void saver.change("speaking_rate", Number(input.value)) },
  });

  function say(): void {
    const text = rateText(Number(input.value));
    setText(said, text);
    input.setAttribute("aria-valuetext", text);
  }

  follow(place, "speaking_rate", () => {
    input.value = String(saver.value("speaking_rate"));
    say();
  });
  const shown = h("div", { class: "range-row" }, input, said);
  return fieldRow(place, "speaking_rate", "How fast the interviewer speaks", "", input, shown);
}
