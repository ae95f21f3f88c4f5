import { eventsPath } from "../core/api";

/** Asks for no event of the log: notices are what is wanted. */
const PAST_EVERY_EVENT = 2 ** 31 - 1;

/** Listens to the server's stream about an interview and tells its notices. It reconnects by itself. */
export function listenForNotices(interviewId: string, onNotice: (code: string) => void): () => void {
  const source = new EventSource(eventsPath(interviewId, PAST_EVERY_EVENT));
  source.addEventListener("notice", (event: MessageEvent<string>) => {
    try {
      const notice = JSON.parse(event.data) as { code?: unknown };
      onNotice(String(notice.code ?? ""));
    } catch {
      // Not for this version of the page.
    }
  });
  return () => source.close();
}
