import { type Api, type Flagged, sessionPath } from "./api";

export type Level = 1 | 2 | 3 | 4;

/** What was said in one turn, to the letter; a span in milliseconds on the recording. */
export interface Evidence {
  turn: number;
  quote: string;
  start_ms: number;
  end_ms: number;
  /** How many hints had been heard by then on the question that it answers. */
  hints: number;
}

export type Standing = "scored" | "not_asked" | "not_answered" | "no_evidence" | "failed";

export interface CriterionScore {
  id: string;
  title: string;
  judge: string;
  standing: Standing;
  level: Level | null;
  /** What the answers given without a hint come to; null when there are none. */
  unassisted: Level | null;
  reason: string;
  missing: string;
  next_step: string;
  /** Highest less lowest level of repeated judgements; null when it was judged once. */
  spread: number | null;
  evidence: Evidence[];
}

export interface Judge {
  id: string;
  label: string;
  limits: string;
  state: "done" | "making" | "failed";
  problem: string;
}

export interface Measure {
  id: string;
  label: string;
  value: number | null;
  unit: string;
  note: string;
  start_ms: number | null;
  end_ms: number | null;
}

export type ReportFlag = Flagged;

export interface HintsUsed {
  question: string;
  level: number;
  levels: number;
  at_ms: number | null;
}

export interface Point {
  text: string;
  evidence: Evidence[];
}

export interface SegmentTime {
  id: string;
  title: string;
  planned_s: number;
  spent_s: number;
  start_ms: number | null;
  end_ms: number | null;
}

export interface Report {
  session_id: string;
  status: "complete" | "improving";
  shown_judge: string;
  judges: Judge[];
  criteria: CriterionScore[];
  others: CriterionScore[];
  delivery: { measures: Measure[]; limits: string };
  flags: ReportFlag[];
  hints_used: HintsUsed[];
  summary: {
    text: string;
    went_well: Point[];
    work_on: Point[];
    decisions: Point[];
    never_asked: string[];
    segments: SegmentTime[];
    resources: { title: string; note: string }[];
  };
  scenario_id: string;
  scenario_title: string;
  candidate_name: string;
  difficulty: string;
  started_at: string | null;
  length_s: number;
  /** What the four levels of each criterion mean, weakest first, by its id. */
  level_texts: Record<string, string[]>;
}

/** One judged interview among the user's own. */
export interface TrendItem {
  session_id: string;
  at: string;
  scenario_id: string;
  scenario_title: string;
  difficulty: string;
  level_mean: number | null;
  /** By criterion; null where it was not assessed. */
  levels: Record<string, Level | null>;
  titles: Record<string, string>;
  pace_wpm: number | null;
}

/** The calls about what an interview came to. */
export class ReportApi {
  constructor(private readonly api: Pick<Api, "call">) {}

  report = (id: string) => this.api.call<Report>("GET", `${sessionPath(id)}/report`);
  /** Oldest first. */
  trend = async () => (await this.api.call<{ items: TrendItem[] }>("GET", "/me/trend")).items;
  removeRecording = (id: string) => this.api.call<void>("DELETE", `${sessionPath(id)}/recording`);
}

/** Where a file of the report is, or with "bundle" everything of the interview in one file. */
export const reportFile = (id: string, ending: "pdf" | "md" | "json") => `/api/v1${sessionPath(id)}/report.${ending}`;
export const bundleFile = (id: string) => `/api/v1${sessionPath(id)}/bundle`;
export const recordingFile = (id: string) => `/api/v1${sessionPath(id)}/recording`;

export const reportAddress = (id: string) => `/sessions/${encodeURIComponent(id)}/report`;
/** Where a reviewer comments and scores. */
export const reviewAddress = (id: string) => `/sessions/${encodeURIComponent(id)}/review`;
/** The replay, opened at a moment in milliseconds of the recording. */
export const replayAddress = (id: string, atMs?: number) =>
  `/sessions/${encodeURIComponent(id)}/replay${atMs === undefined ? "" : `?t=${(atMs / 1000).toFixed(1)}`}`;
