import { Refused } from "./api";
import { Emitter } from "./emitter";
import type { Field, PatchedSettings, Settings, SettingsPatch, StoredSettings } from "./settings_api";

/** How a field stands with the server. */
export type Saving =
  | { kind: "at_rest" }
  | { kind: "saving" }
  | { kind: "saved" }
  /** Stored, over another device's value that this one had not seen. */
  | { kind: "overwrote"; theirs: unknown; changedAt: string }
  /** Not stored; what was entered is kept. `again`: trying the same once more can help. */
  | { kind: "failed"; message: string; again: boolean };

export interface Pending {
  field: Field;
  value: unknown;
  /** The version on which it was chosen. */
  base: number;
}

interface Events {
  /** How a field stands has changed. */
  saving: Field;
  /** The value of a field has changed, and not here. */
  changed: Field;
  /** Nobody is signed in any longer. */
  signedOut: undefined;
}

const AT_REST: Saving = { kind: "at_rest" };

/**
 * Keeps settings in step with the server, field by field: one request at a time, one field in each,
 * so that what is wrong with one holds up no other. Of several changes to a field the last is sent.
 */
export class SettingsSaver extends Emitter<Events> {
  private values: Settings;
  private versions: Record<Field, number>;
  /** What was chosen here and is not stored yet, oldest first. */
  private readonly wanted = new Map<Field, unknown>();
  private readonly states = new Map<Field, Saving>();
  private running: Promise<void> | null = null;

  constructor(
    stored: StoredSettings,
    private readonly save: (patch: SettingsPatch) => Promise<PatchedSettings>,
    private readonly unreachable: string,
  ) {
    super();
    this.values = { ...stored.values };
    this.versions = { ...stored.versions };
  }

  /** The value as chosen here, or else as stored. */
  value<F extends Field>(field: F): Settings[F] {
    return (this.wanted.has(field) ? this.wanted.get(field) : this.values[field]) as Settings[F];
  }

  saving(field: Field): Saving {
    return this.states.get(field) ?? AT_REST;
  }

  /** Whether something was chosen that is not stored. */
  get dirty(): boolean {
    return this.wanted.size > 0;
  }

  /** What was chosen and is not stored, for another saver of the same user. */
  pending(): Pending[] {
    return [...this.wanted].map(([field, value]) => ({ field, value, base: this.versions[field] }));
  }

  /** Goes on with what another saver could not store, on the versions that its chooser saw. */
  restore(pending: readonly Pending[]): Promise<void> {
    for (const { field, value, base } of pending) {
      this.versions[field] = base;
      void this.change(field, value as never);
    }
    return this.run();
  }

  /** Stores `value`. Resolves when nothing is left to send. */
  change<F extends Field>(field: F, value: Settings[F]): Promise<void> {
    this.wanted.delete(field);
    this.wanted.set(field, value);
    this.put(field, { kind: "saving" });
    return this.run();
  }

  /** Sends again what failed for want of an answer. */
  retry(): Promise<void> {
    for (const field of this.wanted.keys()) {
      const state = this.saving(field);
      if (state.kind === "failed" && state.again) this.put(field, { kind: "saving" });
    }
    return this.run();
  }

  /** Another device's value is let go: what was stored here stays. */
  keepMine(field: Field): void {
    if (this.saving(field).kind === "overwrote") this.put(field, { kind: "saved" });
  }

  /** Puts another device's value back in place of the one stored here. */
  takeTheirs(field: Field): Promise<void> {
    const state = this.saving(field);
    if (state.kind !== "overwrote") return Promise.resolve();
    const stored = this.change(field, state.theirs as never);
    this.emit("changed", field);
    return stored;
  }

  /** Takes in what the server holds now; what was chosen here and is not stored yet stays. */
  takeIn(stored: StoredSettings): void {
    for (const field of Object.keys(stored.values) as Field[]) {
      if (stored.versions[field] < (this.versions[field] ?? 0)) continue;
      const before = this.values[field];
      (this.values as unknown as Record<string, unknown>)[field] = stored.values[field];
      // The base of a field that is still to be sent is what its chooser saw.
      if (this.wanted.has(field)) continue;
      this.versions[field] = stored.versions[field];
      if (!same(before, stored.values[field])) this.emit("changed", field);
    }
  }

  private run(): Promise<void> {
    if (this.nextField() === null) return Promise.resolve();
    this.running ??= this.sendAll();
    return this.running;
  }

  private async sendAll(): Promise<void> {
    try {
      for (let next = this.nextField(); next !== null; next = this.nextField()) await this.send(next);
    } finally {
      this.running = null;
    }
  }

  private nextField(): Field | null {
    for (const field of this.wanted.keys()) if (this.saving(field).kind === "saving") return field;
    return null;
  }

  private async send(field: Field): Promise<void> {
    const value = this.wanted.get(field);
    let answer: PatchedSettings;
    try {
      answer = await this.save({ values: { [field]: value }, base: { [field]: this.versions[field] } });
    } catch (error) {
      this.fail(field, value, error);
      return;
    }
    this.versions[field] = answer.versions[field];
    const newer = !same(this.wanted.get(field), value);
    if (!newer) this.wanted.delete(field);
    (this.values as unknown as Record<string, unknown>)[field] = value;
    this.takeIn(answer);
    const lost = answer.overwrote.find((one) => one.field === field);
    if (newer) return;
    const unseen = lost !== undefined && !same(lost.value, value);
    this.put(
      field,
      unseen ? { kind: "overwrote", theirs: lost.value, changedAt: lost.changed_at } : { kind: "saved" },
    );
  }

  private fail(field: Field, value: unknown, error: unknown): void {
    if (error instanceof Refused && error.status === 401) this.emit("signedOut", undefined);
    // A newer value is on its way already.
    if (!same(this.wanted.get(field), value)) return;
    const refused = error instanceof Refused ? error : null;
    const fieldWord = refused && (refused.fields[`values.${field}`] ?? refused.fields[field]);
    this.put(field, {
      kind: "failed",
      message: fieldWord ?? refused?.message ?? this.unreachable,
      again: refused === null || refused.status === 429 || refused.status === 503,
    });
  }

  private put(field: Field, state: Saving): void {
    this.states.set(field, state);
    this.emit("saving", field);
  }
}

/** Whether two JSON values say the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
