import { listen } from "./stream";

/** Asks for no event of the log: notices are what is wanted. */
const PAST_EVERY_EVENT = 2 ** 31 - 1;

/** What came over the stream: a notice's code, or whether the server can be heard at all. */
export type Heard = { notice: string } | { server: boolean };

/** Listens to what the server says about an interview; the answer stops it. */
export function listenForNotices(interviewId: string, onHeard: (heard: Heard) => void): () => void {
  return listen(interviewId, PAST_EVERY_EVENT, {
    server: (heard) => onHeard({ server: heard }),
    notice: (data) => onHeard({ notice: String((data as { code?: unknown } | null)?.code ?? "") }),
  });
}
