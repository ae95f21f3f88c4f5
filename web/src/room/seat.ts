/**
 * One tab holds the interview's seat in a browser. Tabs tell each other, because the tab that is put
 * out of an old room cannot know whether to come back or to give way.
 */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

export class Seat {
  onTaken: () => void = () => undefined;

  constructor(
    private readonly interviewId: string,
    private readonly tabId: string,
    private readonly channel: Channel | null,
  ) {
    if (!channel) return;
    channel.onmessage = (event: MessageEvent) => {
      const said = event.data as { interview?: unknown; tab?: unknown } | null;
      if (said?.interview === this.interviewId && said.tab !== this.tabId) this.onTaken();
    };
  }

  /** Tells the other tabs that this one is taking the seat. */
  take(): void {
    this.channel?.postMessage({ interview: this.interviewId, tab: this.tabId });
  }

  close(): void {
    this.channel?.close();
  }
}
