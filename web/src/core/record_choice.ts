import type { Settings } from "./settings_api";

/** What of the settings decides whether a recording is asked for. */
export type RecordSettings = Pick<Settings, "record" | "keep_recordings_days">;

const KEY = "viva.record.";

interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** What this user last answered in this browser; false until they said yes themselves. */
export class LastAnswer {
  constructor(
    private readonly store: Store | null,
    private readonly userId: string,
  ) {}

  load(): boolean {
    try {
      return this.store?.getItem(KEY + this.userId) === "yes";
    } catch {
      return false;
    }
  }

  save(granted: boolean): void {
    try {
      this.store?.setItem(KEY + this.userId, granted ? "yes" : "no");
    } catch {
      // The next interview then begins with a no, as the first one did.
    }
  }
}

/** Whether to ask before the interview: not who never wants to be, nor twice. */
export function asksToRecord(settings: RecordSettings, consent: boolean | null | undefined): boolean {
  return settings.record === "ask" && (consent ?? null) === null;
}

/** Whether one can say yes or no, before the interview and during it: not who never wants to be
 * recorded and is not. */
export function offersRecording(settings: RecordSettings, consent: boolean | null | undefined): boolean {
  return settings.record === "ask" || consent === true;
}

/** What is kept, where, who hears it, and for how long. */
export function recordText(settings: RecordSettings): string {
  const days = settings.keep_recordings_days;
  const until = days === null ? "until you delete it" : `for ${daysText(days)}, or until you delete it`;
  return `Your voice and the interviewer's, kept on this Viva ${until}, so that you can hear every moment of the report. Nobody else hears it unless you name them or give them a link.`;
}

export const KEEP_DAYS = [7, 30, 90, 365] as const;

export function keepText(days: number | null): string {
  return days === null ? "until you delete them" : daysText(days);
}

function daysText(days: number): string {
  if (days === 365) return "a year";
  return days === 1 ? "a day" : `${days} days`;
}

export const RECORDS = [
  { id: "ask", name: "Ask each time", says: "Before each interview you are asked whether it may be recorded." },
  { id: "never", name: "Never", says: "Nothing is recorded, and you are not asked." },
] as const;
