import type { ReplayTurn } from "../core/replay_api";
import type { TimedWord } from "./timeline";

/** From and to, in milliseconds. */
export type Span = readonly [number, number];

/** Where nobody speaks for longer, it is skipped. */
const SILENCE_MS = 1500;
/** A word's span may be a little too short: so much around it is played. */
const AROUND_MS = 200;
/** After a question, before the next one. */
const AFTER_QUESTION_MS = 500;
const ASKING = new Set(["ask", "probe"]);

/** `spans` in order, without overlaps. */
export function joined(spans: readonly Span[]): Span[] {
  const whole: [number, number][] = [];
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = whole.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else whole.push([from, to]);
  }
  return whole;
}

/** What of 0 to `durationMs` is in none of `spans`, which are in order and do not overlap. */
export function between(spans: readonly Span[], durationMs: number): Span[] {
  const rest: Span[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    if (from > at) rest.push([at, Math.min(from, durationMs)]);
    at = Math.max(at, to);
    if (at >= durationMs) break;
  }
  if (at < durationMs) rest.push([at, durationMs]);
  return rest;
}

/** Where neither side says a word for a while. */
export function silences(words: readonly TimedWord[], durationMs: number): Span[] {
  const spoken = words.map((word): Span => [Math.max(0, word.start_ms - AROUND_MS), word.end_ms + AROUND_MS]);
  return between(joined(spoken), durationMs).filter(([from, to]) => to - from > SILENCE_MS);
}

/** Whether the interviewer asks something in this turn. */
export function isQuestion(turn: Pick<ReplayTurn, "speaker" | "move" | "text">): boolean {
  return turn.speaker === "interviewer" && (turn.text.includes("?") || ASKING.has(turn.move ?? ""));
}

/** All but the interviewer's questions. */
export function betweenQuestions(turns: readonly ReplayTurn[], durationMs: number): Span[] {
  const asked = turns
    .filter(isQuestion)
    .map((turn): Span => [Math.max(0, turn.start_ms - AROUND_MS), turn.end_ms + AFTER_QUESTION_MS]);
  return between(joined(asked), durationMs);
}

/** The one of `spans`, which are in order and do not overlap, that `ms` is in. */
export function spanAt(spans: readonly Span[], ms: number): Span | null {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[1] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span && span[0] <= ms ? span : null;
}

export interface Part {
  id: string;
  title: string;
  fromMs: number;
  toMs: number;
}

/** Where each part of the interview lies: from what is said first in it to the next part. */
export function partsOf(
  turns: readonly ReplayTurn[],
  titles: ReadonlyMap<string, string>,
  durationMs: number,
): Part[] {
  const parts: Part[] = [];
  for (const turn of turns) {
    const last = parts.at(-1);
    if (last?.id === turn.segment) continue;
    if (last) last.toMs = turn.start_ms;
    const title = titles.get(turn.segment) ?? named(turn.segment);
    parts.push({ id: turn.segment, title, fromMs: parts.length === 0 ? 0 : turn.start_ms, toMs: durationMs });
  }
  return parts;
}

function named(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
