/** Why a microphone cannot be used. Each has a sentence of its own in words.ts. */
export type MicProblem = "refused" | "none" | "busy" | "lost" | "unsupported" | "failed";

/** What getUserMedia's error means. */
export function micProblem(error: unknown): MicProblem {
  const name = (error as { name?: unknown } | null)?.name;
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  if (name === "UnsupportedError") return "unsupported";
  return "failed";
}

export interface Remembered {
  microphone: string;
  microphoneName: string;
  speaker: string;
  /** Epoch ms of the last check at which something was heard. */
  heardAt: number;
}

const KEY = "viva.devices";
const FINE_FOR_MS = 36 * 3600 * 1000;

interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** This browser's choice of devices. A store that is off or full is the same as an empty one. */
export class DeviceMemory {
  constructor(private readonly store: Store | null) {}

  load(): Remembered | null {
    try {
      const value: unknown = JSON.parse(this.store?.getItem(KEY) ?? "null");
      if (typeof value !== "object" || value === null) return null;
      const found = value as Partial<Remembered>;
      return {
        microphone: String(found.microphone ?? ""),
        microphoneName: String(found.microphoneName ?? ""),
        speaker: String(found.speaker ?? ""),
        heardAt: Number(found.heardAt) || 0,
      };
    } catch {
      return null;
    }
  }

  save(devices: Remembered): void {
    try {
      this.store?.setItem(KEY, JSON.stringify(devices));
    } catch {
      // Private windows may refuse to store: the check is then simply shown again.
    }
  }

  /** Whether the check may be skipped at `now`. */
  wasFine(now: number): Remembered | null {
    const found = this.load();
    return found && now - found.heardAt >= 0 && now - found.heardAt < FINE_FOR_MS ? found : null;
  }
}

/** 0..1 for a meter, from time-domain samples around 0; speech sits in the middle. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  const decibels = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}

/** The level from which the meter counts as having heard somebody. */
export const HEARD_LEVEL = 0.35;
