import type { Level, TrendItem } from "./report_api";

/** Columns for a plot: seconds of the epoch, and of each moment the mean of this scenario or of another. */
export interface TrendColumns {
  at: number[];
  all: (number | null)[];
  same: (number | null)[];
  other: (number | null)[];
}

export function trendColumns(items: readonly TrendItem[], scenarioId: string): TrendColumns {
  const columns: TrendColumns = { at: [], all: [], same: [], other: [] };
  for (const item of items) {
    const mine = item.scenario_id === scenarioId;
    columns.at.push(Date.parse(item.at) / 1000);
    columns.all.push(item.level_mean);
    columns.same.push(mine ? item.level_mean : null);
    columns.other.push(mine ? null : item.level_mean);
  }
  return columns;
}

export interface CriterionTrend {
  id: string;
  title: string;
  /** One for each of the interviews, oldest first; null where it was not assessed. */
  levels: (Level | null)[];
}

/** Each criterion of a scenario over its last `most` interviews, which are given beside it. */
export function criterionTrend(
  items: readonly TrendItem[],
  scenarioId: string,
  most: number,
): { interviews: TrendItem[]; criteria: CriterionTrend[] } {
  const interviews = items.filter((item) => item.scenario_id === scenarioId).slice(-most);
  const titles = new Map(interviews.flatMap((item) => Object.entries(item.titles)));
  const criteria = [...titles].map(([id, title]) => ({
    id,
    title,
    levels: interviews.map((item) => item.levels[id] ?? null),
  }));
  return { interviews, criteria };
}

/** What the means say in a sentence, or that there is nothing to compare with yet. */
export function trendText(items: readonly TrendItem[], sessionId: string): string {
  const judged = items.filter(({ level_mean }) => level_mean !== null);
  if (items.length < 2) return "This is the first interview with a report. The next one is shown beside it.";
  const here = judged.findIndex(({ session_id }) => session_id === sessionId);
  const mean = judged[here]?.level_mean ?? null;
  const before = judged[here - 1]?.level_mean ?? null;
  if (mean === null) return "This interview has no level of its own, so it is not in the plot.";
  if (before === null) return "There is no earlier interview with a level to compare it with.";
  const step = Math.round((mean - before) * 10) / 10;
  if (step === 0) return "On average the same levels as in the interview before.";
  const much = Math.abs(step);
  return `On average ${much.toFixed(1)} ${much < 1 ? "of a level" : much === 1 ? "level" : "levels"} ${step > 0 ? "above" : "below"} the interview before.`;
}
