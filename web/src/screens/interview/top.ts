import { h, setText } from "../../core/dom";
import { clockText, spokenTime } from "../../core/format";
import type { View } from "../../room/controller";

export interface Top {
  element: HTMLElement;
  draw(view: Pick<View, "progress" | "shown">): void;
}

/** The segment's clock, the whole interview's, and the five-part bar. */
export function top(segments: readonly { id: string; title: string }[]): Top {
  const name = h("h1", { class: "segment-name", test: "segment-name" });
  const clock = h("p", { class: "segment-clock figures", role: "timer", "aria-live": "off", test: "segment-clock" });
  const total = h("p", { class: "total-clock figures muted", "aria-live": "off", test: "total-clock" });
  const parts = segments.map((segment) => {
    const filled = h("span", { class: "fill" });
    const part = h(
      "li",
      { class: "part", test: `progress-${segment.id}` },
      h("span", { class: "track" }, filled),
      h("span", { class: "label small" }, segment.title),
    );
    return { part, filled };
  });
  const bar = h("ol", { class: "progress", "aria-label": "Parts of the interview" }, ...parts.map(({ part }) => part));

  function draw(view: Pick<View, "progress" | "shown">): void {
    const { progress, shown } = view;
    setText(name, segments[progress.index]?.title ?? (shown.state === "ended" ? "The end" : "Before we begin"));
    const planned = progress.parts[0]?.allottedS ?? 0;
    const left = shown.state === "ended" ? 0 : (progress.remainingS ?? planned);
    setText(clock, clockText(left));
    clock.setAttribute("aria-label", `${spokenTime(left)} left in this part`);
    setText(total, `${clockText(Math.floor(progress.elapsedS))} of ${clockText(Math.round(progress.totalS))}`);
    progress.parts.forEach((figures, index) => {
      const shownPart = parts[index];
      if (!shownPart) return;
      const { part, filled } = shownPart;
      part.dataset["part"] = figures.state;
      part.style.flexGrow = String(Math.max(figures.allottedS, progress.totalS / 25));
      filled.style.transform = `scaleX(${figures.fraction.toFixed(4)})`;
      if (figures.state === "live") part.setAttribute("aria-current", "step");
      else part.removeAttribute("aria-current");
    });
  }

  const element = h(
    "header",
    { class: "interview-top" },
    h("div", { class: "clocks" }, name, clock, total),
    bar,
  );
  return { element, draw };
}
