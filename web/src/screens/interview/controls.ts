import type { Action } from "../../core/api";
import { h, setText } from "../../core/dom";
import { lengthText } from "../../core/format";
import type { Outcome } from "../../room/control";
import type { View } from "../../room/controller";

export interface ControlParts {
  ask(action: Action): Promise<Outcome>;
  type(text: string): Promise<void>;
  moreTimeS(): number;
  openTranscript(): void;
  /** What opens the microphone, where it is not always open. */
  hold: HTMLElement | null;
}

export interface Controls {
  element: HTMLElement;
  draw(view: View): void;
  openTyping(): void;
  close(): void;
}

const MESSAGE_FOR_MS = 7000;
const TYPED_MAX = 4000;
type Name = "pause" | "extend" | "hint" | "repeat" | "next" | "type" | "transcript" | "end";
const KEYS: Record<string, Name> = {
  p: "pause",
  m: "extend",
  h: "hint",
  r: "repeat",
  n: "next",
  t: "type",
  s: "transcript",
  e: "end",
};

/** What the candidate can ask for: each a word and a key. */
export function controls(parts: ControlParts): Controls {
  let paused = false;
  let hideMessage: ReturnType<typeof setTimeout> | undefined;
  const message = h("p", { class: "control-message", role: "status", test: "control-message" });
  const acts: Record<Name, () => void> = {
    pause: () => void ask(paused ? "resume" : "pause"),
    extend: () => void ask("extend"),
    hint: () => void ask("hint"),
    repeat: () => void ask("repeat"),
    next: () => void ask("next"),
    type: () => toggleTyping(),
    transcript: () => parts.openTranscript(),
    end: () => dialog.showModal(),
  };
  const buttons = Object.fromEntries(
    Object.entries(KEYS).map(([key, name]) => [name, button(name, key)]),
  ) as Record<Name, { element: HTMLButtonElement; word: HTMLElement; extra: HTMLElement }>;

  function button(name: Name, key: string) {
    const word = h("span", {}, WORDS[name]);
    const extra = h("span", { class: "extra small" });
    const element = h(
      "button",
      {
        class: `button control control-${name}`,
        type: "button",
        "aria-keyshortcuts": key.toUpperCase(),
        test: `control-${name}`,
        on: { click: () => acts[name]() },
      },
      h("span", { class: "word" }, word, extra),
      h("kbd", { "aria-hidden": "true" }, key.toUpperCase()),
    );
    return { element, word, extra };
  }

  const input = h("input", {
    class: "input",
    id: "type-input",
    maxlength: TYPED_MAX,
    autocomplete: "off",
    placeholder: "Type your answer",
    "aria-label": "Type your answer",
    test: "type-input",
  });
  const form = h(
    "form",
    {
      class: "type-form",
      hidden: true,
      test: "type-form",
      on: {
        submit: (event) => {
          event.preventDefault();
          void send();
        },
      },
    },
    input,
    h("button", { class: "button primary", type: "submit", test: "type-send" }, "Send"),
  );
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "end-title", test: "end-dialog" },
    h("h2", { id: "end-title" }, "End the interview now"),
    h("p", {}, "The interviewer says goodbye and the transcript is kept. You cannot come back into this one."),
    h(
      "div",
      { class: "row" },
      h(
        "button",
        { class: "button", type: "button", test: "end-cancel", on: { click: () => dialog.close() } },
        "Go on with it",
      ),
      h(
        "button",
        {
          class: "button danger",
          type: "button",
          test: "end-confirm",
          on: {
            click: () => {
              dialog.close();
              void ask("end");
            },
          },
        },
        "End it",
      ),
    ),
  );

  async function ask(action: Action): Promise<void> {
    const { message: said, ok } = await parts.ask(action);
    tell(said || (ok ? "" : "That is not possible just now."));
  }

  function tell(text: string): void {
    setText(message, text);
    clearTimeout(hideMessage);
    if (text) hideMessage = setTimeout(() => setText(message, ""), MESSAGE_FOR_MS);
  }

  async function send(): Promise<void> {
    const text = input.value.trim();
    if (text === "") return;
    try {
      await parts.type(text);
      input.value = "";
      input.focus();
      tell("");
    } catch {
      tell("That was not sent. It is still in the field; send it again once you are connected.");
    }
  }

  function toggleTyping(open = form.hidden): void {
    form.hidden = !open;
    buttons.type.element.setAttribute("aria-expanded", String(open));
    if (open) input.focus();
    else buttons.type.element.focus();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || dialog.open) return;
    const target = event.target as HTMLElement | null;
    if (event.key === "Escape" && target && form.contains(target)) {
      toggleTyping(false);
      return;
    }
    if (target?.closest("input, textarea, select")) return;
    const name = KEYS[event.key.toLowerCase()];
    if (!name || buttons[name].element.disabled) return;
    event.preventDefault();
    buttons[name].element.click();
  }

  function draw(view: View): void {
    const { shown } = view;
    paused = shown.state === "paused";
    setText(buttons.pause.word, paused ? "Resume" : "Pause");
    buttons.pause.element.classList.toggle("primary", paused);
    setText(buttons.extend.extra, `+${lengthText(parts.moreTimeS())}`);
    const running = view.canAsk && shown.state === "live";
    buttons.pause.element.disabled = !(running || (view.canAsk && paused));
    for (const name of ["extend", "hint", "repeat", "next"] as const) {
      buttons[name].element.disabled = !running;
    }
    buttons.end.element.disabled = shown.state === "ended" || view.link.kind === "elsewhere";
  }

  document.addEventListener("keydown", onKey);
  const order: Name[] = ["pause", "extend", "hint", "repeat", "next"];
  const element = h(
    "footer",
    { class: "controls" },
    message,
    parts.hold && h("div", { class: "hold-row" }, parts.hold),
    form,
    h(
      "div",
      { class: "control-row" },
      h("div", { class: "group main" }, ...order.map((name) => buttons[name].element)),
      h("div", { class: "group side" }, buttons.type.element, buttons.transcript.element),
      h("div", { class: "group end" }, buttons.end.element),
    ),
    dialog,
  );
  return {
    element,
    draw,
    openTyping: () => {
      form.hidden = false;
      buttons.type.element.setAttribute("aria-expanded", "true");
    },
    close: () => {
      document.removeEventListener("keydown", onKey);
      clearTimeout(hideMessage);
    },
  };
}

const WORDS: Record<Name, string> = {
  pause: "Pause",
  extend: "More time",
  hint: "Hint",
  repeat: "Repeat",
  next: "Next",
  type: "Type",
  transcript: "Transcript",
  end: "End",
};
