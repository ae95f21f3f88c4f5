import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/start.css";
import "./styles/interview.css";
import "./styles/settings.css";
import "./styles/history.css";
import "./styles/report.css";
import "./styles/replay.css";

import { AccountApi, PLAIN_WAYS } from "./core/account_api";
import { Api, Refused } from "./core/api";
import { DeviceMemory } from "./core/devices";
import { HistoryApi } from "./core/history_api";
import { readQuery } from "./core/history_query";
import { Inbox } from "./core/inbox";
import { ServerClock } from "./core/server_clock";
import { SettingsApi } from "./core/settings_api";
import { signInProblem } from "./core/sign_in_words";
import { authScreen } from "./screens/auth";
import { checkScreen } from "./screens/check";
import { problemScreen, type Screen, type Site, warning } from "./screens/frame";
import { historyScreen } from "./screens/history/screen";
import { roomSettings, visitInterview } from "./screens/interview/visit";
import { forgottenScreen, type LinkKind, linkScreen, readLink } from "./screens/links";
import { readReplay, visitReplay } from "./screens/replay/visit";
import { reportScreen } from "./screens/report/screen";
import { sectionOf } from "./screens/settings/sections";
import { loadSettings, settingsScreen } from "./screens/settings/screen";
import { readShared, visitShared } from "./screens/shared/visit";
import { startScreen } from "./screens/start";

const app = document.getElementById("app") as HTMLElement;
const clock = new ServerClock();
const INBOX_EVERY_MS = 3 * 60_000;
let shown: Screen | null = null;
let visit = 0;

const api = new Api(clock);
const historyApi = new HistoryApi(api);

const site: Site = {
  api,
  history: historyApi,
  inbox: new Inbox(historyApi, Date.now),
  store: storeOf("localStorage"),
  clock,
  devices: new DeviceMemory(storeOf("localStorage")),
  now: Date.now,
  user: null,
  go: (path) => {
    if (path !== location.pathname + location.search) history.pushState(null, "", path);
    void route();
  },
};

const tabStore = storeOf("sessionStorage");

function storeOf(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

function show(screen: Screen): void {
  shown?.close?.();
  shown = screen;
  document.title = screen.title;
  app.replaceChildren(screen.element);
  window.scrollTo(0, 0);
}

/** Shows what the address names. A newer visit makes an older one that still loads give way. */
async function route(): Promise<void> {
  const mine = ++visit;
  if (shown?.visit?.(location.pathname)) return;
  let cameBack = "";
  const put = (screen: Screen) => {
    if (mine !== visit) {
      screen.close?.();
      return;
    }
    // The screen to sign in says it itself.
    if (cameBack && site.user) screen.element.querySelector("main")?.prepend(warning(cameBack));
    show(screen);
  };
  const link = takeLink();
  if (link) {
    put(linkScreen(site, link.kind, link.token));
    return;
  }
  // Before anybody is asked who they are: a link needs no account.
  const secret = readShared(location.pathname);
  if (secret !== null) {
    await visitShared(site, secret, put);
    return;
  }
  cameBack = takeProblem();
  try {
    if (location.pathname === "/forgotten") {
      put(forgottenScreen(site, await ways()));
      return;
    }
    site.user ??= await site.api.me();
    site.inbox.belongsTo(site.user.id);
    const match = /^\/sessions\/([^/]+)\/?$/.exec(location.pathname);
    const report = /^\/sessions\/([^/]+)\/report\/?$/.exec(location.pathname);
    const replay = readReplay(location.pathname);
    if (replay) await visitReplay(site, replay, put);
    else if (report?.[1]) {
      const interview = await site.api.session(decodeURIComponent(report[1]));
      if (mine === visit) put(reportScreen(site, interview));
    } else if (match?.[1]) {
      const again = () => void route();
      await visitInterview(decodeURIComponent(match[1]), { site, put, current: () => mine === visit, again, tabStore });
    } else if (location.pathname === "/check") await deviceCheck(put, mine);
    else if (sectionOf(location.pathname)) put(settingsScreen(site, await loadSettings(site), location.pathname));
    else if (location.pathname === "/history") await pastInterviews(put, mine);
    else await start(put, mine);
  } catch (error) {
    if (mine !== visit) return;
    if (error instanceof Refused && error.status === 401) {
      site.user = null;
      put(
        authScreen(site, () => void route(), {
          ways: await ways(),
          problem: cameBack,
          next: location.pathname,
        }),
      );
    } else {
      put(problemScreen(site, error, () => void route()));
    }
  }
}

const ways = () => new AccountApi(site.api).ways().catch(() => PLAIN_WAYS);

/** The link of a mail that the address is. Its token goes out of the address and the history. */
function takeLink(): { kind: LinkKind; token: string } | null {
  const link = readLink(location.pathname);
  if (link?.token) history.replaceState(null, "", `/${link.kind}`);
  return link;
}

/** Why a sign-in by another provider came back without one, for once. */
function takeProblem(): string {
  const code = new URLSearchParams(location.search).get("problem");
  if (code !== null) history.replaceState(null, "", location.pathname);
  return signInProblem(code);
}

async function start(put: (screen: Screen) => void, mine: number): Promise<void> {
  const settings = new SettingsApi(site.api).load();
  const [scenarios, sessions, stored, next] = await Promise.all([
    site.api.scenarios(),
    site.api.sessions(),
    // They only spare choices: without them the page begins with the usual ones.
    settings.catch(() => null),
    site.history.next().catch(() => null),
  ]);
  if (mine === visit) put(startScreen(site, scenarios, sessions, stored?.values ?? null, next));
}

async function pastInterviews(put: (screen: Screen) => void, mine: number): Promise<void> {
  const query = readQuery(location.search);
  const [first, scenarios, next] = await Promise.all([
    site.history.page(query, null),
    site.api.scenarios(),
    // A suggestion is an extra: without it the list is still shown.
    site.history.next().catch(() => null),
  ]);
  if (mine === visit) put(historyScreen(site, { query, first, scenarios, next }));
}

async function deviceCheck(put: (screen: Screen) => void, mine: number): Promise<void> {
  const { pushToTalk } = await roomSettings(site);
  const done = (track: MediaStreamTrack | null) => {
    track?.stop();
    site.go("/");
  };
  if (mine === visit) put(checkScreen(site, "Back to the start", done, pushToTalk));
}

// Links of the page change the screen without a reload.
document.addEventListener("click", (event) => {
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.hasAttribute("download") || event.defaultPrevented) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  site.go(link.pathname + link.search);
});

// Between navigations notices are asked for now and then, while somebody looks.
setInterval(() => {
  if (site.user && document.visibilityState === "visible") void site.inbox.refresh();
}, INBOX_EVERY_MS);
window.addEventListener("popstate", () => void route());
void route();
