import { transcriptFile } from "../../core/api";
import { disclosure } from "../../core/disclosure";
import { h } from "../../core/dom";
import { bundleFile, recordingFile, replayAddress, reportFile, reviewAddress } from "../../core/report_api";
import type { TestId } from "../../testids";

export interface ActionParts {
  sessionId: string;
  own: boolean;
  hasSound(): boolean;
  share(): void;
}

/** What can be done with a report: replay, share, take along. */
export function reportActions(parts: ActionParts): HTMLElement {
  const { sessionId: id, own } = parts;
  const files: { text: string; href: string; name: string; test: TestId; sound?: boolean }[] = [
    { text: "Report as PDF", href: reportFile(id, "pdf"), name: "report.pdf", test: "report-pdf" },
    { text: "Report as Markdown", href: reportFile(id, "md"), name: "report.md", test: "report-md" },
    { text: "Report as JSON", href: reportFile(id, "json"), name: "report.json", test: "report-json" },
    { text: "Transcript as subtitles", href: transcriptFile(id, "vtt"), name: "interview.vtt", test: "report-vtt" },
    { text: "Recording", href: `${recordingFile(id)}?download=1`, name: "interview.ogg", test: "report-recording", sound: true },
    ...(own ? [{ text: "Everything, as one file", href: bundleFile(id), name: "interview.zip", test: "report-bundle" as const }] : []),
  ];
  const rows = files.map(({ text, href, name, test, sound }) => ({
    sound: sound === true,
    row: h("li", {}, h("a", { class: "menu-entry", href, download: name, test, on: { click: () => downloads.close() } }, text)),
  }));
  const opener = h(
    "button",
    { class: "button", type: "button", on: { click: draw } },
    "Download",
    h("span", { class: "caret", "aria-hidden": "true" }),
  );
  const list = h("ul", { class: "menu-list", id: "report-downloads" }, ...rows.map(({ row }) => row));
  const downloads = disclosure(opener, list, "menu");

  /** The recording is there or not by the time that the list opens. */
  function draw(): void {
    for (const { sound, row } of rows) row.hidden = sound && !parts.hasSound();
  }

  return h(
    "div",
    { class: "row report-actions" },
    h("a", { class: "button primary", href: replayAddress(id), test: "report-replay" }, "Open the replay"),
    !own && h("a", { class: "button", href: reviewAddress(id), test: "report-review" }, "Comment and score"),
    own && h("button", { class: "button", type: "button", test: "report-share", on: { click: parts.share } }, "Share"),
    downloads.element,
  );
}
