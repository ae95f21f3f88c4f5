import type { SessionSegment } from "../core/api";
import type { Shown } from "./attributes";

export interface Part {
  id: string;
  state: "pending" | "live" | "done" | "skipped";
  allottedS: number;
  spentS: number;
  /** 0..1 of what it has. */
  fraction: number;
}

export interface Progress {
  parts: Part[];
  index: number;
  /** Seconds left in the running segment; null before the first one. */
  remainingS: number | null;
  elapsedS: number;
  totalS: number;
}

/**
 * The clock and the five-part bar.
 *
 * `segments` are the server's figures, `shown` the interviewer's, which are newer; `nowMs` is the
 * server's time. While the page is not in the room the interview's clock stands still: hand in the
 * time at which the connection broke.
 */
export function progress(segments: readonly SessionSegment[], shown: Shown, nowMs: number): Progress {
  const index = segments.findIndex((segment) => segment.id === shown.segment);
  const remaining =
    shown.endsAt === null ? shown.remaining : Math.max(0, (shown.endsAt - nowMs) / 1000);
  const parts = segments.map((segment, at): Part => {
    const allotted = segment.allotted_s;
    const state = stateOf(segment, at, index, shown.state);
    let spent = segment.spent_s;
    if (state === "live" && remaining !== null) spent = Math.max(0, allotted - remaining);
    if (state === "pending") spent = 0;
    const share = allotted > 0 ? spent / allotted : 0;
    return {
      id: segment.id,
      state,
      allottedS: allotted,
      spentS: spent,
      fraction: state === "done" ? 1 : Math.min(1, share),
    };
  });
  const elapsedS = parts.reduce((sum, part) => sum + part.spentS, 0);
  const ahead = parts.filter((part) => part.state === "pending").reduce((sum, p) => sum + p.allottedS, 0);
  const liveRest = index >= 0 && shown.state !== "ended" ? (remaining ?? 0) : 0;
  return {
    parts,
    index,
    remainingS: index >= 0 ? remaining : null,
    elapsedS,
    totalS: elapsedS + liveRest + ahead,
  };
}

function stateOf(
  segment: SessionSegment,
  at: number,
  index: number,
  state: Shown["state"],
): Part["state"] {
  if (state === "ended") return segment.state === "live" ? "done" : segment.state;
  if (at === index) return "live";
  if (index >= 0 && at < index) return segment.state === "skipped" ? "skipped" : "done";
  return "pending";
}
