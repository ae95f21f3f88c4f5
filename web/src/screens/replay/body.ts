import type { Flagged } from "../../core/api";
import { h, setText } from "../../core/dom";
import {
  type Comment,
  type CommentWrites,
  momentAddress,
  type ReplaySource,
  type ReplayTranscript,
  type ReplayTurn,
} from "../../core/replay_api";
import { commandOf } from "../../replay/keys";
import { marksOf, nearMark, nearTurn } from "../../replay/marks";
import { Player } from "../../replay/player";
import { awaitSound, type RecordingFacts, type Sound } from "../../replay/sound";
import { betweenQuestions, isQuestion, partsOf, silences, type Span } from "../../replay/spans";
import { Timeline } from "../../replay/timeline";
import { comments } from "./comments";
import { controls, type Toggle } from "./controls";
import { finder } from "./finder";
import { showHelp } from "./help";
import { lines } from "./lines";
import { strip } from "./strip";

export interface BodyStart {
  source: ReplaySource;
  transcript: ReplayTranscript;
  flagged: readonly Flagged[];
  /** Names of the parts, by their ids. */
  titles: ReadonlyMap<string, string>;
  candidate: string;
  recording: RecordingFacts | undefined;
  /** Why the sound may not be heard here; null where it may. */
  noSound: string | null;
  /** Said in the place of a transcript that has no turns. */
  nothingSaid: string;
  writes: CommentWrites | null;
  /** Whether comments are shown at all. */
  showComments: boolean;
  /** Another panel beside comments and transcript. */
  more?: { name: string; id: string; element: HTMLElement };
  /** How long it went on, as far as is known without the recording, in milliseconds. */
  lengthMs: number;
  /** The page's address without the moment. */
  address: string;
  startMs: number;
  endMs: number | null;
}

export interface Body {
  element: HTMLElement;
  reloadComments(): void;
  setFlagged(flagged: readonly Flagged[]): void;
  close(): void;
}

const STEP_MS = 5000;
const FAR_MS = 15_000;
const ADDRESS_AFTER_MS = 500;
/** As in the style sheet. */
const WIDE = "(min-width: 60rem)";

/** Strip, controls, transcript, comments, and the keys that move them. */
export function replayBody(start: BodyStart): Body {
  const { turns } = start.transcript;
  const timeline = new Timeline(turns);
  const frames = { request: (work: () => void) => requestAnimationFrame(work), cancel: (id: number) => cancelAnimationFrame(id) };
  const player = new Player(Math.max(start.lengthMs, timeline.endMs), frames, start.startMs);
  const skipping = { silence: false, questions: false };
  const wide = window.matchMedia(WIDE);
  let flagged = start.flagged;
  let commented: readonly Comment[] = [];
  let audio: HTMLAudioElement | null = null;
  /** Somebody may have ended the recording before the interview. */
  let soundEndMs = Infinity;
  let addressTimer: number | undefined;

  const told = h("p", { class: "replay-told small", role: "status", test: "replay-told" });
  const soundNote = h("p", { class: "replay-note muted", role: "status", hidden: true, test: "replay-note" });
  const view = strip(player, turns, (text) => setText(told, text));
  const parts = partsOf(turns, start.titles, player.durationMs);
  view.setParts(parts);
  const bar = controls(player, {
    toggled,
    copyLink: () => void copyLink(),
    help: () => showHelp(player.hasSound, start.writes !== null),
    download: start.noSound === null ? start.source.audio : null,
    reads: turns.length > 0,
  });
  const text = lines({
    timeline,
    parts,
    candidate: start.candidate,
    flagged,
    isQuestion: (turn) => turns[turn] !== undefined && isQuestion(turns[turn]),
    hear: (ms) => {
      if (ms >= soundEndMs) {
        setText(told, "Nothing was recorded of this moment.");
        return;
      }
      player.seek(ms);
      void player.play();
    },
    changed: (follows) => bar.set("follow", follows),
  });
  const search = finder(timeline, () => Math.max(0, timeline.markedAt(player.nowMs)), (found, current) => text.setFound(found, current));
  const said = start.showComments
    ? comments({
        load: start.source.comments,
        writes: start.writes,
        now: () => player.nowMs,
        go: (ms) => player.seek(ms),
        changed: (all) => {
          commented = all;
          drawMarks();
        },
        onTime: (listener) => player.on("time", listener),
      })
    : null;

  const panels = [
    { id: "transcript", name: "Transcript" },
    ...(start.more ? [{ id: start.more.id, name: start.more.name }] : []),
    ...(said ? [{ id: "comments", name: "Comments" }] : []),
  ];
  const tabs = panels.map(({ id, name }) =>
    h("button", { class: "button toggle", type: "button", "aria-pressed": "false", "data-panel": id, test: `panel-${id}`, on: { click: () => choose(id) } }, name),
  );
  const nothing = h("p", { class: "muted", test: "transcript-empty" }, start.nothingSaid);
  const side =
    start.more || said
      ? h(
          "div",
          { class: "replay-side" },
          start.more && h("div", { class: "replay-panel", "data-panel": start.more.id }, start.more.element),
          said && h("div", { class: "replay-panel", "data-panel": "comments" }, said.element),
        )
      : null;
  const element = h(
    "div",
    { class: "replay", "data-panel": "transcript", "data-more": start.more ? "yes" : "no", "data-sound": "unknown", test: "replay" },
    h(
      "div",
      { class: "replay-left" },
      view.element,
      soundNote,
      bar.element,
      told,
      panels.length > 1 && h("div", { class: "row replay-tabs", role: "group", "aria-label": "Show" }, ...tabs),
      side,
    ),
    h(
      "section",
      { class: "replay-right", "aria-label": "What was said" },
      ...(turns.length > 0 ? [search.element, text.element] : [nothing]),
    ),
  );

  /** Narrow, one panel is shown. Wide, the transcript always is, and one of the others beside it. */
  function choose(panel: string): void {
    const stays = panel === "transcript" && start.more !== undefined && wide.matches;
    if (!stays) {
      if (element.dataset["panel"] !== panel) side?.scrollTo(0, 0);
      element.dataset["panel"] = panel;
      tabs.forEach((tab, at) => tab.setAttribute("aria-pressed", String(panels[at]?.id === panel)));
    }
    if (panel === "transcript") text.reveal();
  }

  function fit(): void {
    const panel = element.dataset["panel"] ?? "transcript";
    choose(panel === "transcript" && start.more && wide.matches ? start.more.id : panel);
  }

  function drawMarks(): void {
    const marks = marksOf(turns, flagged, commented);
    // Where none can come there is no room for them either.
    element.dataset["marks"] = marks.length > 0 || start.showComments ? "yes" : "no";
    view.setMarks(marks);
  }

  function toggled(toggle: Toggle, on: boolean): void {
    if (toggle === "follow") {
      text.setFollowing(on);
      return;
    }
    skipping[toggle] = on;
    if (toggle === "questions") text.onlyQuestions(on);
    player.setSkipped(skipped());
  }

  function skipped(): Span[] {
    if (skipping.questions) return betweenQuestions(turns, player.durationMs);
    return skipping.silence ? silences(timeline.words, player.durationMs) : [];
  }

  function setSound(sound: Sound): void {
    element.dataset["sound"] = sound.kind;
    soundNote.hidden = sound.kind === "ready";
    setText(soundNote, sound.kind === "ready" ? "" : sound.text);
    if (sound.kind !== "ready") return;
    const { peaks } = sound;
    audio = h("audio", { preload: "metadata", src: start.source.audio, test: "replay-audio" });
    element.append(audio);
    soundEndMs = peaks.duration_ms;
    player.open(audio, Math.max(peaks.duration_ms, timeline.endMs, 1));
    view.setPeaks(peaks);
    view.setParts(partsOf(turns, start.titles, player.durationMs));
    player.setSkipped(skipped());
    bar.setSound(true);
    if (start.endMs !== null && player.nowMs === start.startMs) player.bound(start.startMs, start.endMs);
  }

  function goToTurn(back: boolean): void {
    const shown = (turn: ReplayTurn) => !skipping.questions || isQuestion(turn);
    const wanted = turns[nearTurn(turns, timeline.turnAt(player.nowMs), player.nowMs, back, shown)];
    if (wanted) player.seek(wanted.start_ms);
  }

  function goToMark(back: boolean): void {
    const mark = nearMark(view.marks, player.nowMs, back);
    if (!mark) return;
    player.seek(mark.atMs);
    setText(told, mark.text);
  }

  const moment = () => momentAddress(start.address, player.nowMs);

  async function copyLink(): Promise<void> {
    const link = `${location.origin}${moment()}`;
    try {
      await navigator.clipboard.writeText(link);
      setText(told, "The link to this moment is copied.");
    } catch {
      setText(told, `The browser does not let this page copy. The link is ${link}`);
    }
  }

  /** The address follows, so that a reload or a bookmark comes back to the same moment. */
  function keepAddress(): void {
    window.clearTimeout(addressTimer);
    addressTimer = window.setTimeout(() => history.replaceState(null, "", moment()), ADDRESS_AFTER_MS);
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement;
    const on = target.closest("input, textarea, select, [contenteditable]") ? "text" : target.closest("button, a") ? "button" : "page";
    const command = commandOf({ key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, on });
    if (command === null) return;
    event.preventDefault();
    const to = (by: number) => player.seek(player.nowMs + by);
    ({
      toggle: () => player.toggle(),
      back: () => to(-STEP_MS),
      forward: () => to(STEP_MS),
      far_back: () => to(-FAR_MS),
      far_forward: () => to(FAR_MS),
      turn_back: () => goToTurn(true),
      turn_forward: () => goToTurn(false),
      mark_back: () => goToMark(true),
      mark_forward: () => goToMark(false),
      closer: () => view.zoom(true),
      wider: () => view.zoom(false),
      slower: () => player.hasSound && bar.changeSpeed(false),
      faster: () => player.hasSound && bar.changeSpeed(true),
      search: () => {
        if (turns.length === 0) return;
        choose("transcript");
        search.focus();
      },
      found_next: () => search.go(false),
      found_back: () => search.go(true),
      follow: () => turns.length > 0 && bar.press("follow"),
      silence: () => player.hasSound && bar.press("silence"),
      questions: () => turns.length > 0 && bar.press("questions"),
      comment: () => {
        if (!start.writes) return;
        choose("comments");
        said?.begin();
      },
      link: () => void copyLink(),
      help: () => showHelp(player.hasSound, start.writes !== null),
    })[command]();
  }

  let lastMs = player.nowMs;
  const offs = [
    player.on("time", (ms) => {
      text.show(ms);
      if (!player.playing && ms !== lastMs) keepAddress();
      lastMs = ms;
    }),
    player.on("sought", () => text.setFollowing(true)),
    player.on("playing", (playing) => {
      if (!playing) keepAddress();
    }),
  ];
  document.addEventListener("keydown", press);
  wide.addEventListener("change", fit);
  for (const pressed of [view.element, bar.element, text.element]) {
    pressed.addEventListener("click", (event) => {
      // Who points goes on with Space to play, not to press the same button again.
      if (event.detail > 0) (event.target as HTMLElement).closest("button")?.blur();
    });
  }
  drawMarks();
  fit();
  text.show(player.nowMs);
  const appeared = requestAnimationFrame(() => text.reveal());
  let stopAsking = (): void => undefined;
  if (start.noSound !== null) setSound({ kind: "none", text: start.noSound });
  else {
    stopAsking = awaitSound(start.source.peaks, start.recording, setSound, (work, ms) => {
      const timer = window.setTimeout(work, ms);
      return () => window.clearTimeout(timer);
    });
  }

  return {
    element,
    reloadComments: () => void said?.load(),
    setFlagged: (given) => {
      flagged = given;
      drawMarks();
    },
    close: () => {
      stopAsking();
      cancelAnimationFrame(appeared);
      window.clearTimeout(addressTimer);
      document.removeEventListener("keydown", press);
      wide.removeEventListener("change", fit);
      for (const off of offs) off();
      said?.close();
      bar.close();
      view.close();
      player.close();
      audio?.removeAttribute("src");
      audio?.load();
    },
  };
}
