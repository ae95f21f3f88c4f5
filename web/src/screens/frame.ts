import { type Api, Refused, type User } from "../core/api";
import type { DeviceMemory } from "../core/devices";
import { h } from "../core/dom";
import type { ServerClock } from "../core/server_clock";
import { UNREACHABLE } from "../core/words";
import type { HistoryApi } from "../core/history_api";
import type { Inbox } from "../core/inbox";
import { bell } from "./bell";
import { menu } from "./menu";

/** What every screen is given. */
export interface Site {
  api: Api;
  clock: ServerClock;
  devices: DeviceMemory;
  now: () => number;
  /** Shows the screen at `path`. */
  go(path: string): void;
  user: User | null;
  history: HistoryApi;
  inbox: Inbox;
  /** What this browser keeps between visits; null where it keeps nothing. */
  store: Storage | null;
}

export interface Screen {
  element: HTMLElement;
  title: string;
  close?: () => void;
  /** Shows what `path` names within this screen; false when it is not of this screen. */
  visit?: (path: string) => boolean;
}

/** The line at the top of every screen but the interview's. */
export function topLine(site: Site): HTMLElement {
  const leave = async () => {
    await site.api.logout().catch(() => undefined);
    site.user = null;
    site.go("/");
  };
  return h(
    "header",
    { class: "top" },
    h("a", { class: "brand", href: "/" }, "Viva"),
    site.user &&
      h(
        "div",
        { class: "who" },
        bell(site.inbox),
        menu(site.user.name, [
          { text: "History", href: "/history", test: "menu-history" },
          { text: "Settings", href: "/settings", test: "menu-settings" },
          { text: "Sign out", press: () => void leave(), test: "sign-out" },
        ]),
      ),
  );
}

/** What went wrong on the way here, at the top of a screen. */
export function warning(text: string): HTMLElement {
  return h("div", { class: "banner warning", role: "alert", test: "page-warning" }, h("p", {}, text));
}

/** A screen that could not be shown: what happened, and a way on. */
export function problemScreen(site: Site, error: unknown, retry: () => void): Screen {
  const missing = error instanceof Refused && error.status === 404;
  const text = missing
    ? "There is no such interview here. It may belong to another account."
    : error instanceof Refused
      ? error.message
      : "Viva does not answer just now. Nothing is lost; try again in a moment.";
  const button = missing
    ? h("a", { class: "button primary", href: "/" }, "Back to the start")
    : h(
        "button",
        { class: "button primary", type: "button", test: "page-retry", on: { click: retry } },
        "Try again",
      );
  return {
    title: "Viva",
    element: h(
      "div",
      {},
      topLine(site),
      h(
        "main",
        { class: "column narrow" },
        h("div", { class: "stack", test: "page-problem", role: "alert" }, h("h1", {}, text)),
        h("div", { class: "row" }, button),
      ),
    ),
  };
}

/** The sentence to show for a call that failed. */
export function sentence(error: unknown): string {
  return error instanceof Refused ? error.message : UNREACHABLE;
}
