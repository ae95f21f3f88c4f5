import type { ReplayTurn, Word } from "../core/replay_api";

/** A word as it is shown, and when it is said. `turn` is a position in the list of turns. */
export interface TimedWord {
  text: string;
  turn: number;
  start_ms: number;
  end_ms: number;
}

/** How far ahead a word of the text is looked for among the words that have times. */
const LOOK_AHEAD = 6;
/** A word stays the current one for so long after it, so that short pauses do not flicker. */
const LINGER_MS = 600;

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Every word of a transcript with its span, found by the time and by the turn. */
export class Timeline {
  readonly words: TimedWord[] = [];
  /** By turn, the position of its first word; one more at the end. */
  readonly firstOf: number[] = [];
  /** Positions of words in the order in which they begin: two people may speak at once. */
  private readonly order: number[];
  /** The latest end among the words up to here in that order. */
  private readonly latestEnd: number[] = [];

  constructor(readonly turns: readonly ReplayTurn[]) {
    turns.forEach((turn, position) => {
      this.firstOf.push(this.words.length);
      for (const word of timedWords(turn)) this.words.push({ ...word, turn: position });
    });
    this.firstOf.push(this.words.length);
    const starts = this.words.map((word) => word.start_ms);
    this.order = starts.map((_, index) => index).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
    let latest = -Infinity;
    for (const index of this.order) {
      latest = Math.max(latest, this.words[index]?.end_ms ?? 0);
      this.latestEnd.push(latest);
    }
  }

  /** When the last word ends. */
  get endMs(): number {
    return this.turns.reduce((end, turn) => Math.max(end, turn.end_ms), this.latestEnd.at(-1) ?? 0);
  }

  /** Position of the word being said at `ms`, of two the one that began last; -1 where none is. */
  wordAt(ms: number): number {
    for (let at = this.begunBy(ms); at >= 0 && (this.latestEnd[at] ?? 0) > ms; at--) {
      const index = this.order[at] ?? -1;
      if ((this.words[index]?.end_ms ?? 0) > ms) return index;
    }
    return -1;
  }

  /** The word to be marked at `ms`: the one being said, or for a moment the one before. */
  markedAt(ms: number): number {
    const said = this.wordAt(ms);
    if (said >= 0) return said;
    const last = this.order[this.begunBy(ms)] ?? -1;
    return ms - (this.words[last]?.end_ms ?? -Infinity) <= LINGER_MS ? last : -1;
  }

  /** Position of the turn that goes on at `ms`, or that went on last; -1 before the first. */
  turnAt(ms: number): number {
    return this.words[this.order[this.begunBy(ms)] ?? -1]?.turn ?? -1;
  }

  /** Where in `order` the last word stands that has begun by `ms`; -1 for none. */
  private begunBy(ms: number): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.words[this.order[middle] ?? 0]?.start_ms ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

type Timed = Omit<TimedWord, "turn">;

/**
 * The words of the turn's text, which is what is shown, with times from its `words` where they are the
 * same. What has no time of its own is spread over what is left between its neighbours, by its length.
 */
export function timedWords(turn: Pick<ReplayTurn, "text" | "words" | "start_ms" | "end_ms">): Timed[] {
  const texts = turn.text.split(/\s+/).filter((text) => text !== "");
  const found = matched(texts, turn.words);
  const timed: Timed[] = [];
  let from = turn.start_ms;
  for (let at = 0; at < texts.length; ) {
    const word = found[at];
    if (word) {
      const start_ms = Math.max(from, word.start_ms);
      from = Math.max(start_ms, word.end_ms);
      timed.push({ text: texts[at] ?? "", start_ms, end_ms: from });
      at++;
      continue;
    }
    let until = at;
    while (until < texts.length && !found[until]) until++;
    const to = Math.max(from, found[until]?.start_ms ?? turn.end_ms);
    timed.push(...spread(texts.slice(at, until), from, to));
    from = to;
    at = until;
  }
  return timed;
}

/** By position in `texts`, the word that it is. */
function matched(texts: readonly string[], words: readonly Word[]): (Word | undefined)[] {
  const names = words.map((word) => plain(word.text));
  let next = 0;
  return texts.map((text) => {
    const name = plain(text);
    for (let at = next; at < Math.min(words.length, next + LOOK_AHEAD); at++) {
      if (names[at] !== name) continue;
      next = at + 1;
      return words[at];
    }
    return undefined;
  });
}

function spread(texts: readonly string[], from: number, to: number): Timed[] {
  const whole = texts.reduce((sum, text) => sum + text.length + 1, 0);
  let before = 0;
  const at = (letters: number) => Math.round(from + ((to - from) * letters) / whole);
  return texts.map((text) => {
    const start_ms = at(before);
    before += text.length + 1;
    return { text, start_ms, end_ms: at(before) };
  });
}
