import type { Peaks, ReplayTurn } from "../../core/replay_api";
import { type Axis, columns } from "../../replay/axis";
import type { Part } from "../../replay/spans";
import type { View } from "../../replay/zoom";

const BAR_PX = 3;
/** Quieter interviews are not blown up beyond this. */
const LOUD_LEAST = 24;
const TURNS_PER_SECOND = 4;

export interface Loudest {
  candidate: number;
  interviewer: number;
}

/** What the height of a side is in proportion to, wherever one looks. */
export function loudestOf(peaks: Peaks): Loudest {
  const most = (side: readonly number[]) => side.reduce((one, other) => Math.max(one, other ?? 0), LOUD_LEAST);
  return { candidate: most(peaks.candidate), interviewer: most(peaks.interviewer) };
}

export interface Drawn {
  axis: Axis;
  view: View;
  height: number;
  parts: readonly Part[];
  peaks: Peaks;
  loudest: Loudest;
}

/** Draws what is seen of the axis, and nothing else. */
export function drawStrip(canvas: HTMLCanvasElement, drawn: Drawn): void {
  const { axis, height, peaks, loudest } = drawn;
  const { left, width } = drawn.view;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  const context = canvas.getContext("2d");
  if (!context) return;
  const look = getComputedStyle(canvas);
  const colour = (name: string) => look.getPropertyValue(name).trim();
  context.scale(ratio, ratio);
  const middle = height / 2;
  context.fillStyle = colour("--grey-soft");
  for (const part of drawn.parts.slice(1)) context.fillRect(Math.round(axis.x(part.fromMs) - left), 0, 1, height);
  for (const { gap, fromX, toX } of axis.pieces) {
    if (gap && toX > left && fromX < left + width) hatch(context, fromX - left, toX - left, height);
  }
  context.fillRect(0, Math.round(middle), width, 1);
  // Bars stand where they stand on the whole, so that none flickers while it is scrolled.
  const first = Math.floor(left / BAR_PX);
  const count = Math.ceil(width / BAR_PX) + 1;
  const sides = [
    { tops: peaks.candidate, loudest: loudest.candidate, colour: "--accent", up: true },
    { tops: peaks.interviewer, loudest: loudest.interviewer, colour: "--grey-strong", up: false },
  ];
  for (const side of sides) {
    context.fillStyle = colour(side.colour);
    columns(side.tops, peaks.per_second, axis, count, BAR_PX, first * BAR_PX).forEach((top, column) => {
      if (top === 0) return;
      const tall = Math.max(1, (top / side.loudest) ** 0.7 * (middle - 2));
      context.fillRect((first + column) * BAR_PX - left, side.up ? middle - tall : middle + 1, BAR_PX - 1, tall);
    });
  }
}

/** Stands for the sound where there is none: who has the floor when. */
export function whoSpeaks(turns: readonly ReplayTurn[], durationMs: number): Peaks {
  const sides = { candidate: [] as number[], interviewer: [] as number[] };
  const at = (ms: number) => Math.floor((ms * TURNS_PER_SECOND) / 1000);
  for (const turn of turns) {
    // One by one: a turn that went on over a day of absence is not laid out at a stroke.
    for (let slot = at(turn.start_ms); slot <= at(Math.min(turn.end_ms, turn.start_ms + 3_600_000)); slot++) {
      sides[turn.speaker][slot] = LOUD_LEAST / 2;
    }
  }
  return { per_second: TURNS_PER_SECOND, duration_ms: durationMs, ...sides, gaps: [] };
}

function hatch(context: CanvasRenderingContext2D, from: number, to: number, height: number): void {
  context.save();
  context.beginPath();
  context.rect(from, 0, to - from, height);
  context.clip();
  context.lineWidth = 1;
  context.strokeStyle = context.fillStyle;
  for (let y = -(to - from); y < height; y += 6) {
    context.beginPath();
    context.moveTo(from, y + (to - from));
    context.lineTo(to, y);
    context.stroke();
  }
  context.restore();
}
