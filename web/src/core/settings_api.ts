import type { Api } from "./api";

/** A user's settings. Durations are seconds; null leaves it to the scenario or the installation. */
export interface Settings {
  scenario_id: string | null;
  difficulty: string | null;
  tone: string;
  segment_seconds: number[] | null;
  buffer_seconds: number;
  audio_only: boolean;
  voice: string | null;
  speaking_rate: number;
  captions: boolean;
  push_to_talk: boolean;
  time_zone: string;
  /** Days after a session at which a reminder comes; null for none. */
  reminder_days: number | null;
  digest: "off" | "weekly" | "monthly";
  email_notifications: boolean;
  share_anonymised: boolean;
  record: "ask" | "never";
  /** Days after which a recording goes by itself; null for never. */
  keep_recordings_days: number | null;
}

export type Field = keyof Settings;

/** `versions` counts the writes of each field; 0 was never set. */
export interface StoredSettings {
  values: Settings;
  versions: Record<Field, number>;
}

/** A value that a write took the place of, without its writer having seen it. */
export interface Overwrote {
  field: Field;
  value: unknown;
  changed_at: string;
}

export interface Voice {
  id: string;
  title: string;
}

export interface SettingsPatch {
  values: Partial<Settings>;
  base: Partial<Record<Field, number>>;
}

export type PatchedSettings = StoredSettings & { overwrote: Overwrote[] };

/** The calls about settings. Each throws Refused or Unreachable. */
export class SettingsApi {
  constructor(private readonly api: Pick<Api, "call">) {}

  load = () => this.api.call<StoredSettings>("GET", "/me/settings");
  save = (patch: SettingsPatch) => this.api.call<PatchedSettings>("PATCH", "/me/settings", patch);
  voices = async () => (await this.api.call<{ items: Voice[] }>("GET", "/voices")).items;
}
