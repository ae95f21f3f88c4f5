/** Segment lengths as typed, in minutes, and why one is refused. */
export const SHORTEST_S = 5;
export const LONGEST_S = 2 * 3600;
export const LONGEST_TOTAL_S = 4 * 3600;

export interface Lengths {
  seconds: number[];
  /** One a segment: "" or what is wrong with it and what to do. */
  problems: string[];
  /** What is wrong with the whole. */
  problem: string;
}

export function readLengths(minutes: readonly string[], titles: readonly string[]): Lengths {
  const seconds = minutes.map((text) => Math.round(Number(text.trim().replace(",", ".") || "NaN") * 6000) / 100);
  const problems = seconds.map((length, index) => problemOf(length, titles[index] ?? "This part"));
  const total = seconds.reduce((sum, length) => sum + length, 0);
  const problem =
    problems.every((text) => text === "") && total > LONGEST_TOTAL_S
      ? "All five together can be four hours at most. Make one or more of them shorter."
      : "";
  return { seconds, problems, problem };
}

function problemOf(seconds: number, title: string): string {
  if (!Number.isFinite(seconds)) return `${title} needs a number of minutes, such as 10 or 7.5.`;
  if (seconds <= 0) return `${title} needs more than 0 minutes.`;
  if (seconds < SHORTEST_S) return `${title} needs at least ${SHORTEST_S} seconds; 0.1 is the least to enter.`;
  if (seconds > LONGEST_S) return `${title} can be two hours at most. Enter 120 or less.`;
  return "";
}

/** Seconds as the field shows them: 300 -> "5", 450 -> "7.5". */
export function minutesText(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100);
}
