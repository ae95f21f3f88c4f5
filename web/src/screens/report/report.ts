import { Refused } from "../../core/api";
import { fill, h, setText } from "../../core/dom";
import type { Report } from "../../core/report_api";
import { shownJudge } from "../../core/report_words";
import { UNREACHABLE } from "../../core/words";
import { criteriaPart } from "./criteria";
import { type Dock, dock } from "./dock";
import { flagsPart } from "./flags";
import { glance } from "./levels";
import { deliveryPart } from "./measures";
import { Moments } from "./moments";
import type { ReportSource, ShownReport } from "./source";
import { detailParts, summaryPart } from "./summary";
import { timelinePart } from "./timeline";
import { type TrendPart, trendPart } from "./trend";

const FIRST_LOOK_MS = 3000;
const LAST_LOOK_MS = 20_000;

/** Puts the report of `source` into `root`; it is read again until nothing more comes. */
export function showReport(root: HTMLElement, source: ReportSource): ShownReport {
  let player: Dock | null = null;
  const status = h("p", { class: "report-status", role: "status", test: "report-status" }, "The report is being made.");
  const problem = h("div", { class: "stack tight", role: "alert", hidden: true, test: "report-problem" });
  const silence = h("p", { class: "muted small no-print", hidden: true, test: "report-sound" });
  const playerPlace = h("div", {});
  const body = h("div", { class: "report-body", test: "report-body" });
  const trendPlace = h("div", { class: "report-trend" });
  let trend: TrendPart | null = null;
  let latest: Report | null = null;
  let shown = "";
  let wait = FIRST_LOOK_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let more = false;
  let closed = false;

  async function look(): Promise<void> {
    clearTimeout(timer);
    more = false;
    try {
      const report = await source.load();
      if (closed) return;
      problem.hidden = true;
      draw(report);
      if (report.status === "improving") later();
    } catch (error) {
      if (closed) return;
      failed(error);
    }
  }

  function later(): void {
    more = true;
    timer = setTimeout(() => {
      // Nobody looks: it is read again when somebody does.
      if (document.visibilityState === "visible") void look();
    }, wait);
    wait = Math.min(LAST_LOOK_MS, wait * 1.5);
  }

  function failed(error: unknown): void {
    if (!(error instanceof Refused)) later();
    if (shown !== "") return;
    setText(status, "");
    const way = error instanceof Refused ? source.wayOn(error.code) : null;
    const again = h("button", { class: "button", type: "button", test: "report-again", on: { click: () => void look() } }, "Try again");
    fill(problem, h("p", {}, error instanceof Refused ? error.message : UNREACHABLE), h("div", { class: "row" }, way ?? again));
    problem.hidden = false;
  }

  function draw(report: Report): void {
    latest = report;
    setText(status, statusText(report));
    const sound = source.sound();
    const text = JSON.stringify([report, sound]);
    if (text === shown) return;
    shown = text;
    const moments = new Moments(playerFor(sound), source.replayAt);
    silence.hidden = !("missing" in sound && sound.missing !== "");
    setText(silence, "missing" in sound ? sound.missing : "");
    const open = new Set([...body.querySelectorAll<HTMLElement>("details[open]")].map((one) => one.dataset["key"]));
    const focused = body.contains(document.activeElement) ? document.activeElement?.closest("[data-criterion]")?.id : undefined;
    fill(
      body,
      summaryPart(report, moments),
      report.criteria.length > 0 && glance(report.criteria, goTo),
      report.criteria.length > 0 && criteriaPart(report, moments),
      timelinePart(report),
      flagsPart(report, moments),
      ...detailParts(report, moments),
      deliveryPart(report, moments),
    );
    for (const one of body.querySelectorAll("details")) if (open.has(one.dataset["key"])) one.open = true;
    // Who was at a criterion stays there; where they look is not moved.
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (source.trend && !trend) {
      trend = trendPart(source.trend, report.session_id);
      trendPlace.append(trend.element);
    }
  }

  function playerFor(sound: ReturnType<ReportSource["sound"]>): Dock | null {
    if ("missing" in sound) {
      player?.close();
      return null;
    }
    if (!player) {
      player = dock(sound.url, source.replayAt);
      playerPlace.append(player.element);
    }
    return player;
  }

  function goTo(criterion: string): void {
    const place = body.querySelector<HTMLElement>(`#criterion-${CSS.escape(criterion)}`);
    place?.scrollIntoView({ block: "start" });
    place?.focus({ preventScroll: true });
  }

  const seen = () => {
    if (document.visibilityState === "visible" && more) void look();
  };
  document.addEventListener("visibilitychange", seen);
  root.classList.add("report-root");
  fill(
    root,
    h(
      "div",
      { class: "stack tight" },
      h("h1", {}, source.title),
      source.facts !== "" && h("p", { class: "muted figures" }, source.facts),
    ),
    source.actions,
    status,
    problem,
    silence,
    body,
    trendPlace,
    source.after,
    playerPlace,
  );
  void look();
  return {
    refresh: () => {
      if (latest) draw(latest);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
      player?.close();
      trend?.close();
    },
  };
}

function statusText(report: Report): string {
  if (report.status === "complete") return "";
  const by = shownJudge(report)?.label;
  return `A closer reading is still being made, and this page shows it when it is there.${by ? ` What you see now is by: ${by}.` : ""}`;
}
