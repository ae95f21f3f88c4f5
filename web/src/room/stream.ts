import { eventsPath } from "../core/api";

/** After an answer that ends the stream for good, such as a proxy's 502. */
const REOPEN_AFTER_MS = 5000;

export interface StreamParts {
  /** Whether the server can be heard. A refusal counts as heard: it answers. */
  server(heard: boolean): void;
  /** The data of each event without a name, and of each `notice`, as they came. */
  event?(data: unknown, seq: number): void;
  notice?(data: unknown): void;
}

/** The server's stream about an interview past event `after`. It reconnects by itself; the answer stops it. */
export function listen(interviewId: string, after: number, parts: StreamParts): () => void {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let last = after;

  function open(): void {
    source = new EventSource(eventsPath(interviewId, last));
    source.addEventListener("open", () => parts.server(true));
    source.addEventListener("error", () => {
      // Closed: the server, or what stands before it, has answered with a refusal.
      const refused = source.readyState === EventSource.CLOSED;
      parts.server(refused);
      if (refused) reopening = setTimeout(open, REOPEN_AFTER_MS);
    });
    source.addEventListener("notice", (event: MessageEvent<string>) => take(event, (data) => parts.notice?.(data)));
    source.addEventListener("message", (event: MessageEvent<string>) => {
      const seq = Number(event.lastEventId) || last;
      last = Math.max(last, seq);
      take(event, (data) => parts.event?.(data, seq));
    });
  }

  open();
  return () => {
    clearTimeout(reopening);
    source.close();
  };
}

function take(event: MessageEvent<string>, give: (data: unknown) => void): void {
  let data: unknown;
  try {
    data = JSON.parse(event.data);
  } catch {
    // Not for this version of the page.
    return;
  }
  give(data);
}
