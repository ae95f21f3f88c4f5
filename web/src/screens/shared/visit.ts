import { AccountApi, PLAIN_WAYS } from "../../core/account_api";
import { Api, Refused } from "../../core/api";
import { h } from "../../core/dom";
import { reviewAddress, type Shared, SharedApi } from "../../core/replay_api";
import { authScreen } from "../auth";
import { type Screen, sentence, type Site } from "../frame";
import { hasReplay, sharedReplay, sharedReport, sharedTop } from "./screen";

/** The secret of a link that `path` is. */
export function readShared(path: string): string | null {
  const match = /^\/shared\/([^/]+)\/?$/.exec(path);
  if (!match?.[1]) return null;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1];
  }
}

/** Moving between report and replay of one link opens it once. */
let opened: { secret: string; shared: Shared } | null = null;

/** Shows what a link shows. No call that it makes by itself carries a cookie. */
export async function visitShared(site: Site, secret: string, put: (screen: Screen) => void): Promise<void> {
  const api = new SharedApi(
    new Api(site.clock, site.now, (input, init) => fetch(input, { ...init, credentials: "omit" })),
    secret,
  );
  const show = (screen: Screen) => put(unlisted(screen));
  const again = () => void visitShared(site, secret, put);
  try {
    if (opened?.secret !== secret) opened = { secret, shared: await api.shared() };
    const { shared } = opened;
    const address = `/shared/${encodeURIComponent(secret)}`;
    const parts = { api, shared, address, review: () => review(site, api, address, show) };
    const wantsReplay = new URLSearchParams(location.search).has("t");
    if (shared.parts.includes("report") && !(wantsReplay && hasReplay(shared))) show(sharedReport(parts));
    else show(await sharedReplay(parts));
  } catch (error) {
    opened = null;
    show(goneScreen(error, h("button", { class: "button primary", type: "button", test: "page-retry", on: { click: again } }, "Try again")));
  }
}

/** Makes whoever is signed in, or signs in now, a reviewer, and shows them the page for it. */
async function review(site: Site, api: SharedApi, address: string, show: (screen: Screen) => void): Promise<void> {
  try {
    const { session_id } = await api.review(site.api);
    site.go(reviewAddress(session_id));
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    const ways = await new AccountApi(site.api).ways().catch(() => PLAIN_WAYS);
    const back = () => h("a", { class: "button primary", href: address, test: "shared-back" }, "Back to what is shared");
    const then = () => void review(site, api, address, show).catch((problem: unknown) => show(goneScreen(problem, back())));
    const says = "Reviewing needs an account, so that it is known who wrote what. Reading and listening do not.";
    show(authScreen(site, then, { ways, problem: "", next: address, says }));
  }
}

/** Keeps search engines and other sites from hearing of the page, for as long as it is shown. */
function unlisted(screen: Screen): Screen {
  const tags = [
    h("meta", { name: "robots", content: "noindex, nofollow" }),
    h("meta", { name: "referrer", content: "no-referrer" }),
  ];
  document.head.append(...tags);
  return {
    ...screen,
    close: () => {
      for (const tag of tags) tag.remove();
      screen.close?.();
    },
  };
}

/** What went wrong, and the `way` on where there is one. */
function goneScreen(error: unknown, way: HTMLElement): Screen {
  const over = error instanceof Refused && error.status === 404;
  const text = over ? "This link is not valid any more. Ask whoever sent it for a new one." : sentence(error);
  return {
    title: "Shared · Viva",
    element: h(
      "div",
      {},
      sharedTop(null),
      h(
        "main",
        { class: "column narrow" },
        h("div", { class: "stack", role: "alert", test: "shared-gone" }, h("h1", {}, text)),
        !over && h("div", { class: "row" }, way),
      ),
    ),
  };
}
