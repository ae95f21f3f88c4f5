import type { Axis } from "./axis";

const ZOOMS = [1, 2, 4, 8, 16, 32] as const;
/** A bar is three pixels wide, and there are twenty values a second to draw. */
const MS_PER_PX_LEAST = 50 / 3;
/** Where the position stands after the view has turned a page for it. */
const LEAD = 0.1;

/** What is seen of an axis: `width` pixels from `left` on. */
export interface View {
  left: number;
  width: number;
}

/** How close one can come: no closer than there is something to be seen. */
export function closest(durationMs: number, width: number): number {
  const perPx = durationMs / Math.max(1, width);
  return ZOOMS.findLast((zoom) => perPx / zoom >= MS_PER_PX_LEAST) ?? 1;
}

/** One step closer or back; at an end the same. */
export function otherZoom(zoom: number, closer: boolean, most: number): number {
  const wanted = closer ? ZOOMS.find((one) => one > zoom) : ZOOMS.findLast((one) => one < zoom);
  return Math.min(most, wanted ?? zoom);
}

export const isSeen = (view: View, x: number): boolean => x >= view.left && x <= view.left + view.width;

const within = (left: number, width: number, axis: Axis) => Math.max(0, Math.min(axis.width - width, left));

/**
 * Where a view `width` wide begins on `to`, the same time drawn wider or narrower: what is at the
 * position stays where it is seen, or what is in the middle while the position is not seen.
 */
export function zoomed(view: View, from: Axis, to: Axis, width: number, nowMs: number): number {
  const now = from.x(nowMs);
  const anchor = isSeen(view, now) ? now : view.left + view.width / 2;
  const part = (anchor - view.left) / view.width;
  return within(to.x(from.ms(anchor)) - part * width, width, to);
}

/**
 * Where the view begins when the position has gone from `wasMs` to `nowMs` by itself. It is followed as
 * long as it was seen: who looks at something else goes on looking.
 */
export function followed(view: View, axis: Axis, wasMs: number, nowMs: number): number {
  const x = axis.x(nowMs);
  if (isSeen(view, x) || !isSeen(view, axis.x(wasMs))) return view.left;
  return within(x - view.width * LEAD, view.width, axis);
}

/** Where the view begins when somebody has gone to `ms`: it is seen, with what is around it. */
export function revealed(view: View, axis: Axis, ms: number): number {
  const x = axis.x(ms);
  return isSeen(view, x) ? view.left : within(x - view.width / 2, view.width, axis);
}
