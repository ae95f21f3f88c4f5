import { h } from "../../core/dom";
import type { Measure, Report } from "../../core/report_api";
import { measureText } from "../../core/report_words";
import type { Moments } from "./moments";

/** How it was said, apart from what was said. */
export function deliveryPart({ delivery }: Report, moments: Moments): HTMLElement | null {
  if (delivery.measures.length === 0) return null;
  return h(
    "section",
    { class: "stack tight", test: "delivery" },
    h("h2", {}, "Delivery"),
    h("p", { class: "muted small" }, delivery.limits),
    h("dl", { class: "measures" }, ...delivery.measures.map((one) => measure(one, moments))),
  );
}

function measure(one: Measure, moments: Moments): HTMLElement {
  const { start_ms: start, end_ms: end } = one;
  return h(
    "div",
    { class: "measure", test: "measure", "data-measure": one.id },
    h("dt", { class: "small" }, one.label),
    h(
      "dd",
      {},
      h("span", { class: one.value === null ? "muted" : "figure figures" }, measureText(one)),
      one.note !== "" && h("span", { class: "muted small" }, one.note),
      start !== null && end !== null && moments.at({ start_ms: start, end_ms: end }, one.label),
    ),
  );
}
