import { AccountApi, type Login } from "../../core/account_api";
import { fill, h } from "../../core/dom";
import { dayText } from "../../core/session_words";
import { sentence } from "../frame";
import { part, type Place } from "./field";

export interface LoginsPart {
  element: HTMLElement;
  load(): Promise<void>;
}

/** The browsers that are signed in to the account. */
export function loginsPart(place: Place): LoginsPart {
  const api = new AccountApi(place.site.api);
  const list = h("ul", { class: "rows", test: "logins" });
  const problem = h("p", { class: "problem", role: "alert" });
  const others = h(
    "button",
    { class: "button", type: "button", hidden: true, test: "logins-end-others", on: { click: () => void end(() => api.endOtherLogins()) } },
    "Sign out everywhere else",
  );

  async function load(): Promise<void> {
    try {
      draw(await api.logins());
      fill(problem);
    } catch (error) {
      fill(problem, sentence(error));
    }
  }

  async function end(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      fill(problem, sentence(error));
      return;
    }
    await load();
  }

  function draw(logins: readonly Login[]): void {
    const inOrder = [...logins].sort((one, other) => Number(other.current) - Number(one.current));
    fill(list, ...inOrder.map(row));
    others.hidden = !logins.some((login) => !login.current);
  }

  function row(login: Login): HTMLElement {
    const browser = login.browser || "A browser that does not say what it is";
    return h(
      "li",
      { class: "row-item", test: "login", "data-current": login.current ? "yes" : "no" },
      h(
        "div",
        {},
        h("p", { class: "name" }, browser),
        h("p", { class: "muted small" }, login.current ? "This browser" : `Last seen ${dayText(login.seen_at)}`),
        h("p", { class: "muted small" }, `Signed in ${dayText(login.created_at)}`),
      ),
      !login.current &&
        h(
          "button",
          {
            class: "button",
            type: "button",
            "aria-label": `Sign out: ${browser}`,
            test: "login-end",
            on: { click: () => void end(() => api.endLogin(login.id)) },
          },
          "Sign out",
        ),
    );
  }

  void load();
  const element = part(
    "Where you are signed in",
    "Sign out what you do not know, then change your password.",
    problem,
    list,
    h("div", { class: "row" }, others),
  );
  return { element, load };
}
