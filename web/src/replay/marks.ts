import type { Flagged } from "../core/api";
import { momentName, shortened } from "../core/moments";
import type { Comment, ReplayTurn } from "../core/replay_api";

export interface Mark {
  kind: "flag" | "hint" | "comment";
  /** Of a flag which one. */
  flag?: string;
  atMs: number;
  /** What it is, in a sentence. */
  text: string;
}

/** Going back from so soon after a turn or a mark began goes to the one before. */
const JUST_BEGUN_MS = 1500;

/** All that is marked on the strip, in the order of its time. */
export function marksOf(
  turns: readonly ReplayTurn[],
  flagged: readonly Flagged[],
  comments: readonly Comment[],
): Mark[] {
  const flags = flagged.map((one): Mark => {
    const about = one.question || shortened(one.answer);
    return { kind: "flag", flag: one.flag, atMs: one.start_ms, text: `${momentName(one.flag)}. ${about}` };
  });
  const hints = turns
    .filter((turn) => turn.move === "hint")
    .map((turn): Mark => ({ kind: "hint", atMs: turn.start_ms, text: shortened(turn.text) }));
  const said = comments.map((one): Mark => {
    const who = one.own ? "You" : one.author_name;
    return { kind: "comment", atMs: one.at_ms, text: `${who}: ${shortened(one.text)}` };
  });
  return [...flags, ...hints, ...said].sort((one, other) => one.atMs - other.atMs);
}

/** The mark to go to from `nowMs`; undefined where there is none further on that way. */
export function nearMark(marks: readonly Mark[], nowMs: number, back: boolean): Mark | undefined {
  if (back) return marks.findLast((one) => one.atMs < nowMs - JUST_BEGUN_MS);
  // The media's clock is finer than a millisecond: what it stands at is not further on.
  return marks.find((one) => one.atMs > nowMs + 1);
}

/** Position of the turn to go to from `nowMs` in turn `at`, among those that are `shown`; -1 for none. */
export function nearTurn(
  turns: readonly ReplayTurn[],
  at: number,
  nowMs: number,
  back: boolean,
  shown: (turn: ReplayTurn) => boolean,
): number {
  if (!back) return turns.findIndex((turn, index) => index > at && shown(turn));
  const last = (turns[at]?.start_ms ?? 0) < nowMs - JUST_BEGUN_MS ? at : at - 1;
  return turns.findLastIndex((turn, index) => index <= last && shown(turn));
}
