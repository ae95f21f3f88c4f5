import { canChooseSpeaker, listDevices, Meter, openMicrophone, playTestSound } from "../core/audio";
import { HEARD_LEVEL, micProblem, type MicProblem } from "../core/devices";
import { fill, h, setText } from "../core/dom";
import { MICROPHONE } from "../core/words";
import { type Screen, type Site, topLine } from "./frame";
import { type HoldToSpeak, holdToSpeak } from "./hold_to_speak";
import type { RecordChoice } from "./record_choice";

/** Frames above HEARD_LEVEL until the meter says that it hears somebody: a click is not a voice. */
const HEARD_FRAMES = 6;

/**
 * The device check. `done` gets the open microphone's track, or null to type instead; who gets the
 * track stops it. With `pushToTalk` the microphone is heard while held open, as in the interview.
 * `record`, when it is asked, is stored before `done`.
 */
export function checkScreen(
  site: Site,
  joinText: string,
  done: (track: MediaStreamTrack | null) => void,
  pushToTalk = false,
  record: RecordChoice | null = null,
): Screen {
  const hold: HoldToSpeak | null = pushToTalk ? holdToSpeak() : null;
  hold?.talk.on("open", (open) => {
    if (track) track.enabled = open;
  });
  const known = site.devices.load();
  let track: MediaStreamTrack | null = null;
  let meter: Meter | null = null;
  let closed = false;
  let frame = 0;
  let loudFrames = 0;
  let heard = false;
  let opening = 0;
  let speaker = known?.speaker ?? "";

  const level = h("span", {});
  const meterBox = h(
    "div",
    { class: "meter", role: "meter", "aria-label": "Microphone level", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0, test: "mic-level" },
    level,
  );
  const name = h("p", { class: "muted small", test: "mic-name" });
  const heardLine = h("p", { class: "heard", role: "status", test: "mic-heard" });
  const micSelect = h("select", {
    class: "input",
    id: "mic-select",
    test: "mic-select",
    on: { change: () => void open(micSelect.value) },
  });
  const problemTitle = h("h2", {});
  const problemText = h("p", {});
  const retry = h("button", {
    class: "button",
    type: "button",
    test: "mic-retry",
    on: { click: () => void open(micSelect.value) },
  });
  const problem = h(
    "div",
    { class: "banner warning", role: "alert", hidden: true, test: "mic-problem" },
    h("div", { class: "stack tight" }, problemTitle, problemText),
    retry,
  );
  const microphone = h(
    "div",
    { class: "stack tight" },
    h("div", { class: "field" }, h("label", { for: "mic-select" }, "Microphone"), micSelect),
    meterBox,
    hold?.element,
    h("div", { class: "stack tight" }, heardLine, name),
  );
  const speakerSelect = h("select", {
    class: "input",
    id: "speaker-select",
    test: "speaker-select",
    on: { change: () => (speaker = speakerSelect.value) },
  });
  const speakerField = h(
    "div",
    { class: "field" },
    h("label", { for: "speaker-select" }, "Speaker"),
    speakerSelect,
  );
  const testSound = h(
    "button",
    { class: "button", type: "button", test: "test-sound", on: { click: () => void sound() } },
    "Play a test sound",
  );
  const join = h(
    "button",
    { class: "button primary large", type: "button", disabled: true, test: "check-join", on: { click: () => void finish(true) } },
    joinText,
  );
  const type = h(
    "button",
    { class: "button plain", type: "button", test: "check-type", on: { click: () => void finish(false) } },
    "Type instead of speaking",
  );

  async function open(deviceId: string): Promise<void> {
    const mine = ++opening;
    release();
    show(null);
    setText(heardLine, "The browser may ask whether this page can use the microphone.");
    try {
      const opened = await openMicrophone(deviceId);
      if (closed || mine !== opening) {
        opened.stop();
        return;
      }
      track = opened;
    } catch (error) {
      if (!closed && mine === opening) show(micProblem(error));
      return;
    }
    track.addEventListener("ended", () => show("lost"));
    if (hold) track.enabled = hold.talk.open;
    meter = new Meter(track);
    heard = false;
    loudFrames = 0;
    setText(heardLine, hold ? "Hold to speak, and say a few words; the bar should move with your voice." : "Say a few words; the bar should move with your voice.");
    setText(name, track.label ? `Listening through ${track.label}.` : "");
    join.disabled = false;
    await fillDevices();
  }

  async function fillDevices(): Promise<void> {
    const devices = await listDevices();
    if (closed) return;
    const inUse = track?.getSettings().deviceId ?? known?.microphone ?? "";
    options(micSelect, devices.microphones, inUse, "Microphone");
    options(speakerSelect, devices.speakers, speaker, "Speaker");
    speakerField.hidden = !canChooseSpeaker() || devices.speakers.length === 0;
  }

  function show(found: MicProblem | null): void {
    problem.hidden = found === null;
    join.hidden = found !== null;
    type.className = found ? "button primary large" : "button plain";
    microphone.hidden = found !== null && found !== "lost";
    if (!found) return;
    release();
    const words = MICROPHONE[found];
    setText(problemTitle, words.title);
    setText(problemText, words.text);
    setText(retry, words.retry);
    setText(heardLine, "");
    setText(name, "");
    void fillDevices();
  }

  function draw(): void {
    frame = requestAnimationFrame(draw);
    const now = meter?.level() ?? 0;
    level.style.transform = `scaleX(${now.toFixed(3)})`;
    if (!meter || heard) return;
    loudFrames = now >= HEARD_LEVEL ? loudFrames + 1 : 0;
    if (loudFrames < HEARD_FRAMES) return;
    heard = true;
    meterBox.setAttribute("aria-valuenow", String(Math.round(now * 100)));
    setText(heardLine, "You can be heard.");
  }

  async function sound(): Promise<void> {
    testSound.disabled = true;
    setText(testSound, "Playing");
    await playTestSound(speaker).catch(() => undefined);
    setText(testSound, "Play it again");
    testSound.disabled = false;
  }

  function release(): void {
    meter?.close();
    meter = null;
    track?.stop();
    track = null;
    join.disabled = true;
  }

  let finishing = false;

  async function finish(speaking: boolean): Promise<void> {
    if (finishing) return;
    finishing = true;
    const may = record === null || (await record.settle());
    finishing = false;
    if (closed || !may) return;
    const given = speaking ? track : null;
    if (given) {
      site.devices.save({
        microphone: given.getSettings().deviceId ?? "",
        microphoneName: given.label,
        speaker,
        heardAt: heard ? site.now() : 0,
      });
      given.enabled = true;
      track = null;
    }
    done(given);
  }

  function close(): void {
    closed = true;
    cancelAnimationFrame(frame);
    navigator.mediaDevices?.removeEventListener("devicechange", onDevices);
    release();
    hold?.close();
  }

  const onDevices = () => {
    void fillDevices();
    if (!track && !problem.hidden) void open(micSelect.value);
  };
  navigator.mediaDevices?.addEventListener("devicechange", onDevices);
  draw();
  void open(known?.microphone ?? "");
  const element = h(
    "div",
    {},
    topLine(site),
    h(
      "main",
      { class: "column narrow", test: "check-screen" },
      h("div", { class: "stack tight" }, h("h1", {}, "Sound check"), h("p", { class: "muted" }, "A quick check before the interviewer comes in.")),
      problem,
      microphone,
      h("div", { class: "stack tight" }, speakerField, h("div", { class: "row" }, testSound)),
      record?.element,
      h(
        "div",
        { class: "stack tight" },
        join,
        type,
        h("p", { class: "muted small" }, "What both of you say is written down. You can read it, and whoever you name as a reviewer."),
      ),
    ),
  );
  return { element, title: "Check your microphone · Viva", close };
}

function options(select: HTMLSelectElement, devices: MediaDeviceInfo[], chosen: string, word: string): void {
  fill(
    select,
    ...devices.map((device, index) =>
      h("option", { value: device.deviceId }, device.label || `${word} ${index + 1}`),
    ),
  );
  if (devices.some((device) => device.deviceId === chosen)) select.value = chosen;
}
