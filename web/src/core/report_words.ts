import NAMES from "../../../server/reports/level_names.json";
import type { Session } from "./api";
import type { CriterionScore, Evidence, Judge, Level, Measure, Report, SegmentTime, Standing } from "./report_api";

const NOT_ASSESSED: Record<Exclude<Standing, "scored">, string> = {
  not_asked: "The interviewer never asked about it.",
  not_answered: "It was asked, and nothing that was said speaks to it.",
  no_evidence: "No quote could be found that shows a level.",
  failed: "The judge failed on this one. The others stand.",
};

/** As documents call it, too. */
export function levelName(level: Level): string {
  return NAMES[level - 1] ?? String(level);
}

/** "Level 3 of 4, solid" or "Not assessed". */
export function levelText(level: Level | null): string {
  return level === null ? "Not assessed" : `Level ${level} of 4, ${levelName(level).toLowerCase()}`;
}

/** Why there is no level; "" where there is one. */
export function whyNotAssessed(standing: Standing): string {
  return standing === "scored" ? "" : NOT_ASSESSED[standing];
}

/** What hints changed about the level; null where they changed nothing. */
export function assistance(score: CriterionScore): { level: Level | null; text: string } | null {
  if (score.level === null || score.level === score.unassisted) return null;
  if (!score.evidence.some(({ hints }) => hints > 0)) return null;
  return {
    level: score.unassisted,
    text:
      score.unassisted === null
        ? "Reached with hints. Nothing said before a hint could be judged."
        : `Reached with hints. Without them: level ${score.unassisted}, ${levelName(score.unassisted).toLowerCase()}.`,
  };
}

/** How far repeated judgements lay apart; "" where it was judged once. */
export function spreadText(spread: number | null): string {
  if (spread === null) return "";
  if (spread === 0) return "Judged several times, each time with this level.";
  return `Judged several times; the levels lay ${spread} apart.`;
}

export function shownJudge(report: Pick<Report, "judges" | "shown_judge">): Judge | null {
  return report.judges.find(({ id }) => id === report.shown_judge) ?? null;
}

/** What the judges that are not shown first say of one criterion, each with its judge. */
export function otherViews(report: Pick<Report, "judges" | "others">, id: string): { judge: Judge; score: CriterionScore }[] {
  return report.others.flatMap((score) => {
    const judge = report.judges.find((one) => one.id === score.judge);
    return score.id === id && judge ? [{ judge, score }] : [];
  });
}

/** "2.6 of 4 on average; 5 of 7 criteria assessed", or that nothing was assessed. */
export function levelsText(mean: number | null, given: number, of: number): string {
  const counted = `${given} of ${of} ${of === 1 ? "criterion" : "criteria"} assessed`;
  return mean === null || given === 0 ? counted : `${tenths(mean)} of 4 on average; ${counted}`;
}

/** The same of an interview in a list; "" where it has no report yet. */
export function sessionLevelsText(session: Pick<Session, "level_mean" | "levels_given" | "levels_of">): string {
  const { level_mean: mean = null, levels_given: given = 0, levels_of: of = 0 } = session;
  return of === 0 ? "" : levelsText(mean, given, of);
}

export function meanOf(criteria: readonly CriterionScore[]): { mean: number | null; given: number } {
  const levels = criteria.flatMap(({ level }) => (level === null ? [] : [level]));
  const sum = levels.reduce((total: number, level) => total + level, 0);
  return { mean: levels.length === 0 ? null : sum / levels.length, given: levels.length };
}

/** Whether `text` only repeats the quote that stands below it. */
export function isQuoted(text: string, evidence: readonly Evidence[]): boolean {
  const plain = (words: string) => words.toLowerCase().replace(/[\s.]+$/, "").trim();
  return evidence.some(({ quote }) => plain(quote) === plain(text));
}

export function tenths(value: number): string {
  return (Math.round(value * 10) / 10).toFixed(1);
}

/** "128 words/min", "1.4 s", "62 %", "Not measured". */
export function measureText({ value, unit }: Pick<Measure, "value" | "unit">): string {
  if (value === null) return "Not measured";
  const figure = Math.abs(value) >= 10 || Number.isInteger(value) ? String(Math.round(value)) : tenths(value);
  return unit === "" ? figure : `${figure} ${unit}`;
}

/** How the time spent stands to the plan, in words; within a tenth of it is as planned. */
export function againstPlan({ planned_s: planned, spent_s: spent }: Pick<SegmentTime, "planned_s" | "spent_s">): string {
  if (spent === 0) return "Not reached";
  const over = spent - planned;
  if (Math.abs(over) <= Math.max(planned / 10, 15)) return "As planned";
  const minutes = Math.round(Math.abs(over) / 60);
  const much = minutes < 1 ? "under a minute" : `${minutes} min`;
  return over > 0 ? `${much} longer` : `${much} shorter`;
}

/** Where in the whole, 0 to 1 of the seconds spent in the segments, a moment lies; null before the first. */
export function placeOf(atMs: number, segments: readonly SegmentTime[]): number | null {
  const total = segments.reduce((sum, { spent_s }) => sum + spent_s, 0);
  let before = 0;
  let place: number | null = null;
  for (const { start_ms: start, end_ms: end, spent_s: spent } of segments) {
    if (start !== null && atMs >= start && total > 0) {
      const length = (end ?? start + spent * 1000) - start;
      const part = length > 0 ? Math.min(1, (atMs - start) / length) : 1;
      place = (before + part * spent) / total;
    }
    before += spent;
  }
  return place;
}

/** Why a moment cannot be heard; "" where it can. */
export function soundMissing(state: NonNullable<Session["recording"]>["state"] | undefined): string {
  switch (state) {
    case "ready":
      return "";
    case "recording":
    case "joining":
      return "The recording is still being put together. Until it is ready a quote opens its place in the transcript.";
    case "failed":
      return "The recording could not be put together, so there is no sound. A quote opens its place in the transcript.";
    case "deleted":
      return "The recording was deleted, so there is no sound. A quote opens its place in the transcript.";
    default:
      return "This interview was not recorded, so there is no sound. A quote opens its place in the transcript.";
  }
}
