import { fill, h } from "../../core/dom";
import { KEEP_DAYS, keepText, RECORDS } from "../../core/record_choice";
import type { Settings } from "../../core/settings_api";
import { choices } from "../choices";
import { fieldRow, follow, groupRow, part, type Place, selectOf } from "./field";

/** Whether interviews are recorded, and for how long. */
export function recordingsPart(place: Place): HTMLElement {
  const { saver } = place;
  const record = h("div", {});
  follow(place, "record", () =>
    fill(
      record,
      choices("record", RECORDS, saver.value("record"), (id) => void saver.change("record", id as Settings["record"])),
    ),
  );
  const keep = selectOf(
    place,
    "keep_recordings_days",
    [null, ...KEEP_DAYS].map((days) => ({ value: days === null ? "" : String(days), text: capital(keepText(days)) })),
    (value) => void saver.change("keep_recordings_days", value === "" ? null : Number(value)),
  );
  return part(
    "Recordings",
    "The sound of your interviews. Transcript and report stay when a recording goes.",
    groupRow(place, "record", "Recording", record),
    fieldRow(place, "keep_recordings_days", "Keep recordings", "Older ones are removed for good, once a day.", keep),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
