import { h, setText } from "../../core/dom";
import { offersRecording, type RecordSettings, recordText } from "../../core/record_choice";
import { sentence, type Site } from "../frame";

/**
 * Says whether the interview is being recorded, and changes that, as often as one likes; null where
 * recording is not offered.
 */
export function recordingMark(site: Site, sessionId: string, settings: RecordSettings, recorded: boolean): HTMLElement | null {
  if (!offersRecording(settings, recorded)) return null;
  let now = recorded;
  const said = h("span", { role: "status", test: "recording-said" }, now ? "Being recorded" : "Not being recorded");
  const change = h("button", {
    class: "button plain",
    type: "button",
    id: "recording-change",
    "aria-describedby": "recording-means",
    test: "recording-change",
    on: { click: () => void answer(!now) },
  });
  // Said at the device check; here for who wants to know again.
  const means = h("span", { id: "recording-means", hidden: true });
  const element = h("div", { class: "recording-mark small muted", test: "recording-mark" }, said, change, means);

  async function answer(granted: boolean): Promise<void> {
    // Not `disabled`: that would take the focus away.
    if (change.getAttribute("aria-disabled") === "true") return;
    change.setAttribute("aria-disabled", "true");
    try {
      await site.api.recordingConsent(sessionId, granted);
      now = granted;
      setText(said, granted ? "Being recorded from here on" : "Not recorded from here on");
    } catch (error) {
      setText(said, `${now ? "Still being recorded." : "Still not recorded."} ${sentence(error)}`);
    }
    change.removeAttribute("aria-disabled");
    draw();
  }

  function draw(): void {
    element.dataset["recording"] = now ? "on" : "off";
    setText(change, now ? "Stop recording" : "Record from here on");
    const text = now ? "What was recorded so far stays until you delete it." : recordText(settings);
    setText(means, text);
    change.title = text;
  }

  draw();
  return element;
}
