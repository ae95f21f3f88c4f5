import type { Scenario } from "./api";
import { minutesText } from "./plan";
import { keepText, RECORDS } from "./record_choice";
import type { Field, Voice } from "./settings_api";

/** Names of what settings refer to. */
export interface Names {
  scenarios: readonly Pick<Scenario, "id" | "title">[];
  voices: readonly Voice[];
  difficulties: readonly { id: string; name: string }[];
  tones: readonly { id: string; name: string }[];
}

export const DIGESTS = [
  { id: "off", name: "Off", says: "No summary." },
  { id: "weekly", name: "Weekly", says: "Every Monday, when there is something to say." },
  { id: "monthly", name: "Monthly", says: "On the first of the month, when there is something to say." },
] as const;

export const REMINDER_DAYS = [1, 2, 3, 5, 7, 14, 30] as const;

export function reminderText(days: number | null): string {
  if (days === null) return "never";
  return days === 1 ? "after a day" : `after ${days} days`;
}

export function rateText(rate: number): string {
  if (rate === 1) return "as usual";
  const percent = Math.round(Math.abs(rate - 1) * 100);
  return `${percent} % ${rate < 1 ? "slower" : "faster"}`;
}

/** A value of a setting as a person would say it, for a sentence. */
export function valueText(field: Field, value: unknown, names: Names): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  switch (field) {
    case "scenario_id":
      return value === null ? "the suggested one" : titleOf(names.scenarios, value);
    case "voice":
      return value === null ? "the usual one" : titleOf(names.voices, value);
    case "difficulty":
      return nameOf(names.difficulties, value ?? "standard");
    case "tone":
      return nameOf(names.tones, value);
    case "record":
      return nameOf(RECORDS, value);
    case "keep_recordings_days":
      return keepText(value as number | null);
    case "digest":
      return nameOf(DIGESTS, value);
    case "segment_seconds":
      return Array.isArray(value) ? `${listText(value.map((length) => minutesText(Number(length))))} minutes` : "the interview's own";
    case "buffer_seconds":
      return minutesOf(Number(value));
    case "speaking_rate":
      return rateText(Number(value));
    case "reminder_days":
      return reminderText(value as number | null);
    default:
      return String(value);
  }
}

/** "5, 10 and 15". */
export function listText(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

export const BUFFER_MAX_S = 1800;

/** The minutes to spare as typed; `problem` is "" when they can be. */
export function readBuffer(text: string): { seconds: number; problem: string } {
  const seconds = Math.round(Number(text.trim().replace(",", ".") || "NaN") * 6000) / 100;
  if (!Number.isFinite(seconds)) return { seconds, problem: "Enter a number of minutes, such as 5 or 2.5." };
  if (seconds < 0) return { seconds, problem: "Enter 0 or more minutes." };
  if (seconds > BUFFER_MAX_S) return { seconds, problem: `Enter ${BUFFER_MAX_S / 60} minutes or less.` };
  return { seconds, problem: "" };
}

function minutesOf(seconds: number): string {
  const text = minutesText(seconds);
  return text === "1" ? "a minute" : `${text} minutes`;
}

function titleOf(known: readonly { id: string; title: string }[], id: unknown): string {
  return known.find((one) => one.id === id)?.title ?? String(id);
}

function nameOf(known: readonly { id: string; name: string }[], id: unknown): string {
  return known.find((one) => one.id === id)?.name.toLowerCase() ?? String(id);
}
