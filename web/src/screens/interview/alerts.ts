import { listDevices } from "../../core/audio";
import type { MicProblem } from "../../core/devices";
import { fill, h, setText } from "../../core/dom";
import { audioBlockedNotice, linkNotice, MICROPHONE, type Notice, presenceNotice, serverSilentNotice } from "../../core/words";
import type { View } from "../../room/controller";

export interface AlertParts {
  act(action: NonNullable<Notice["action"]>): void;
  openMicrophone(deviceId: string): void;
  typeInstead(): void;
}

export interface Alerts {
  element: HTMLElement;
  draw(view: View): void;
  microphone(problem: MicProblem | null): void;
}

/** What goes wrong, said once, over the stage and without moving it. */
export function alerts(parts: AlertParts): Alerts {
  let shown: Notice | null = null;
  const text = h("p", {});
  // The seconds to the next try are outside the live region: they would be read aloud each second.
  const countdown = h("span", { class: "muted figures", "aria-hidden": "true" });
  const action = h("button", {
    class: "button",
    type: "button",
    test: "notice-action",
    on: { click: () => shown?.action && parts.act(shown.action) },
  });
  const notice = h(
    "div",
    { class: "banner", hidden: true, test: "notice" },
    h("div", { role: "status" }, text),
    h("div", { class: "row" }, countdown, action),
  );

  const micTitle = h("p", { class: "strong" });
  const micText = h("p", {});
  const micSelect = h("select", {
    class: "input",
    "aria-label": "Choose another microphone",
    test: "mic-notice-choose",
    on: { change: () => parts.openMicrophone(micSelect.value) },
  });
  const micRetry = h("button", {
    class: "button",
    type: "button",
    test: "mic-notice-retry",
    on: { click: () => parts.openMicrophone(micSelect.value) },
  });
  const mic = h(
    "div",
    { class: "banner warning", hidden: true, role: "alert", test: "mic-notice" },
    h("div", {}, micTitle, micText),
    h(
      "div",
      { class: "row" },
      micSelect,
      micRetry,
      h("button", { class: "button", type: "button", on: { click: () => typeInstead() } }, "Type instead"),
    ),
  );

  function typeInstead(): void {
    mic.hidden = true;
    parts.typeInstead();
  }

  function draw(view: View): void {
    shown =
      linkNotice(view.link, view.now) ??
      presenceNotice(view.presence, view.returning) ??
      (view.audioBlocked ? audioBlockedNotice() : null) ??
      (view.serverSilent ? serverSilentNotice() : null);
    notice.hidden = shown === null;
    if (!shown) {
      setText(text, "");
      return;
    }
    notice.dataset["notice"] = shown.code;
    notice.classList.toggle("warning", shown.tone === "warning");
    setText(text, shown.text);
    setText(countdown, shown.retryInS ? `${shown.retryInS} s` : "");
    action.hidden = !shown.action;
    setText(action, shown.actionText ?? "");
  }

  function microphone(problem: MicProblem | null): void {
    mic.hidden = problem === null;
    if (!problem) return;
    const words = MICROPHONE[problem];
    setText(micTitle, words.title);
    setText(micText, words.text);
    setText(micRetry, words.retry);
    void listDevices().then(({ microphones }) => {
      micSelect.hidden = microphones.length < 2;
      fill(
        micSelect,
        ...microphones.map((one, index) =>
          h("option", { value: one.deviceId }, one.label || `Microphone ${index + 1}`),
        ),
      );
    });
  }

  return { element: h("div", { class: "alerts" }, notice, mic), draw, microphone };
}
