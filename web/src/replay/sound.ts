import { type RecordingState, Refused } from "../core/api";
import type { Peaks } from "../core/replay_api";

/** What the interview says of its recording. */
export type RecordingFacts = Pick<RecordingState, "consent" | "state">;

export type Sound =
  | { kind: "ready"; peaks: Peaks }
  /** It comes by itself; `text` says what is waited for. */
  | { kind: "waiting"; text: string }
  | { kind: "none"; text: string };

const RETRY_MS = 4000;

const LATER = "The recording is still being put together. It comes up here by itself.";
const AWAY = "Viva does not answer just now, so there is no sound yet. Trying again.";

/** Why there is no sound, and what there is. */
export function whySilent(facts: RecordingFacts | undefined): string {
  if (facts?.state === "deleted") return "The recording was deleted. What was said can still be read.";
  if (facts?.state === "failed") return "The recording could not be put together. What was said can still be read.";
  if (facts?.consent === false) return "This interview was not recorded, as was chosen. What was said can be read.";
  return "There is no recording of this interview. What was said can be read.";
}

/**
 * Asks for the sound until it is known whether there is any, and tells `show` each time. The answer
 * stops it. `later` calls back after so many milliseconds and answers how to take that back.
 */
export function awaitSound(
  ask: () => Promise<Peaks>,
  facts: RecordingFacts | undefined,
  show: (sound: Sound) => void,
  later: (work: () => void, ms: number) => () => void,
): () => void {
  let stopped = false;
  let cancel = (): void => undefined;

  async function look(): Promise<void> {
    const sound = await ask().then(
      (peaks): Sound => ({ kind: "ready", peaks }),
      (error: unknown) => soundOf(error, facts),
    );
    if (stopped) return;
    show(sound);
    if (sound.kind === "waiting") cancel = later(() => void look(), RETRY_MS);
  }

  if (facts && (facts.state === "deleted" || facts.state === "failed" || facts.state === null)) {
    show({ kind: "none", text: whySilent(facts) });
  } else {
    void look();
  }
  return () => {
    stopped = true;
    cancel();
  };
}

function soundOf(error: unknown, facts: RecordingFacts | undefined): Sound {
  if (!(error instanceof Refused)) return { kind: "waiting", text: AWAY };
  if (error.status === 409) return { kind: "waiting", text: LATER };
  return { kind: "none", text: error.status === 404 ? whySilent(facts) : error.message };
}
