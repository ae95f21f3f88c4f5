import { Emitter } from "../core/emitter";

export type Speaker = "candidate" | "interviewer";

export interface Caption {
  id: string;
  speaker: Speaker;
  text: string;
  final: boolean;
  /** Device epoch ms of its last change. */
  changedAt: number;
}

interface CaptionEvents {
  changed: Caption;
}

/**
 * Captions of both sides in the order in which they began. A caption is named by `lk.segment_id`; the
 * candidate's comes as a whole text again and again, the interviewer's grows.
 */
export class Captions extends Emitter<CaptionEvents> {
  private readonly byId = new Map<string, Caption>();

  get lines(): readonly Caption[] {
    return [...this.byId.values()].filter((caption) => caption.text.trim() !== "");
  }

  /** The whole text of caption `id` so far. A final text is not taken back by a late interim one. */
  put(id: string, speaker: Speaker, text: string, final: boolean, now: number): void {
    const known = this.byId.get(id);
    if (known?.final && !final) return;
    if (known && known.text === text && known.final === final) return;
    const caption: Caption = { id, speaker, text, final, changedAt: now };
    this.byId.set(id, caption);
    if (text.trim() !== "") this.emit("changed", caption);
  }

  /** The newest caption of one side, for the middle of the page. */
  latest(speaker: Speaker): Caption | null {
    return this.lines.findLast((caption) => caption.speaker === speaker) ?? null;
  }
}

/** The end of a long caption, from a word's beginning on: at most `letters` of it. */
export function tail(text: string, letters: number): string {
  const whole = text.trim().replace(/\s+/g, " ");
  if (whole.length <= letters) return whole;
  const cut = whole.slice(whole.length - letters);
  return `… ${cut.slice(cut.indexOf(" ") + 1)}`;
}
