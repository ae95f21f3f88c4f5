import type { SharePart } from "./replay_api";

const DAY_S = 86_400;

/** How long a link can be good. */
export const EXPIRIES: readonly { seconds: number | null; name: string }[] = [
  { seconds: DAY_S, name: "One day" },
  { seconds: 7 * DAY_S, name: "A week" },
  { seconds: 30 * DAY_S, name: "30 days" },
  { seconds: null, name: "Until you take it back" },
];

const PARTS: Record<SharePart, string> = { report: "report", transcript: "transcript", audio: "recording" };

/** "Report, transcript and recording". */
export function partsText(parts: readonly SharePart[]): string {
  const names = (Object.keys(PARTS) as SharePart[]).filter((part) => parts.includes(part)).map((part) => PARTS[part]);
  const last = names.pop() ?? "";
  const text = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function expiryText(expiresAt: string | null, day: (iso: string) => string): string {
  return expiresAt === null ? "until you take it back" : `until ${day(expiresAt)}`;
}

export function openedText(times: number): string {
  if (times === 0) return "not opened yet";
  return times === 1 ? "opened once" : `opened ${times} times`;
}
