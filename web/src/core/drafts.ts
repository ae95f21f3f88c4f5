import { Refused } from "./api";
import { Emitter } from "./emitter";
import type { DraftField, StoredDraft } from "./history_api";

export interface DraftParts {
  write(text: string, base: number): Promise<StoredDraft>;
  store: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;
  /** Calls `work` after `ms`; the answer takes the call back. */
  later(work: () => void, ms: number): () => void;
}

export interface DraftView {
  text: string;
  /**
   * "saved": the server has it; "writing": it will in a moment; "kept": it does not answer, and the text
   * waits in this browser; "refused": it will not take it, with its sentence.
   */
  state: "saved" | "writing" | "kept" | "refused";
  message: string;
  /** A text that was there and is not shown any more: what another device had written, or one's own. */
  replaced: { text: string; by: "other" | "own" } | null;
}

interface DraftEvents {
  view: DraftView;
}

interface Kept {
  text: string;
  base: number;
}

export const WRITE_AFTER_MS = 800;
const RETRY_FIRST_MS = 2000;
const RETRY_MOST_MS = 30_000;

/** Forgets what this browser still holds for one interview, or with none named for all of the user's. */
export function forgetDrafts(store: Storage | null, userId: string, interviewId?: string): void {
  const beginning = `viva.draft.${userId}.${interviewId === undefined ? "" : `${interviewId}.`}`;
  try {
    const names = Array.from({ length: store?.length ?? 0 }, (_, index) => store?.key(index) ?? "");
    for (const name of names) if (name.startsWith(beginning)) store?.removeItem(name);
  } catch {
    // A store that is off holds nothing.
  }
}

export const draftKey = (userId: string, interviewId: string, field: DraftField | "scores"): string =>
  `viva.draft.${userId}.${interviewId}.${field}`;

/**
 * One text as it is typed. Each change is in the browser's store at once and at the server soon after;
 * the store forgets it only when the server has it. The last writer wins, and sees what it replaced.
 */
export class Draft extends Emitter<DraftEvents> {
  private text = "";
  private base = 0;
  private state: DraftView["state"] = "saved";
  private message = "";
  private replaced: DraftView["replaced"] = null;
  private sending = false;
  private failures = 0;
  private takeBack: (() => void) | null = null;
  private closed = false;
  /** Sent without an answer: the server may have them, and they are nobody else's. */
  private readonly unheard = new Set<string>();

  constructor(
    private readonly parts: DraftParts,
    private readonly key: string,
  ) {
    super();
  }

  /** Takes what the server has; what this browser still owes it goes on top. Null: nothing there yet. */
  load(stored: StoredDraft | null): void {
    const kept = this.kept();
    this.base = kept ? kept.base : (stored?.version ?? 0);
    this.text = kept?.text ?? stored?.text ?? "";
    const replaced = stored?.replaced ?? "";
    if (stored && replaced !== "" && this.seen() < stored.version) this.replaced = { text: replaced, by: "other" };
    if (kept) {
      this.state = "writing";
      this.soon(0);
    }
    this.show();
  }

  /** What the server has now, read again. Changes nothing while there is something unsaved here. */
  refresh(stored: StoredDraft | null): void {
    if (this.state !== "saved" || this.sending || !stored || stored.version <= this.base) return;
    const before = this.text;
    this.base = stored.version;
    this.text = stored.text;
    const replaced = stored.replaced ?? "";
    if (replaced !== "") this.replaced = { text: replaced, by: replaced === before ? "own" : "other" };
    this.show();
  }

  edit(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.keep();
    this.state = "writing";
    this.soon(WRITE_AFTER_MS);
    this.show();
  }

  /** Puts back the text that was replaced; the one shown takes its place beside it. */
  restore(): void {
    if (!this.replaced) return;
    const { text, by } = this.replaced;
    this.replaced = this.text === "" ? null : { text: this.text, by: by === "other" ? "own" : "other" };
    this.edit(text);
  }

  /** The replaced text is not wanted. */
  dismiss(): void {
    this.replaced = null;
    try {
      this.parts.store?.setItem(`${this.key}.seen`, String(this.base));
    } catch {
      // Shown once more at the next visit.
    }
    this.show();
  }

  /** Sends what is unsaved now rather than in a moment. */
  flush(): void {
    if (this.state === "writing" || this.state === "kept") void this.send();
  }

  /** Sends what is unsaved once more and forgets the rest. */
  close(): void {
    this.flush();
    this.closed = true;
    this.takeBack?.();
    this.takeBack = null;
  }

  view(): DraftView {
    return { text: this.text, state: this.state, message: this.message, replaced: this.replaced };
  }

  private async send(): Promise<void> {
    this.takeBack?.();
    this.takeBack = null;
    if (this.sending) return;
    this.sending = true;
    const sent = this.text;
    try {
      const written = await this.parts.write(sent, this.base);
      this.base = written.version;
      this.failures = 0;
      this.message = "";
      const replaced = written.replaced ?? "";
      if (replaced !== "" && replaced !== sent && !this.unheard.has(replaced)) {
        this.replaced = { text: replaced, by: "other" };
      }
      this.unheard.clear();
      if (this.text === sent) {
        this.state = "saved";
        this.forget();
      } else {
        this.keep();
      }
    } catch (error) {
      this.unheard.add(sent);
      this.failed(error);
    }
    this.sending = false;
    if (this.text !== sent && this.state !== "refused") this.soon(WRITE_AFTER_MS);
    this.show();
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.status !== 429 && error.status !== 503) {
      this.state = "refused";
      this.message = error.message;
      // The interview is gone: no later visit could hand the text in.
      if (error.status === 404) this.forget();
      return;
    }
    this.state = "kept";
    this.failures += 1;
    this.soon(Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** (this.failures - 1)));
  }

  private soon(ms: number): void {
    this.takeBack?.();
    this.takeBack = this.closed ? null : this.parts.later(() => void this.send(), ms);
  }

  private kept(): Kept | null {
    try {
      const found = JSON.parse(this.parts.store?.getItem(this.key) ?? "null") as Partial<Kept> | null;
      if (typeof found?.text !== "string" || typeof found.base !== "number") return null;
      return { text: found.text, base: found.base };
    } catch {
      return null;
    }
  }

  /** The version up to which what was replaced is known not to be wanted. */
  private seen(): number {
    try {
      return Number(this.parts.store?.getItem(`${this.key}.seen`)) || 0;
    } catch {
      return 0;
    }
  }

  private keep(): void {
    try {
      this.parts.store?.setItem(this.key, JSON.stringify({ text: this.text, base: this.base }));
    } catch {
      // A store that is off or full: the server is then the only place, as soon as it answers.
    }
  }

  private forget(): void {
    try {
      this.parts.store?.removeItem(this.key);
    } catch {
      // Sent again at the next visit, which changes nothing.
    }
  }

  private show(): void {
    if (!this.closed) this.emit("view", this.view());
  }
}
