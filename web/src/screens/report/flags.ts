import type { Flagged } from "../../core/api";
import { h } from "../../core/dom";
import { momentName, shortened } from "../../core/moments";
import type { Report, ReportFlag } from "../../core/report_api";
import type { Moments } from "./moments";

/** Every answer that stood out, in the order of the interview. */
export function flagsPart({ flags }: Report, moments: Moments): HTMLElement | null {
  if (flags.length === 0) return null;
  return h(
    "section",
    { class: "stack", test: "flags" },
    h("h2", {}, "Flagged moments"),
    h("ol", { class: "moments" }, ...flags.map((one) => flag(one, moments))),
  );
}

function flag(one: ReportFlag, moments: Moments): HTMLElement {
  return h(
    "li",
    { class: "moment", test: "flag", "data-flag": one.flag },
    h("p", { class: "by" }, h("span", { class: "flag-mark", "aria-hidden": "true", "data-mark": one.flag }), h("span", {}, momentName(one.flag as Flagged["flag"]))),
    one.question !== "" && h("p", { class: "muted" }, one.question),
    h("blockquote", {}, shortened(one.answer)),
    h("p", { class: "small" }, one.reason),
    h("div", {}, moments.at(one, "this answer")),
  );
}
