import { Refused, type Action } from "../core/api";

/** The interviewer answered over the room, or that way failed in the way named. */
export type RoomAnswer =
  | { kind: "answer"; payload: string }
  | { kind: "undelivered" }
  | { kind: "unanswered" }
  | { kind: "failed"; message: string };

export interface ControlWays {
  room(action: Action, payload: string): Promise<RoomAnswer>;
  server(action: Action, seconds?: number): Promise<{ ok?: boolean; message?: string } | undefined>;
}

export interface Outcome {
  ok: boolean;
  /** What to tell; "" when there is nothing to say. */
  message: string;
}

const REPEATABLE: ReadonlySet<Action> = new Set(["pause", "resume", "end", "repeat"]);

/**
 * Sends one action to the interviewer: over the room, else through the server. What may have arrived
 * without an answer is sent again only where twice is the same as once.
 */
export async function control(ways: ControlWays, action: Action, seconds?: number): Promise<Outcome> {
  const answer = await ways.room(action, seconds === undefined ? "" : JSON.stringify({ seconds }));
  if (answer.kind === "answer") return outcomeOf(parse(answer.payload));
  if (answer.kind === "failed") return { ok: false, message: answer.message };
  if (answer.kind === "unanswered" && !REPEATABLE.has(action)) {
    return { ok: false, message: "No answer yet. If nothing changes in a moment, press it again." };
  }
  try {
    return outcomeOf(await ways.server(action, seconds));
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message };
    return { ok: false, message: "That did not reach the interviewer. Nothing changed; try again." };
  }
}

function outcomeOf(answer: { ok?: boolean; message?: string } | undefined): Outcome {
  return { ok: answer?.ok !== false, message: answer?.message ?? "" };
}

function parse(payload: string): { ok?: boolean; message?: string } | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds that "More time" asks for: about a fifth of the segment, in half minutes. */
export function moreTime(plannedS: number): number {
  return Math.min(300, Math.max(30, Math.round(plannedS / 5 / 30) * 30));
}
