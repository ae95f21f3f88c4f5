import { h, reducedMotion } from "../../core/dom";
import { clockText } from "../../core/format";
import { momentName } from "../../core/moments";
import type { Flagged } from "../../core/api";
import type { Found } from "../../replay/finding";
import type { Part } from "../../replay/spans";
import type { Timeline } from "../../replay/timeline";

export interface Lines {
  element: HTMLElement;
  /** Marks the word and the turn at `ms`, and keeps them in sight while it follows. */
  show(ms: number): void;
  following: boolean;
  setFollowing(follows: boolean): void;
  setFound(found: readonly Found[], current: number): void;
  /** Shows the turns of questions alone, or all. */
  onlyQuestions(only: boolean): void;
  /** Brings what is current into sight, when it has come onto the page. */
  reveal(): void;
}

interface Asked {
  timeline: Timeline;
  parts: readonly Part[];
  /** What the candidate is called here. */
  candidate: string;
  flagged: readonly Flagged[];
  isQuestion(turn: number): boolean;
  /** A word was pressed, or the time of a turn: to be heard from there. */
  hear(ms: number): void;
  /** It began or ceased to follow, because somebody scrolled. */
  changed(follows: boolean): void;
}

/** A word further from the edge than this part of the height is not scrolled to. */
const COMFORT = 0.22;

/** The transcript, word by word. One listener for all words. */
export function lines(asked: Asked): Lines {
  const { timeline } = asked;
  const words: HTMLElement[] = [];
  const turns = timeline.turns.map((_, position) => turnOf(position));
  const list = h("ol", { class: "lines" });
  let part = "";
  timeline.turns.forEach((turn, position) => {
    if (turn.segment !== part) {
      part = turn.segment;
      const title = asked.parts.find((one) => one.id === part)?.title ?? part;
      list.append(h("li", { class: "line-part" }, h("h3", {}, title)));
    }
    list.append(turns[position] as HTMLElement);
  });
  const element = h(
    "div",
    { class: "lines-scroller", tabindex: 0, role: "region", "aria-label": "Transcript", test: "replay-transcript" },
    list,
  );
  let following = true;
  let word = -1;
  let turn = -1;
  let marked: HTMLElement[] = [];

  function turnOf(position: number): HTMLElement {
    const said = timeline.turns[position];
    const text = h("p", { class: "line-text" });
    for (let at = timeline.firstOf[position] ?? 0; at < (timeline.firstOf[position + 1] ?? 0); at++) {
      // Thousands of these: made by hand, without listeners.
      const span = document.createElement("span");
      span.textContent = timeline.words[at]?.text ?? "";
      span.dataset["w"] = String(at);
      words.push(span);
      text.append(span, " ");
    }
    const start = said?.start_ms ?? 0;
    const time = clockText(Math.floor(start / 1000));
    const flag = said?.speaker === "candidate" && asked.flagged.find((one) => one.start_ms >= start && one.start_ms < said.end_ms);
    return h(
      "li",
      { class: "line", "data-speaker": said?.speaker, "data-turn": position, test: "replay-turn" },
      h(
        "div",
        { class: "line-head small" },
        h("span", { class: "line-who" }, said?.speaker === "candidate" ? asked.candidate : "Interviewer"),
        h("button", { class: "line-time figures", type: "button", "data-at": start, "aria-label": `Go to ${time}` }, time),
        said?.move === "hint" && h("span", { class: "line-tag" }, "Hint"),
        flag && h("span", { class: "line-tag", "data-flag": flag.flag }, momentName(flag.flag)),
      ),
      text,
    );
  }

  function show(ms: number): void {
    const nextTurn = timeline.turnAt(ms);
    if (nextTurn !== turn) {
      turns[turn]?.removeAttribute("aria-current");
      turns[nextTurn]?.setAttribute("aria-current", "true");
      turn = nextTurn;
    }
    const nextWord = timeline.markedAt(ms);
    if (nextWord === word) return;
    words[word]?.classList.remove("now");
    words[nextWord]?.classList.add("now");
    word = nextWord;
    if (following) follow(words[nextWord] ?? turns[turn]);
  }

  /** Scrolls to `target` unless it is well in sight, or `always`. */
  function follow(target: HTMLElement | undefined, always = false): void {
    if (!target) return;
    const shown = element.getBoundingClientRect();
    const at = target.getBoundingClientRect();
    const edge = shown.height * COMFORT;
    if (!always && at.top >= shown.top + edge / 2 && at.bottom <= shown.bottom - edge) return;
    const by = at.top - shown.top - shown.height * 0.35;
    const far = Math.abs(by) > shown.height * 1.5;
    element.scrollTo({ top: element.scrollTop + by, behavior: far || reducedMotion() ? "instant" : "smooth" });
    // What comes into sight is laid out only then, and may push the target away again.
    if (far) requestAnimationFrame(() => follow(target));
  }

  function setFollowing(follows: boolean): void {
    if (following !== follows) {
      following = follows;
      asked.changed(follows);
    }
    if (follows) follow(words[word] ?? turns[turn]);
  }

  element.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    // Whoever marks text to copy it wants no sound.
    if (!(document.getSelection()?.isCollapsed ?? true)) return;
    const chosen = target.dataset["w"];
    const at = target.dataset["at"];
    if (chosen !== undefined) asked.hear(timeline.words[Number(chosen)]?.start_ms ?? 0);
    else if (at !== undefined) asked.hear(Number(at));
  });
  // These come from hands alone; a scroll event comes from following too.
  const byHand = () => setFollowing(false);
  element.addEventListener("wheel", byHand, { passive: true });
  element.addEventListener("touchmove", byHand, { passive: true });
  element.addEventListener("pointerdown", (event) => {
    if (event.target === element && event.offsetX > element.clientWidth) byHand();
  });
  element.addEventListener("keydown", (event) => {
    if (["PageUp", "PageDown", "Home", "End"].includes(event.key)) byHand();
  });

  return {
    element,
    show,
    get following() {
      return following;
    },
    setFollowing,
    setFound: (found, current) => {
      for (const one of marked) one.classList.remove("hit", "hit-now");
      const wordsOf = (one: Found) => words.slice(one.first, one.last + 1);
      marked = found.flatMap(wordsOf);
      for (const one of marked) one.classList.add("hit");
      const chosen = found[current] ? wordsOf(found[current]) : [];
      for (const one of chosen) one.classList.add("hit-now");
      if (!chosen[0]) return;
      setFollowing(false);
      follow(chosen[0]);
    },
    onlyQuestions: (only) => {
      turns.forEach((one, position) => (one.hidden = only && !asked.isQuestion(position)));
      if (following) follow(words[word] ?? turns[turn], true);
    },
    reveal: () => follow(words[word] ?? turns[turn], true),
  };
}
