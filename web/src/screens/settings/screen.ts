import { AccountApi, PLAIN_WAYS, type Ways } from "../../core/account_api";
import type { Scenario } from "../../core/api";
import { fill, h } from "../../core/dom";
import { SettingsApi, type StoredSettings, type Voice } from "../../core/settings_api";
import { type Pending, SettingsSaver } from "../../core/settings_saver";
import { DIFFICULTIES, TONES } from "../choices";
import { type Screen, type Site, topLine } from "../frame";
import { accountSection } from "./account";
import { dataSection } from "./data";
import { devicesSection } from "./devices";
import type { Place } from "./field";
import { interviewSection } from "./interview";
import { notificationsSection } from "./notifications";
import { SECTIONS, type SectionId, sectionOf, sectionPath } from "./sections";
import { sharingSection } from "./sharing";

const NOT_STORED = "Viva does not answer, so this is not stored yet. It is kept here and tried again.";

const TRY_AGAIN_MS = 15_000;

/** What could not be stored because its user was signed out meanwhile. */
let left: { userId: string; pending: Pending[] } | null = null;

export interface LoadedSettings {
  stored: StoredSettings;
  scenarios: Scenario[];
  voices: Voice[];
  ways: Ways;
}

/** Without the voices and the ways to sign in the rest can still be set. */
export async function loadSettings(site: Site): Promise<LoadedSettings> {
  const settings = new SettingsApi(site.api);
  const [stored, scenarios, voices, ways] = await Promise.all([
    settings.load(),
    site.api.scenarios(),
    settings.voices().catch(() => []),
    new AccountApi(site.api).ways().catch(() => PLAIN_WAYS),
  ]);
  return { stored, scenarios, voices, ways };
}

/** All that can be set, a section at a time; every change is stored at once. */
export function settingsScreen(site: Site, loaded: LoadedSettings, path: string): Screen {
  const api = new SettingsApi(site.api);
  const saver = new SettingsSaver(loaded.stored, api.save, NOT_STORED);
  let undone: (() => void)[] = [];
  const place: Place = {
    site,
    saver,
    names: { scenarios: loaded.scenarios, voices: loaded.voices, difficulties: DIFFICULTIES, tones: TONES },
    onClose: (undo) => undone.push(undo),
  };
  const makers: Record<SectionId, () => HTMLElement[]> = {
    interview: () => interviewSection(place, loaded.scenarios),
    devices: () => devicesSection(place),
    notifications: () => notificationsSection(place, loaded.ways),
    sharing: () => sharingSection(place),
    account: () => accountSection(place, loaded.ways),
    data: () => dataSection(place),
  };
  const links = SECTIONS.map((section) => ({
    id: section.id,
    link: h("a", { href: sectionPath(section.id), test: `section-${section.id}` }, section.title),
  }));
  const content = h("div", { class: "settings-content" });

  function show(id: SectionId): void {
    leave();
    for (const one of links) {
      if (one.id === id) one.link.setAttribute("aria-current", "page");
      else one.link.removeAttribute("aria-current");
    }
    content.dataset["section"] = id;
    fill(content, ...makers[id]());
    screen.title = titleOf(id);
    document.title = screen.title;
  }

  function leave(): void {
    for (const undo of undone) undo();
    undone = [];
  }

  /** What was changed on another device while nobody looked here. */
  const onVisible = () => {
    if (document.visibilityState === "visible") void api.load().then((stored) => saver.takeIn(stored), () => undefined);
  };
  const onOnline = () => void saver.retry();
  const trying = setInterval(onOnline, TRY_AGAIN_MS);
  const onUnload = (event: BeforeUnloadEvent) => {
    if (saver.dirty) event.preventDefault();
  };
  saver.on("signedOut", () => {
    if (site.user) left = { userId: site.user.id, pending: saver.pending() };
    site.user = null;
    site.go(location.pathname);
  });
  document.addEventListener("visibilitychange", onVisible);
  window.addEventListener("online", onOnline);
  window.addEventListener("beforeunload", onUnload);

  const element = h(
    "div",
    {},
    topLine(site),
    h(
      "main",
      { class: "settings", test: "settings-screen" },
      h("h1", {}, "Settings"),
      h("nav", { "aria-label": "Settings" }, h("ul", { class: "settings-nav" }, ...links.map(({ link }) => h("li", {}, link)))),
      content,
    ),
  );
  const first = sectionOf(path) ?? "interview";
  const screen: Screen = {
    element,
    title: titleOf(first),
    visit: (next) => {
      const section = sectionOf(next);
      if (section === null || site.user === null) return false;
      show(section);
      return true;
    },
    close: () => {
      leave();
      clearInterval(trying);
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("online", onOnline);
      window.removeEventListener("beforeunload", onUnload);
      // The last chance of what has not been stored.
      void saver.retry();
    },
  };
  if (left && left.userId === site.user?.id) void saver.restore(left.pending);
  left = null;
  show(first);
  return screen;
}

function titleOf(id: SectionId): string {
  return `${SECTIONS.find((section) => section.id === id)?.title ?? ""} settings · Viva`;
}
