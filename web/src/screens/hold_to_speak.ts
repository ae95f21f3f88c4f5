import { h, setText } from "../core/dom";
import { PushToTalk, takesSpace } from "../room/push_to_talk";

export interface HoldToSpeak {
  talk: PushToTalk;
  element: HTMLElement;
  close(): void;
}

/**
 * Hold Space or the button to be heard; Enter on the button keeps it open until pressed again. Space
 * stays with whatever field or button has the focus.
 */
export function holdToSpeak(): HoldToSpeak {
  const talk = new PushToTalk((work, ms) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  });
  const word = h("span", {}, "Hold to speak");
  const button = h(
    "button",
    {
      class: "button large hold",
      type: "button",
      "aria-pressed": "false",
      "aria-keyshortcuts": "Space",
      test: "hold-to-speak",
      on: {
        pointerdown: (event) => {
          if (event.button !== 0) return;
          button.setPointerCapture(event.pointerId);
          talk.press("pointer");
        },
        pointerup: () => talk.release("pointer"),
        pointercancel: () => talk.release("pointer"),
        lostpointercapture: () => talk.release("pointer"),
        contextmenu: (event) => event.preventDefault(),
        // A click without a pointer is Enter, or a screen reader's: it cannot be held.
        click: (event) => {
          if (event.detail === 0) talk.toggle();
        },
      },
    },
    word,
    h("kbd", { "aria-hidden": "true" }, "Space"),
  );

  const isOurs = (event: KeyboardEvent) => {
    if (event.code !== "Space" || event.ctrlKey || event.metaKey || event.altKey) return false;
    const target = event.target as Element | null;
    return target === button || !takesSpace(target);
  };
  const down = (event: KeyboardEvent) => {
    if (!isOurs(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (!event.repeat) talk.press("key");
  };
  const up = (event: KeyboardEvent) => {
    if (event.code !== "Space") return;
    if (isOurs(event)) event.preventDefault();
    talk.release("key");
  };
  const letGo = () => talk.letGo();
  // Else Space would press the button that was clicked last, when it is meant for talking.
  const giveUpFocus = (event: MouseEvent) => {
    const clicked = (event.target as Element | null)?.closest("button");
    if (event.detail > 0 && clicked instanceof HTMLElement && clicked === document.activeElement) clicked.blur();
  };

  talk.on("open", (open) => {
    button.setAttribute("aria-pressed", String(open));
    setText(word, open ? "You are heard" : "Hold to speak");
  });
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", up);
  document.addEventListener("click", giveUpFocus);
  window.addEventListener("blur", letGo);
  return {
    talk,
    element: button,
    close: () => {
      document.removeEventListener("keydown", down);
      document.removeEventListener("keyup", up);
      document.removeEventListener("click", giveUpFocus);
      window.removeEventListener("blur", letGo);
    },
  };
}
