import { eventsPath } from "../core/api";

/** Asks for no event of the log: notices are what is wanted. */
const PAST_EVERY_EVENT = 2 ** 31 - 1;
/** After an answer that ends the stream for good, such as a proxy's 502. */
const REOPEN_AFTER_MS = 5000;

/** What came over the stream: a notice's code, or whether the server can be heard at all. */
export type Heard = { notice: string } | { server: boolean };

/** Listens to the server's stream about an interview. It reconnects by itself; the answer stops it. */
export function listenForNotices(interviewId: string, onHeard: (heard: Heard) => void): () => void {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    source = new EventSource(eventsPath(interviewId, PAST_EVERY_EVENT));
    source.addEventListener("open", () => onHeard({ server: true }));
    source.addEventListener("error", () => {
      // Closed: the server, or what stands before it, has answered with a refusal.
      const refused = source.readyState === EventSource.CLOSED;
      onHeard({ server: refused });
      if (refused) reopening = setTimeout(open, REOPEN_AFTER_MS);
    });
    source.addEventListener("notice", (event: MessageEvent<string>) => {
      try {
        const notice = JSON.parse(event.data) as { code?: unknown };
        onHeard({ notice: String(notice.code ?? "") });
      } catch {
        // Not for this version of the page.
      }
    });
  }

  open();
  return () => {
    clearTimeout(reopening);
    source.close();
  };
}
