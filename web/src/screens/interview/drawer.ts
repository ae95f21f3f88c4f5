import type { Turn } from "../../core/api";
import { h, setText } from "../../core/dom";
import type { Caption, Captions, Speaker } from "../../room/captions";

export interface Drawer {
  element: HTMLElement;
  toggle(): void;
  /** What was said before this page came in. */
  setEarlier(turns: readonly Turn[]): void;
  close(): void;
}

/** The transcript so far, out of the way until asked for. */
export function drawer(captions: Captions): Drawer {
  const earlier = h("ol", { class: "turns" });
  const now = h("ol", { class: "turns" });
  const byId = new Map<string, HTMLElement>();
  const empty = h("p", { class: "muted" }, "Nothing has been said yet.");
  const body = h("div", { class: "drawer-body", tabindex: 0, "aria-label": "Transcript so far" }, empty, earlier, now);
  const closer = h(
    "button",
    { class: "button", type: "button", test: "drawer-close", on: { click: () => toggle(false) } },
    "Close",
  );
  const element = h(
    "aside",
    { class: "drawer", hidden: true, "aria-label": "Transcript", test: "transcript-drawer" },
    h("div", { class: "drawer-head" }, h("h2", {}, "Transcript"), closer),
    body,
  );
  let opener: Element | null = null;

  function toggle(open = element.hidden): void {
    element.hidden = !open;
    if (open) {
      opener = document.activeElement;
      closer.focus();
      body.scrollTop = body.scrollHeight;
    } else if (opener instanceof HTMLElement) {
      opener.focus();
    }
  }

  function put(caption: Caption): void {
    empty.hidden = true;
    const atEnd = body.scrollHeight - body.scrollTop - body.clientHeight < 60;
    let text = byId.get(caption.id);
    if (!text) {
      text = h("p", {});
      byId.set(caption.id, text);
      now.append(turn(caption.speaker, text));
    }
    setText(text, caption.text);
    if (atEnd) body.scrollTop = body.scrollHeight;
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !element.hidden) toggle(false);
  };
  document.addEventListener("keydown", onKey);
  const undo = captions.on("changed", put);
  return {
    element,
    toggle: () => toggle(),
    setEarlier: (turns) => {
      if (turns.length > 0) empty.hidden = true;
      earlier.replaceChildren(...turns.map((one) => turn(one.speaker, h("p", {}, one.text))));
    },
    close: () => {
      document.removeEventListener("keydown", onKey);
      undo();
    },
  };
}

function turn(speaker: Speaker, text: HTMLElement): HTMLElement {
  const by = h("p", { class: "by" }, h("span", {}, speaker === "candidate" ? "You" : "Interviewer"));
  return h("li", { class: `turn ${speaker}`, test: "drawer-turn", "data-speaker": speaker }, by, text);
}
