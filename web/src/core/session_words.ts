import type { Session, SessionState } from "./api";

const STATE_NAMES: Record<SessionState, string> = {
  created: "Not begun",
  live: "Open",
  paused: "Paused",
  ended: "Finished",
  scored: "Finished",
  abandoned: "Left open, closed",
};

/** What a list can be narrowed to. "finished": brought to its end, with a report or without one yet. */
export type StateFilter = Exclude<SessionState, "ended" | "scored"> | "finished";

/** The states by which a list can be filtered, each with its name. */
export const STATE_CHOICES: readonly { state: StateFilter; name: string }[] = [
  { state: "created", name: STATE_NAMES.created },
  { state: "live", name: STATE_NAMES.live },
  { state: "paused", name: STATE_NAMES.paused },
  { state: "finished", name: STATE_NAMES.ended },
  { state: "abandoned", name: STATE_NAMES.abandoned },
];

export function stateName(state: SessionState): string {
  return STATE_NAMES[state];
}

/** "Mon, 23 Nov 2026, 14:05", as the user's locale writes it; `locale` undefined is the browser's. */
export function dayText(iso: string, locale?: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** Seconds spent in the interview's parts. */
export function lengthOf(session: Pick<Session, "length_s" | "segments">): number {
  return session.length_s ?? session.segments.reduce((sum, segment) => sum + segment.spent_s, 0);
}

/** "under a minute", "42 min", "1 h 5 min". */
export function spentText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** Whether one can go (back) in. The server closes what was left open when its time to resume is over. */
export function canGoIn(session: Pick<Session, "state">): boolean {
  return session.state === "created" || session.state === "live" || session.state === "paused";
}

export function isOver(session: Pick<Session, "state">): boolean {
  return !canGoIn(session);
}
