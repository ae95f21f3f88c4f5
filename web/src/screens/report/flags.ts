import { h } from "../../core/dom";
import { chosenMoments, momentName, shortened } from "../../core/moments";
import type { Report, ReportFlag } from "../../core/report_api";
import type { Moments } from "./moments";

/** The answers that stood out: the most telling ones, and a step away all others. */
export function flagsPart({ flags }: Report, moments: Moments): HTMLElement | null {
  if (flags.length === 0) return null;
  const first = chosenMoments(flags);
  const others = flags.filter((one) => !first.includes(one));
  return h(
    "section",
    { class: "stack", test: "flags" },
    h("h2", {}, "Flagged moments"),
    h("ol", { class: "moments" }, ...first.map((one) => flag(one, moments))),
    others.length > 0 &&
      h(
        "details",
        { class: "other-view", "data-key": "flags" },
        h("summary", {}, others.length === 1 ? "One more" : `${others.length} more`),
        h("ol", { class: "moments" }, ...others.map((one) => flag(one, moments))),
      ),
  );
}

function flag(one: ReportFlag, moments: Moments): HTMLElement {
  return h(
    "li",
    { class: "moment", test: "flag", "data-flag": one.flag },
    h("p", { class: "by" }, h("span", { class: "flag-mark", "aria-hidden": "true", "data-mark": one.flag }), h("span", {}, momentName(one.flag))),
    one.question !== "" && h("p", { class: "muted" }, one.question),
    h("blockquote", {}, shortened(one.answer)),
    h("p", { class: "small" }, one.reason),
    h("div", {}, moments.at(one, "this answer")),
  );
}
