/** How long the page has been without an interviewer, and what it says about it. */
export type Presence = "here" | "joining" | "on_the_way" | "offer_retry" | "coming_back";

export const ON_THE_WAY_AFTER_S = 5;
export const OFFER_RETRY_AFTER_S = 20;

/**
 * `waitedS`: seconds since the page was in the room without an interviewer, null while there is one.
 * `returning`: an interviewer was here before, or the server says that another one is being sent.
 */
export function presence(waitedS: number | null, returning: boolean): Presence {
  if (waitedS === null) return "here";
  if (waitedS >= OFFER_RETRY_AFTER_S) return "offer_retry";
  if (returning) return "coming_back";
  return waitedS >= ON_THE_WAY_AFTER_S ? "on_the_way" : "joining";
}
