/** How long the page has been without an interviewer, and what it says about it. */
export type Presence = "here" | "joining" | "on_the_way" | "delayed" | "offer_retry" | "coming_back";

export const ON_THE_WAY_AFTER_S = 5;
export const OFFER_RETRY_AFTER_S = 20;

/**
 * `waitedS`: seconds since the page was in the room without an interviewer, null while there is one.
 * `returning`: an interviewer was here before. `called`: the server says that it has called one anew.
 */
export function presence(waitedS: number | null, returning: boolean, called = false): Presence {
  if (waitedS === null) return "here";
  if (waitedS >= OFFER_RETRY_AFTER_S) return "offer_retry";
  if (returning) return "coming_back";
  if (called) return "delayed";
  return waitedS >= ON_THE_WAY_AFTER_S ? "on_the_way" : "joining";
}
