import { Emitter } from "../core/emitter";

/** A word's end is still sounding when the key is let go. */
export const TAIL_MS = 250;

interface TalkEvents {
  /** Whether the microphone is to be heard now. */
  open: boolean;
}

/** What can hold the microphone open: the key and the pointer while they are down, a latch until it is undone. */
export type Hold = "key" | "pointer" | "latch";

/** The microphone is heard only while something holds it. */
export class PushToTalk extends Emitter<TalkEvents> {
  open = false;
  private readonly holds = new Set<Hold>();
  private takeBack: (() => void) | null = null;

  /** `later` calls its work after some ms; what it answers takes the call back. */
  constructor(private readonly later: (work: () => void, ms: number) => () => void) {
    super();
  }

  press(hold: Hold): void {
    this.holds.add(hold);
    this.takeBack?.();
    this.takeBack = null;
    this.set(true);
  }

  release(hold: Hold): void {
    if (!this.holds.delete(hold) || this.holds.size > 0) return;
    this.takeBack?.();
    this.takeBack = this.later(() => this.set(false), TAIL_MS);
  }

  /** For who cannot hold: once to open, once more to close. */
  toggle(): void {
    if (this.holds.has("latch")) this.release("latch");
    else this.press("latch");
  }

  /** Nobody can be holding any more, as when the window loses the focus. A latch stays. */
  letGo(): void {
    this.release("key");
    this.release("pointer");
  }

  private set(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    this.emit("open", open);
  }
}

/** Whether a key pressed on `target` is meant for it rather than for talking. */
export function takesSpace(target: Element | null): boolean {
  return target?.closest("input, textarea, select, button, a[href], summary, dialog, [contenteditable]") != null;
}
