import type { Report, TrendItem } from "../../core/report_api";

/** Where a report comes from and what may be done with it: one's own, a reviewer's or a shared one. */
export interface ReportSource {
  title: string;
  /** Whose it is, when, how long: one line under the title. */
  facts: string;
  /** Throws Refused or Unreachable. Asked again while the report improves. */
  load(): Promise<Report>;
  /** The recording's address, or why there is no sound, in a sentence or "". */
  sound(): { url: string } | { missing: string };
  /** The address that shows a moment of the recording; null where it may not be seen. */
  replayAt: ((atMs: number) => string) | null;
  /** The owner's judged interviews, the oldest first; null where they are nobody else's business. */
  trend: (() => Promise<TrendItem[]>) | null;
  /** What can be done with it, below the title; */
  actions: HTMLElement | null;
  /** Below the report: one's own words and whatever else belongs to this reader. */
  after: HTMLElement | null;
  /** A way on from a refusal, such as a link; null where there is none but to try again. */
  wayOn(code: string): HTMLElement | null;
}

export interface ShownReport {
  /** Draws it again with the sound that there is now. */
  refresh(): void;
  close(): void;
}
