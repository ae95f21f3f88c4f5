import { h } from "../../core/dom";
import { clockText } from "../../core/format";
import type { Moment } from "../../core/moment_player";
import type { Evidence } from "../../core/report_api";
import type { Dock } from "./dock";

const FIRST_SEEN = 2;

/** How the moments of one report are shown: heard here, opened in the replay, or read alone. */
export class Moments {
  constructor(
    private readonly dock: Dock | null,
    private readonly replayAt: ((atMs: number) => string) | null,
  ) {}

  /** A quote with the moment at which it was said. */
  quote(said: Evidence): HTMLElement {
    const hinted = said.hints > 0 && h("span", { class: "tag" }, said.hints === 1 ? "after a hint" : `after ${said.hints} hints`);
    return h("li", { class: "chip-place" }, this.press("chip", said, said.quote, hinted || null));
  }

  /** The first few; the others are a step away. `key` tells this place from others of the report. */
  quotes(all: readonly Evidence[], key: string): HTMLElement | null {
    if (all.length === 0) return null;
    const rows = all.map((one) => this.quote(one));
    const more = rows.length - FIRST_SEEN;
    const list = h("ul", { class: "chips" }, ...rows.slice(0, FIRST_SEEN));
    if (more <= 0) return list;
    return h(
      "div",
      {},
      list,
      h(
        "details",
        { class: "other-view", "data-key": `quotes-${key}` },
        h("summary", {}, more === 1 ? "One more quote" : `${more} more quotes`),
        h("ul", { class: "chips" }, ...rows.slice(FIRST_SEEN)),
      ),
    );
  }

  /** A moment without words of its own; `name` says what it is to who does not see where it stands. */
  at(moment: Moment, name: string): HTMLElement {
    return this.press("chip bare", moment, name, null);
  }

  private press(look: "chip" | "chip bare", moment: Moment, words: string, more: HTMLElement | null): HTMLElement {
    const inside = (verb: string) => [
      verb !== "" && h("span", { class: "sign", "aria-hidden": "true", "data-sign": verb === "Play" ? "play" : "open" }),
      verb !== "" && h("span", { class: "visually-hidden" }, `${verb} `),
      h("span", { class: "chip-time figures" }, clockText(Math.floor(moment.start_ms / 1000))),
      look === "chip" ? h("q", { class: "chip-quote" }, words) : h("span", { class: "visually-hidden" }, `, ${words}`),
      more,
    ];
    const known = { "data-start": moment.start_ms, "data-end": moment.end_ms, test: "evidence" } as const;
    if (this.dock) {
      const { dock } = this;
      const button: HTMLElement = h(
        "button",
        { class: look, type: "button", "data-playing": "no", ...known, on: { click: () => dock.press(button, moment, words) } },
        ...inside("Play"),
      );
      return button;
    }
    if (this.replayAt) return h("a", { class: look, href: this.replayAt(moment.start_ms), ...known }, ...inside("Open"));
    return h("span", { class: look, ...known }, ...inside(""));
  }
}
