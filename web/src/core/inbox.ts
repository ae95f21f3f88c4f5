import { Emitter } from "./emitter";
import type { HistoryApi, InboxItem } from "./history_api";

interface InboxEvents {
  changed: readonly InboxItem[];
}

/** Screens follow each other quickly; what is told is not that urgent. */
export const FRESH_FOR_MS = 20_000;

/** What the user is told in the page. Read on navigation and now and then, never in a storm. */
export class Inbox extends Emitter<InboxEvents> {
  items: readonly InboxItem[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reader = 0;
  private userId = "";

  constructor(
    private readonly api: Pick<HistoryApi, "inbox" | "read" | "readAll">,
    private readonly now: () => number,
  ) {
    super();
  }

  get unread(): number {
    return this.items.filter((item) => item.read_at === null).length;
  }

  /** Asks the server, unless it was asked a moment ago. Silence changes nothing. */
  async refresh(): Promise<void> {
    if (this.now() - this.readAt < FRESH_FOR_MS) return;
    this.readAt = this.now();
    const mine = ++this.reader;
    try {
      const items = await this.api.inbox();
      if (mine === this.reader) this.put(items);
    } catch {
      // Asked again at the next occasion.
    }
  }

  /** Whose it is from now on: nothing of one user is shown to another. */
  belongsTo(userId: string): void {
    if (userId === this.userId) return;
    this.userId = userId;
    this.reader += 1;
    this.readAt = Number.NEGATIVE_INFINITY;
    this.put([]);
  }

  async read(id: string): Promise<void> {
    await this.mark((item) => item.id === id, () => this.api.read(id));
  }

  async readAll(): Promise<void> {
    await this.mark(() => true, () => this.api.readAll());
  }

  private async mark(which: (item: InboxItem) => boolean, tell: () => Promise<void>): Promise<void> {
    const before = this.items;
    const at = new Date(this.now()).toISOString();
    this.reader += 1;
    this.put(before.map((item) => (which(item) && item.read_at === null ? { ...item, read_at: at } : item)));
    try {
      await tell();
    } catch {
      this.put(before);
    }
  }

  private put(items: readonly InboxItem[]): void {
    this.items = items;
    this.emit("changed", items);
  }
}

/** The path of a link within this page, at `origin`; a notice leads nowhere else. */
export function ownPath(link: string | null, origin: string): string | null {
  if (link === null || link === "") return null;
  try {
    const url = new URL(link, origin);
    return url.origin === origin ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}
