import { Refused } from "../core/api";
import { h, setText } from "../core/dom";
import type { TestId } from "../testids";
import { sentence } from "./frame";

export interface TextField {
  row: HTMLElement;
  input: HTMLInputElement;
  /** The name under which the server speaks of it. */
  name: string;
  /** Shows what is wrong with it; "" takes that away. */
  mark(problem: string): void;
  hint(text: string): void;
}

interface FieldOptions {
  id: string;
  label: string;
  hint?: string;
  name?: string;
  test: TestId;
  attributes?: Record<string, string | number | boolean>;
}

/** A line for a password; its id is the name by which tests find it. */
export function passwordField(test: TestId, name: string, label: string, autocomplete: string): TextField {
  return textField({ id: test, name, label, test, attributes: { type: "password", autocomplete, maxlength: 128 } });
}

/** A labelled line of text, with its hint and its problem. */
export function textField(options: FieldOptions): TextField {
  const { id } = options;
  const input = h("input", {
    class: "input",
    id,
    name: options.name ?? id,
    "aria-describedby": `${id}-hint ${id}-problem`,
    test: options.test,
    ...options.attributes,
  });
  const problem = h("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  const hint = h("p", { class: "muted small hint", id: `${id}-hint` }, options.hint ?? "");
  const row = h("div", { class: "field" }, h("label", { for: id }, options.label), input, problem, hint);
  return {
    row,
    input,
    name: options.name ?? id,
    hint: (text) => setText(hint, text),
    mark: (text) => {
      setText(problem, text);
      hint.hidden = text !== "";
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

export interface Form {
  element: HTMLFormElement;
  submit: HTMLButtonElement;
  /** Takes every problem and what was said away. */
  clear(): void;
  /** Says, below the fields, what has been done. */
  say(text: string): void;
  refuse(error: unknown): void;
}

interface FormOptions {
  fields: readonly TextField[];
  submit: string;
  /** Class of the button. */
  look?: string;
  test: TestId;
  submitTest: TestId;
  problemTest: TestId;
  /** Which field a refusal with this code is about, by the field's name. */
  codes?: Readonly<Record<string, string>>;
  /** What is wrong with each field, by its name; asked before `send`. */
  check(): Record<string, string>;
  send(): Promise<void>;
}

/**
 * Fields and a button. What `check` finds is shown at its field; what `send` throws at the field that
 * the server names, or else below all. What was entered stays.
 */
export function form(options: FormOptions): Form {
  const { fields } = options;
  const whole = h("p", { class: "problem", role: "alert", test: options.problemTest });
  const said = h("p", { class: "said", role: "status" });
  const submit = h(
    "button",
    { class: options.look ?? "button", type: "submit", test: options.submitTest },
    options.submit,
  );
  const element = h(
    "form",
    {
      class: "stack",
      novalidate: true,
      test: options.test,
      on: {
        submit: (event) => {
          event.preventDefault();
          void send();
        },
      },
    },
    ...fields.map((field) => field.row),
    whole,
    h("div", { class: "row" }, submit),
    said,
  );

  function clear(): void {
    setText(whole, "");
    setText(said, "");
    for (const field of fields) field.mark("");
  }

  /** Marks the fields that `problems` names; whether there was one. */
  function mark(problems: Readonly<Record<string, string>>): boolean {
    const wrong = fields.filter((field) => !field.row.hidden && problems[field.name]);
    for (const field of wrong) field.mark(problems[field.name] ?? "");
    wrong[0]?.input.focus();
    return wrong.length > 0;
  }

  function refuse(error: unknown): void {
    if (error instanceof Refused) {
      const about = options.codes?.[error.code];
      if (mark(about ? { [about]: error.message } : error.fields)) return;
    }
    setText(whole, sentence(error));
  }

  async function send(): Promise<void> {
    if (submit.disabled) return;
    clear();
    if (mark(options.check())) return;
    submit.disabled = true;
    try {
      await options.send();
    } catch (error) {
      refuse(error);
    } finally {
      submit.disabled = false;
    }
  }

  return { element, submit, clear, say: (text) => setText(said, text), refuse };
}
