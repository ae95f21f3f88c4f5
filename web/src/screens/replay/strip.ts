import { fill, h, setText } from "../../core/dom";
import { clockText, spokenTime } from "../../core/format";
import type { Peaks, ReplayTurn } from "../../core/replay_api";
import { Axis } from "../../replay/axis";
import type { Mark } from "../../replay/marks";
import type { Player } from "../../replay/player";
import type { Part } from "../../replay/spans";
import { closest, followed, otherZoom, revealed, type View, zoomed } from "../../replay/zoom";
import { drawStrip, type Loudest, loudestOf, whoSpeaks } from "./strip_canvas";

export interface Strip {
  element: HTMLElement;
  /** In the order of their time. */
  marks: readonly Mark[];
  setMarks(marks: readonly Mark[]): void;
  /** Draws the sound in the place of who speaks when. */
  setPeaks(peaks: Peaks): void;
  setParts(parts: readonly Part[]): void;
  /** One step closer, or back. */
  zoom(closer: boolean): void;
  close(): void;
}

const PAGE_MS = 60_000;
const MARK_NAMES = { flag: "flagged moment", hint: "hint", comment: "comment" } as const;

export const wholeSeconds = (ms: number) => clockText(Math.floor(ms / 1000));

/**
 * The whole interview as one strip: the candidate above the line, the interviewer below, time across.
 * Closer, it is as many times as wide, of which what is seen is drawn.
 */
export function strip(player: Player, turns: readonly ReplayTurn[], told: (text: string) => void): Strip {
  let peaks = whoSpeaks(turns, player.durationMs);
  let axis = new Axis(1, [], 1);
  let level = 1;
  /** What is seen of the axis. */
  let view: View = { left: 0, width: 1 };
  let loudest: Loudest = loudestOf(peaks);
  let shownMs = player.nowMs;
  let drawing = 0;
  let parts: readonly Part[] = [];
  let marks: readonly Mark[] = [];
  const canvas = h("canvas", { class: "strip-canvas", "aria-hidden": "true" });
  const played = h("div", { class: "strip-played" });
  const head = h("div", { class: "strip-head" });
  const hover = h("div", { class: "strip-hover figures small", hidden: true });
  const wave = h(
    "div",
    {
      class: "strip-wave",
      role: "slider",
      tabindex: 0,
      "aria-label": "Position in the interview",
      "aria-valuemin": 0,
      test: "replay-slider",
    },
    played,
    canvas,
    head,
    hover,
  );
  const lane = h("div", { class: "strip-marks", role: "group", "aria-label": "Marks" });
  const names = h("ol", { class: "strip-parts", "aria-label": "Parts" });
  const legend = h("p", { class: "strip-legend small muted" });
  const scroller = h("div", { class: "strip-scroll", test: "replay-scroll" }, h("div", { class: "strip-whole" }, lane, wave, names));
  const whole = scroller.firstElementChild as HTMLElement;
  const zoomButton = (closer: boolean) =>
    h(
      "button",
      { class: "button plain", type: "button", test: closer ? "replay-closer" : "replay-wider", on: { click: () => zoom(closer) } },
      closer ? "Zoom in" : "Zoom out",
    );
  const buttons = { closer: zoomButton(true), wider: zoomButton(false) };
  const zooming = h("div", { class: "strip-zoom", role: "group", "aria-label": "Zoom" }, buttons.wider, buttons.closer);
  const element = h("div", { class: "strip", "data-zoom": 1, test: "replay-strip" }, scroller, h("div", { class: "strip-foot" }, legend, zooming));

  function layOut(): void {
    const width = Math.max(1, scroller.clientWidth);
    const most = closest(player.durationMs, width);
    const before = axis;
    level = Math.min(level, most);
    whole.style.width = level === 1 ? "" : `${width * level}px`;
    axis = new Axis(player.durationMs, peaks.gaps, width * level);
    element.dataset["zoom"] = String(level);
    scroller.scrollLeft = zoomed(view, before, axis, width, player.nowMs);
    view = { left: level === 1 ? 0 : scroller.scrollLeft, width };
    zooming.hidden = most === 1;
    // Not `disabled`: that would take the focus away.
    buttons.closer.setAttribute("aria-disabled", String(level === most));
    buttons.wider.setAttribute("aria-disabled", String(level === 1));
    draw();
    for (const mark of lane.children) place(mark as HTMLElement);
    for (const part of names.children) place(part as HTMLElement);
    wave.setAttribute("aria-valuemax", String(Math.floor(player.durationMs / 1000)));
    show();
  }

  /** Puts a mark or a part where its times are. */
  function place(one: HTMLElement): void {
    const from = axis.x(Number(one.dataset["from"]));
    one.style.left = `${from}px`;
    const to = one.dataset["to"];
    if (to !== undefined) one.style.width = `${Math.max(0, axis.x(Number(to)) - from)}px`;
  }

  function zoom(closer: boolean): void {
    const wanted = otherZoom(level, closer, closest(player.durationMs, view.width));
    if (wanted !== level) {
      level = wanted;
      layOut();
    }
    const seenMs = axis.ms(view.left + view.width) - axis.ms(view.left);
    told(`The strip shows ${level === 1 ? "the whole interview" : spokenTime(Math.round(seenMs / 1000))}.`);
  }

  /** Shows the axis from `left` on. */
  function scrollTo(left: number): void {
    if (left === view.left) return;
    scroller.scrollLeft = left;
    // As the browser rounds it; it says so itself a moment later.
    view = { left: scroller.scrollLeft, width: view.width };
  }

  function draw(): void {
    drawing = 0;
    drawStrip(canvas, { axis, view, height: wave.clientHeight, parts, peaks, loudest });
  }

  function show(): void {
    const x = axis.x(player.nowMs);
    if (level > 1) scrollTo(followed(view, axis, shownMs, player.nowMs));
    shownMs = player.nowMs;
    head.style.transform = `translateX(${x}px)`;
    played.style.transform = `scaleX(${x / axis.width})`;
    const second = Math.floor(player.nowMs / 1000);
    if (wave.getAttribute("aria-valuenow") === String(second)) return;
    wave.setAttribute("aria-valuenow", String(second));
    wave.setAttribute("aria-valuetext", `${spokenTime(second)} of ${spokenTime(Math.floor(player.durationMs / 1000))}`);
  }

  /** Dragged past an edge it stays there: the view does not run away under the pointer. */
  function at(event: PointerEvent): number {
    const x = event.clientX - wave.getBoundingClientRect().left;
    return axis.ms(Math.max(view.left, Math.min(view.left + view.width, x)));
  }

  function point(event: PointerEvent): void {
    const ms = at(event);
    const piece = axis.pieces.find((one) => one.gap && ms > one.fromMs && ms < one.toMs);
    hover.hidden = false;
    setText(
      hover,
      piece ? `${wholeSeconds(piece.fromMs)} to ${wholeSeconds(piece.toMs)}: nothing recorded, drawn short` : wholeSeconds(ms),
    );
    const most = view.left + view.width - hover.offsetWidth;
    hover.style.left = `${Math.max(view.left, Math.min(most, axis.x(ms) - hover.offsetWidth / 2))}px`;
    if (wave.hasPointerCapture(event.pointerId)) player.seek(ms);
  }

  wave.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    wave.setPointerCapture(event.pointerId);
    player.seek(at(event));
  });
  wave.addEventListener("pointermove", point);
  wave.addEventListener("pointerleave", () => (hover.hidden = true));
  scroller.addEventListener("scroll", () => {
    view = { left: scroller.scrollLeft, width: view.width };
    if (drawing === 0) drawing = requestAnimationFrame(draw);
  });
  wave.addEventListener("keydown", (event) => {
    const now = player.nowMs;
    const wanted = { Home: 0, End: player.durationMs, PageUp: now - PAGE_MS, PageDown: now + PAGE_MS }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    player.seek(wanted);
  });
  for (const type of ["click", "pointerover", "focusin"]) {
    lane.addEventListener(type, (event) => {
      const mark = marks[Number((event.target as HTMLElement).closest<HTMLElement>("[data-mark]")?.dataset["mark"] ?? -1)];
      if (!mark) return;
      told(mark.text);
      if (type === "click") player.seek(mark.atMs);
    });
  }
  names.addEventListener("click", (event) => {
    const from = (event.target as HTMLElement).closest("li")?.dataset["from"];
    if (from !== undefined) player.seek(Number(from));
  });

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", draw);
  const sizes = new ResizeObserver(layOut);
  sizes.observe(scroller);
  const offs = [
    player.on("time", show),
    player.on("sought", () => scrollTo(revealed(view, axis, player.nowMs))),
  ];

  return {
    element,
    get marks() {
      return marks;
    },
    setMarks: (given) => {
      marks = given;
      fill(lane, ...marks.map(markOf));
      const kinds = (["flag", "hint", "comment"] as const).filter((kind) => marks.some((mark) => mark.kind === kind));
      fill(legend, ...kinds.map((kind) => h("span", {}, h("span", { class: "mark-shape", "data-kind": kind, "aria-hidden": "true" }), ` ${MARK_NAMES[kind]}`)));
      for (const mark of lane.children) place(mark as HTMLElement);
    },
    setPeaks: (given) => {
      peaks = given;
      loudest = loudestOf(peaks);
      layOut();
    },
    zoom,
    setParts: (given) => {
      parts = given;
      fill(names, ...parts.map(partOf));
      layOut();
    },
    close: () => {
      dark.removeEventListener("change", draw);
      sizes.disconnect();
      cancelAnimationFrame(drawing);
      for (const off of offs) off();
    },
  };
}

function markOf(mark: Mark, index: number): HTMLElement {
  const name = `${wholeSeconds(mark.atMs)}, ${MARK_NAMES[mark.kind]}: ${mark.text}`;
  return h(
    "button",
    {
      class: "mark",
      type: "button",
      // Reached by [ and ]: dozens of stops would stand between the strip and the rest.
      tabindex: -1,
      title: mark.text,
      "aria-label": name,
      "data-mark": index,
      "data-from": mark.atMs,
      test: "replay-mark",
      "data-kind": mark.kind,
      "data-flag": mark.flag,
    },
    h("span", { class: "mark-shape", "data-kind": mark.kind, "data-flag": mark.flag, "aria-hidden": "true" }),
  );
}

function partOf(part: Part): HTMLElement {
  return h(
    "li",
    { class: "strip-part", "data-from": part.fromMs, "data-to": part.toMs, title: part.title },
    h("button", { type: "button", class: "small", "aria-label": `${part.title}, from ${wholeSeconds(part.fromMs)}`, test: "replay-part" }, part.title),
  );
}
