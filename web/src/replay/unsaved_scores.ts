import { draftKey } from "../core/drafts";
import type { GivenScore } from "../core/replay_api";

/**
 * Scores that no server has confirmed yet, kept where the page is read again from: what is sent on leaving
 * may land after the next page has asked what there is.
 */
export class UnsavedScores {
  readonly #store: Storage | null;
  readonly #key: string;

  constructor(store: Storage | null, userId: string, interviewId: string) {
    this.#store = store;
    // A draft like the others: it goes with the account.
    this.#key = draftKey(userId, interviewId, "scores");
  }

  keep(scores: readonly GivenScore[]): void {
    try {
      this.#store?.setItem(this.#key, JSON.stringify(scores));
    } catch {
      // A full or forbidden store: they are sent all the same.
    }
  }

  /** Of the given criteria; none where all were confirmed. */
  left(criteria: readonly { id: string }[]): GivenScore[] {
    try {
      const kept: unknown = JSON.parse(this.#store?.getItem(this.#key) ?? "null");
      if (!Array.isArray(kept)) return [];
      return kept.filter((one): one is GivenScore => isScore(one) && criteria.some(({ id }) => id === one.criterion));
    } catch {
      return [];
    }
  }

  confirmed(): void {
    try {
      this.#store?.removeItem(this.#key);
    } catch {
      // The same scores are sent once more the next time.
    }
  }
}

function isScore(one: Partial<GivenScore> | null): boolean {
  return (
    typeof one === "object" &&
    one !== null &&
    typeof one.criterion === "string" &&
    typeof one.note === "string" &&
    (one.level === null || [1, 2, 3, 4].includes(one.level as number))
  );
}
