/** What the interviewer publishes about the interview, read from its participant attributes. */
export type Floor = "interviewer" | "candidate" | "thinking" | "holding";

export interface Shown {
  state: "waiting" | "live" | "paused" | "ended";
  segment: string | null;
  /** Epoch ms by the server's clock; null unless the segment's time is running. */
  endsAt: number | null;
  /** Seconds left when the attributes were written; null where not given. */
  remaining: number | null;
  buffer: number | null;
  warning: boolean;
  floor: Floor | null;
}

const STATES = ["waiting", "live", "paused", "ended"] as const;
const FLOORS = ["interviewer", "candidate", "thinking", "holding"] as const;
// The library's own attribute, for as long as `viva.floor` is not there.
const AGENT_STATES: Record<string, Floor> = {
  speaking: "interviewer",
  listening: "candidate",
  thinking: "thinking",
};

export function readAttributes(attributes: Readonly<Record<string, string>>): Shown {
  const state = STATES.find((known) => known === attributes["viva.state"]) ?? "waiting";
  const floor = FLOORS.find((known) => known === attributes["viva.floor"]);
  return {
    state,
    segment: attributes["viva.segment"] || null,
    endsAt: state === "live" ? numberOf(attributes["viva.segment_ends_at"]) : null,
    remaining: numberOf(attributes["viva.remaining"]),
    buffer: numberOf(attributes["viva.buffer"]),
    warning: Boolean(attributes["viva.warning"]) && attributes["viva.warning"] !== "0",
    floor: floor ?? AGENT_STATES[attributes["lk.agent.state"] ?? ""] ?? null,
  };
}

/**
 * The server time at which these attributes were written at the earliest, epoch ms, where both the end
 * and the remaining seconds are given: evidence for ServerClock.observePast.
 */
export function writtenAt(shown: Shown): number | null {
  if (shown.endsAt === null || shown.remaining === null) return null;
  return shown.endsAt - shown.remaining * 1000;
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
