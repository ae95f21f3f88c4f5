import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { TrendColumns } from "../../core/trend";

const DAY_S = 86_400;
const HEIGHT = 200;

/** Mean levels by date: this scenario's as filled dots, the others' as rings, the shown one larger. */
export function trendPlot(place: HTMLElement, columns: TrendColumns, shownAt: number): () => void {
  let plot: uPlot | null = null;
  const schemes = [window.matchMedia("(prefers-color-scheme: dark)"), window.matchMedia("print")];

  function draw(): void {
    const style = getComputedStyle(place);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const [ink, soft, accent, surface] = ["--grey-strong", "--grey-soft", "--accent", "--surface"].map(colour) as [string, string, string, string];
    const font = `13px ${style.fontFamily}`;
    const dot = (fill: string, size: number): uPlot.Series => ({
      paths: () => null,
      stroke: accent,
      points: { show: true, size, fill, stroke: accent, width: 2 },
    });
    plot?.destroy();
    plot = new uPlot(
      {
        width: Math.max(240, place.clientWidth),
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: true, range: (_, low, high) => wide(low, high) }, y: { range: [0.8, 4.2] } },
        axes: [
          {
            stroke: ink,
            font,
            grid: { show: false },
            ticks: { stroke: soft },
            space: 76,
            incrs: [1, 2, 3, 7, 14, 28, 61, 122, 365].map((days) => days * DAY_S),
            values: (_, splits) => splits.map(dayOf),
          },
          { stroke: ink, font, grid: { stroke: soft, width: 1 }, ticks: { show: false }, size: 32, splits: [1, 2, 3, 4] , values: (_, splits) => splits.map(String) },
        ],
        series: [
          {},
          { stroke: ink, width: 1, points: { show: false }, spanGaps: false },
          dot(surface, 9),
          dot(accent, 9),
          { ...dot(accent, 15) },
        ],
      },
      [columns.at, columns.all, columns.other, columns.same, columns.at.map((at, n) => (at === shownAt ? (columns.all[n] ?? null) : null))],
      place,
    );
  }

  const resized = new ResizeObserver(() => plot?.setSize({ width: Math.max(240, place.clientWidth), height: HEIGHT }));
  for (const scheme of schemes) scheme.addEventListener("change", draw);
  draw();
  resized.observe(place);
  return () => {
    resized.disconnect();
    for (const scheme of schemes) scheme.removeEventListener("change", draw);
    plot?.destroy();
  };
}

/** Room beside the first and the last dot; at least three days, so that a single day is not a line. */
function wide(low: number, high: number): [number, number] {
  const room = Math.max((high - low) * 0.06, (3 * DAY_S - (high - low)) / 2);
  return [low - room, high + room];
}

function dayOf(seconds: number): string {
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(new Date(seconds * 1000));
}
