/** A gap that is longer is drawn short. */
export const LONG_GAP_MS = 30_000;
const GAP_PX = 16;
/** Gaps together take at most this part of the width. */
const GAPS_MOST = 0.3;

export interface Piece {
  fromMs: number;
  toMs: number;
  fromX: number;
  toX: number;
  gap: boolean;
}

/**
 * Where a moment is drawn on a strip `width` wide. Time is in proportion, but for long gaps, in which
 * nothing was recorded: each has a short piece of its own.
 */
export class Axis {
  readonly pieces: Piece[] = [];

  constructor(
    readonly durationMs: number,
    gaps: readonly (readonly [number, number])[],
    readonly width: number,
  ) {
    const long = gaps
      .map(([from, to]) => [Math.max(0, from), Math.min(durationMs, to)] as const)
      .filter(([from, to]) => to - from > LONG_GAP_MS)
      .sort((one, other) => one[0] - other[0]);
    const gapPx = Math.min(GAP_PX, (width * GAPS_MOST) / Math.max(1, long.length));
    const gapMs = long.reduce((sum, [from, to]) => sum + to - from, 0);
    const perMs = (width - gapPx * long.length) / Math.max(1, durationMs - gapMs);
    let ms = 0;
    let x = 0;
    const put = (toMs: number, px: number, gap: boolean) => {
      if (toMs <= ms) return;
      this.pieces.push({ fromMs: ms, toMs, fromX: x, toX: x + px, gap });
      ms = toMs;
      x += px;
    };
    for (const [from, to] of long) {
      put(from, (from - ms) * perMs, false);
      put(to, gapPx, true);
    }
    put(durationMs, (durationMs - ms) * perMs, false);
  }

  x(ms: number): number {
    const piece = this.pieces.find((one) => ms < one.toMs) ?? this.pieces.at(-1);
    if (!piece) return 0;
    const part = (ms - piece.fromMs) / (piece.toMs - piece.fromMs);
    return piece.fromX + Math.min(1, Math.max(0, part)) * (piece.toX - piece.fromX);
  }

  ms(x: number): number {
    const piece = this.pieces.find((one) => x < one.toX) ?? this.pieces.at(-1);
    if (!piece) return 0;
    const part = piece.toX > piece.fromX ? (x - piece.fromX) / (piece.toX - piece.fromX) : 0;
    return piece.fromMs + Math.min(1, Math.max(0, part)) * (piece.toMs - piece.fromMs);
  }
}

/**
 * The loudest of `peaks` under each of `count` columns, `step` pixels wide, of the axis from pixel `left`
 * on; 0 in gaps drawn short and beyond the end.
 */
export function columns(
  peaks: readonly number[],
  perSecond: number,
  axis: Axis,
  count: number,
  step = axis.width / Math.max(1, count),
  left = 0,
): Uint8Array {
  const tops = new Uint8Array(count);
  for (const piece of axis.pieces) {
    if (piece.gap) continue;
    const first = Math.ceil((piece.fromX - left) / step - 0.5);
    for (let column = Math.max(0, first); column < count && left + (column + 0.5) * step < piece.toX; column++) {
      const from = Math.max(piece.fromMs, axis.ms(left + column * step));
      const to = Math.min(piece.toMs, axis.ms(left + (column + 1) * step));
      const last = Math.max(Math.floor((from * perSecond) / 1000) + 1, Math.ceil((to * perSecond) / 1000));
      let top = 0;
      for (let at = Math.floor((from * perSecond) / 1000); at < last; at++) top = Math.max(top, peaks[at] ?? 0);
      tops[column] = top;
    }
  }
  return tops;
}
