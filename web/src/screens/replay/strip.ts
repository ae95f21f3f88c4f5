import { fill, h, setText } from "../../core/dom";
import { clockText, spokenTime } from "../../core/format";
import type { Peaks, ReplayTurn } from "../../core/replay_api";
import { Axis, columns } from "../../replay/axis";
import type { Mark } from "../../replay/marks";
import type { Player } from "../../replay/player";
import type { Part } from "../../replay/spans";

export interface Strip {
  element: HTMLElement;
  /** In the order of their time. */
  marks: readonly Mark[];
  setMarks(marks: readonly Mark[]): void;
  /** Draws the sound in the place of who speaks when. */
  setPeaks(peaks: Peaks): void;
  setParts(parts: readonly Part[]): void;
  close(): void;
}

const BAR_PX = 3;
/** Quieter interviews are not blown up beyond this. */
const LOUD_LEAST = 24;
const PAGE_MS = 60_000;
const TURNS_PER_SECOND = 4;
const MARK_NAMES = { flag: "flagged moment", hint: "hint", comment: "comment" } as const;

export const wholeSeconds = (ms: number) => clockText(Math.floor(ms / 1000));

/** The whole interview as one strip: the candidate above the line, the interviewer below, time across. */
export function strip(player: Player, turns: readonly ReplayTurn[], told: (text: string) => void): Strip {
  let peaks = whoSpeaks(turns, player.durationMs);
  let axis = new Axis(1, [], 1);
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
  const element = h("div", { class: "strip", test: "replay-strip" }, lane, wave, names, legend);

  function layOut(): void {
    axis = new Axis(player.durationMs, peaks.gaps, Math.max(1, wave.clientWidth));
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

  function draw(): void {
    const ratio = window.devicePixelRatio || 1;
    const { width } = axis;
    const height = wave.clientHeight;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    if (!context) return;
    const look = getComputedStyle(canvas);
    const colour = (name: string) => look.getPropertyValue(name).trim();
    context.scale(ratio, ratio);
    const middle = height / 2;
    context.fillStyle = colour("--grey-soft");
    for (const part of parts.slice(1)) context.fillRect(Math.round(axis.x(part.fromMs)), 0, 1, height);
    for (const piece of axis.pieces) if (piece.gap) hatch(context, piece.fromX, piece.toX, height);
    context.fillRect(0, Math.round(middle), width, 1);
    const count = Math.floor(width / BAR_PX);
    const sides = [
      { tops: columns(peaks.candidate, peaks.per_second, axis, count), colour: "--accent", up: true },
      { tops: columns(peaks.interviewer, peaks.per_second, axis, count), colour: "--grey-strong", up: false },
    ];
    for (const side of sides) {
      context.fillStyle = colour(side.colour);
      const loudest = Math.max(LOUD_LEAST, ...side.tops);
      side.tops.forEach((top, column) => {
        if (top === 0) return;
        const tall = Math.max(1, (top / loudest) ** 0.7 * (middle - 2));
        const x = (column * width) / count;
        context.fillRect(x, side.up ? middle - tall : middle + 1, BAR_PX - 1, tall);
      });
    }
  }

  function show(): void {
    const x = axis.x(player.nowMs);
    head.style.transform = `translateX(${x}px)`;
    played.style.transform = `scaleX(${x / axis.width})`;
    const second = Math.floor(player.nowMs / 1000);
    if (wave.getAttribute("aria-valuenow") === String(second)) return;
    wave.setAttribute("aria-valuenow", String(second));
    wave.setAttribute("aria-valuetext", `${spokenTime(second)} of ${spokenTime(Math.floor(player.durationMs / 1000))}`);
  }

  const at = (event: PointerEvent) => axis.ms(event.clientX - wave.getBoundingClientRect().left);

  function point(event: PointerEvent): void {
    const ms = at(event);
    const piece = axis.pieces.find((one) => one.gap && ms > one.fromMs && ms < one.toMs);
    hover.hidden = false;
    setText(
      hover,
      piece ? `${wholeSeconds(piece.fromMs)} to ${wholeSeconds(piece.toMs)}: nothing recorded, drawn short` : wholeSeconds(ms),
    );
    const most = axis.width - hover.offsetWidth;
    hover.style.left = `${Math.max(0, Math.min(most, axis.x(ms) - hover.offsetWidth / 2))}px`;
    if (wave.hasPointerCapture(event.pointerId)) player.seek(ms);
  }

  wave.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    wave.setPointerCapture(event.pointerId);
    player.seek(at(event));
  });
  wave.addEventListener("pointermove", point);
  wave.addEventListener("pointerleave", () => (hover.hidden = true));
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
  sizes.observe(wave);
  const off = player.on("time", show);

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
      layOut();
    },
    setParts: (given) => {
      parts = given;
      fill(names, ...parts.map(partOf));
      layOut();
    },
    close: () => {
      dark.removeEventListener("change", draw);
      sizes.disconnect();
      off();
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

/** Stands for the sound where there is none: who has the floor when. */
function whoSpeaks(turns: readonly ReplayTurn[], durationMs: number): Peaks {
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
