import { canChooseSpeaker, listDevices, openMicrophone, playTestSound } from "../../core/audio";
import { micProblem, type Remembered } from "../../core/devices";
import { fill, h, setText } from "../../core/dom";
import { MICROPHONE } from "../../core/words";
import { part, type Place } from "./field";

const NONE: Remembered = { microphone: "", microphoneName: "", speaker: "", heardAt: 0 };

/** Which microphone and speaker this browser uses. Kept in this browser, never sent. */
export function devicesSection(place: Place): HTMLElement[] {
  const { site } = place;
  let closed = false;
  const kept = () => site.devices.load() ?? NONE;
  const microphone = h("select", { class: "input", id: "set-microphone", test: "set-microphone", on: { change: choose } });
  const speaker = h("select", { class: "input", id: "set-speaker", test: "set-speaker", on: { change: choose } });
  const saved = h("span", { class: "saved small", role: "status", test: "saving-devices" });
  const speakerField = h("div", { class: "field" }, h("label", { for: "set-speaker" }, "Speaker"), speaker);
  const problem = h("p", { class: "problem", role: "alert", test: "devices-problem" });
  const unnamed = h(
    "div",
    { class: "stack tight", hidden: true },
    h("p", { class: "muted small" }, "The browser names the microphones once this page may use them."),
    h("div", { class: "row" }, button("Ask for the microphone", "devices-ask", () => void ask())),
  );
  const sound = button("Play a test sound", "set-test-sound", () => void play());

  function choose(): void {
    const before = kept();
    const same = before.microphone === microphone.value;
    site.devices.save({
      microphone: microphone.value,
      microphoneName: microphone.value === "" ? "" : (microphone.selectedOptions[0]?.text ?? ""),
      speaker: speaker.value,
      // Another microphone has not been heard yet: the sound check comes again.
      heardAt: same ? before.heardAt : 0,
    });
    setText(saved, "Saved in this browser");
  }

  async function show(): Promise<void> {
    const found = await listDevices();
    if (closed) return;
    const { microphone: chosen, microphoneName, speaker: chosenSpeaker } = kept();
    options(microphone, found.microphones, chosen, microphoneName);
    options(speaker, found.speakers, chosenSpeaker, "");
    speakerField.hidden = !canChooseSpeaker() || found.speakers.length === 0;
    unnamed.hidden = found.microphones.length > 0;
  }

  async function ask(): Promise<void> {
    setText(problem, "");
    try {
      (await openMicrophone("")).stop();
    } catch (error) {
      setText(problem, MICROPHONE[micProblem(error)].title);
    }
    await show();
  }

  async function play(): Promise<void> {
    sound.disabled = true;
    await playTestSound(speaker.value).catch(() => undefined);
    sound.disabled = false;
  }

  const onDevices = () => void show();
  navigator.mediaDevices?.addEventListener("devicechange", onDevices);
  place.onClose(() => {
    closed = true;
    navigator.mediaDevices?.removeEventListener("devicechange", onDevices);
  });
  void show();
  return [
    part(
      "Devices of this browser",
      "Kept in this browser alone: another computer or phone has its own.",
      h(
        "div",
        { class: "field" },
        h("div", { class: "label-row" }, h("label", { for: "set-microphone" }, "Microphone"), saved),
        microphone,
        problem,
      ),
      unnamed,
      speakerField,
      h(
        "div",
        { class: "row" },
        sound,
        h("a", { class: "button", href: "/check", test: "set-check" }, "Check that you can be heard"),
      ),
    ),
  ];
}

function button(text: string, test: "devices-ask" | "set-test-sound", press: () => void): HTMLButtonElement {
  return h("button", { class: "button", type: "button", test, on: { click: press } }, text);
}

/** "" is the browser's own choice. What was chosen before and is not plugged in stays chosen. */
function options(select: HTMLSelectElement, devices: readonly MediaDeviceInfo[], chosen: string, name: string): void {
  const known = chosen === "" || devices.some((device) => device.deviceId === chosen);
  fill(
    select,
    h("option", { value: "" }, "What the browser chooses"),
    ...devices
      .filter((device) => device.deviceId !== "default")
      .map((device, index) => h("option", { value: device.deviceId }, device.label || `Device ${index + 1}`)),
    !known && h("option", { value: chosen }, `${name || "The one chosen before"} (not plugged in)`),
    chosen === "default" && h("option", { value: "default" }, "The computer's usual one"),
  );
  select.value = chosen;
}
