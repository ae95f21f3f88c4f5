import { h, setText } from "../../core/dom";
import { sentence, type Site } from "../frame";

/** Says that the interview is being recorded, and stops that; nothing where it is not. */
export function recordingMark(site: Site, sessionId: string, recorded: boolean): HTMLElement | null {
  if (!recorded) return null;
  const said = h("span", { role: "status" }, "Being recorded");
  const stop = h(
    "button",
    { class: "button plain", type: "button", test: "recording-stop", on: { click: () => void end() } },
    "Stop recording",
  );

  async function end(): Promise<void> {
    stop.disabled = true;
    try {
      await site.api.recordingConsent(sessionId, false);
      setText(said, "Not recorded from here on");
      stop.remove();
      element.dataset["recording"] = "stopped";
    } catch (error) {
      setText(said, `Still being recorded. ${sentence(error)}`);
      stop.disabled = false;
    }
  }

  const element = h("div", { class: "recording-mark small muted", "data-recording": "on", test: "recording-mark" }, said, stop);
  return element;
}
