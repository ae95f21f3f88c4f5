import type { GivenScore, Scoring } from "../core/replay_api";
import type { Level, Report } from "../core/report_api";

/** One criterion as everybody saw it. `from`: who, and what they gave; null is "not assessed". */
export interface Compared {
  id: string;
  title: string;
  from: { name: string; level: Level | null; note: string }[];
}

/** What is given so far, with one criterion's put in the place of what it was. */
export function withScore(scores: readonly GivenScore[], changed: GivenScore): GivenScore[] {
  return [...scores.filter((one) => one.criterion !== changed.criterion), changed];
}

/** One's own levels beside the judge's and other people's. */
export function compared(scoring: Scoring, report: Pick<Report, "criteria" | "judges"> | null): Compared[] {
  return scoring.criteria.map(({ id, title }) => {
    const own = scoring.own.find((one) => one.criterion === id);
    const judged = report?.criteria.find((one) => one.id === id);
    const judge = report?.judges.find((one) => one.id === judged?.judge);
    const from = [{ name: "You", level: own?.level ?? null, note: own?.note ?? "" }];
    if (judged) from.push({ name: judge?.label ?? "The judge", level: judged.level, note: judged.reason });
    for (const other of scoring.others ?? []) {
      const theirs = other.scores.find((one) => one.criterion === id);
      const name = other.imported ? `${other.author_name} (taken in)` : other.author_name;
      from.push({ name, level: theirs?.level ?? null, note: theirs?.note ?? "" });
    }
    return { id, title, from };
  });
}

export { levelText } from "../core/report_words";

/** How many criteria have an answer, be it "not assessed". */
export function answered(scoring: Pick<Scoring, "criteria">, scores: readonly GivenScore[]): number {
  return scoring.criteria.filter((one) => scores.some((score) => score.criterion === one.id)).length;
}
