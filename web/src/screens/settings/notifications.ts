import type { Ways } from "../../core/account_api";
import { fill, h } from "../../core/dom";
import type { Settings } from "../../core/settings_api";
import { DIGESTS, REMINDER_DAYS, reminderText } from "../../core/settings_words";
import { choices } from "../choices";
import { fieldRow, follow, groupRow, part, type Place, selectOf, switchRow } from "./field";

/** What one is told, when, and where. */
export function notificationsSection(place: Place, ways: Ways): HTMLElement[] {
  const { saver, site } = place;
  const reminder = selectOf(
    place,
    "reminder_days",
    [null, ...REMINDER_DAYS].map((days) => ({
      value: days === null ? "" : String(days),
      text: capital(reminderText(days)),
    })),
    (value) => void saver.change("reminder_days", value === "" ? null : Number(value)),
  );
  const digest = h("div", {});
  follow(place, "digest", () =>
    fill(
      digest,
      choices("digest", DIGESTS, saver.value("digest"), (id) => void saver.change("digest", id as Settings["digest"])),
    ),
  );
  return [
    part(
      "What you are told",
      "It appears at the bell in the top line.",
      fieldRow(place, "reminder_days", "Remind me to practise again", "Counted from the end of an interview.", reminder),
      groupRow(place, "digest", "A summary of your feedback", digest),
      ways.mail
        ? switchRow(
            place,
            "email_notifications",
            "By e-mail too",
            `To ${site.user?.email ?? "your address"}. Every mail has a link that stops them.`,
          ).row
        : h("p", { class: "muted small", test: "no-mail" }, "This installation sends no mail; what there is to say is in the page."),
    ),
    part("When", "", timeZone(place)),
  ];
}

function timeZone(place: Place): HTMLElement {
  const { saver } = place;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), own])].sort();
  const select = selectOf(
    place,
    "time_zone",
    zones.map((zone) => ({ value: zone, text: zone.replaceAll("_", " ") })),
    (value) => change(value),
  );
  const suggestion = h("div", { class: "row" });

  function change(zone: string): void {
    void saver.change("time_zone", zone);
    draw();
  }

  function draw(): void {
    const use = h(
      "button",
      {
        class: "button",
        type: "button",
        test: "time-zone-own",
        on: {
          click: () => {
            select.value = own;
            change(own);
          },
        },
      },
      `Use ${own.replaceAll("_", " ")}, as this browser does`,
    );
    fill(suggestion, saver.value("time_zone") !== own && use);
  }

  follow(place, "time_zone", draw);
  const shown = h("div", { class: "stack tight" }, select, suggestion);
  return fieldRow(place, "time_zone", "Time zone", "Reminders and summaries come in the morning there.", select, shown);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
