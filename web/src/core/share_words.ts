import type { Share, SharePart } from "./replay_api";

const DAY_S = 86_400;

/** How long a link can be good. */
export const EXPIRIES: readonly { seconds: number; name: string }[] = [
  { seconds: DAY_S, name: "One day" },
  { seconds: 7 * DAY_S, name: "A week" },
  { seconds: 30 * DAY_S, name: "30 days" },
  { seconds: 365 * DAY_S, name: "A year" },
];

const PARTS: Record<SharePart, string> = { report: "report", transcript: "transcript", audio: "recording", comments: "comments" };

/** "Report, transcript and recording". */
export function partsText(parts: readonly SharePart[]): string {
  const names = (Object.keys(PARTS) as SharePart[]).filter((part) => parts.includes(part)).map((part) => PARTS[part]);
  const last = names.pop() ?? "";
  const text = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a link shows, whether and how long it opens, and how often it was opened, in one line. */
export function shareText(share: Omit<Share, "id" | "label">, day: (iso: string) => string): string {
  const rights = share.blind ? "may score, before seeing the report" : share.may_comment ? "may comment and score" : "";
  return [partsText(share.parts), rights, untilText(share, day), openedText(share.opened)].filter((part) => part !== "").join(" · ");
}

function untilText({ active, revoked_at: revoked, expires_at: until }: Pick<Share, "active" | "revoked_at" | "expires_at">, day: (iso: string) => string): string {
  if (active) return until === null ? "" : `until ${day(until)}`;
  return revoked === null ? "over" : "taken back";
}

function openedText(times: number): string {
  if (times === 0) return "not opened yet";
  return times === 1 ? "opened once" : `opened ${times} times`;
}
