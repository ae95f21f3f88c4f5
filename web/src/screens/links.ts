import { AccountApi, type Ways } from "../core/account_api";
import { emailProblem, newPasswordProblem, PASSWORD_MIN } from "../core/account_rules";
import { Refused } from "../core/api";
import { fill, h, setText } from "../core/dom";
import { form, textField } from "./form";
import { type Screen, sentence, type Site, topLine } from "./frame";

export type LinkKind = "reset" | "confirm" | "email" | "unsubscribe";

const KINDS: readonly string[] = ["reset", "confirm", "email", "unsubscribe"] satisfies LinkKind[];

/** Which link of a mail `path` is, and its token; "" where the token was taken out of the address. */
export function readLink(path: string): { kind: LinkKind; token: string } | null {
  const [, kind = "", token = "", ...rest] = path.replace(/\/$/, "").split("/");
  if (!KINDS.includes(kind) || rest.length > 0) return null;
  try {
    return { kind: kind as LinkKind, token: decodeURIComponent(token) };
  } catch {
    return { kind: kind as LinkKind, token: "" };
  }
}

/** Asks for a link that sets a new password. */
export function forgottenScreen(site: Site, ways: Ways): Screen {
  const api = new AccountApi(site.api);
  const email = textField({
    id: "forgotten-email",
    name: "email",
    label: "Email",
    test: "forgotten-email",
    attributes: { type: "email", autocomplete: "username", maxlength: 254 },
  });
  const place = h("div", { class: "stack" });
  const part = form({
    fields: [email],
    submit: "Send a link",
    look: "button primary large",
    test: "forgotten-form",
    submitTest: "forgotten-submit",
    problemTest: "forgotten-problem",
    check: () => ({ email: emailProblem(email.input.value) }),
    send: async () => {
      const address = email.input.value.trim();
      await api.forgotten(address);
      told(
        place,
        `If ${address} has an account here, a link is on its way to it.`,
        "It is good for an hour, and once. Nothing there after a few minutes? Look among the unwanted mail.",
      );
    },
  });
  if (ways.mail) {
    fill(
      place,
      h("p", { class: "muted" }, "A link to set a new password is sent to your address."),
      part.element,
    );
  } else {
    fill(
      place,
      h("p", { test: "forgotten-no-mail" }, "This installation sends no mail. Ask whoever runs it for a link; they get one by:"),
      h("pre", { class: "code" }, "viva admin link EMAIL"),
    );
  }
  fill(place, ...place.children, h("div", { class: "row" }, h("a", { href: "/" }, "Back to signing in")));
  return around(site, "Forgot your password?", place);
}

/** What a link in a mail opens. `token` is good once. */
export function linkScreen(site: Site, kind: LinkKind, token: string): Screen {
  if (token === "") return overScreen(site, kind, "The link has been taken out of the address, so that nobody else can use it.");
  if (kind === "reset") return resetScreen(site, token);
  if (kind === "unsubscribe") return unsubscribeScreen(site, token);
  return pressScreen(site, kind, token);
}

const AGAIN: Record<LinkKind, { title: string; text: string; href: string }> = {
  reset: { title: "Set a new password", text: "Ask for a new link", href: "/forgotten" },
  confirm: { title: "Confirm your address", text: "Make the account again", href: "/" },
  email: { title: "Confirm your new address", text: "Change the address again", href: "/settings/account" },
  unsubscribe: { title: "Stop these mails", text: "Settings of notifications", href: "/settings/notifications" },
};

function overScreen(site: Site, kind: LinkKind, text: string): Screen {
  const place = h("div", { class: "stack" });
  over(place, kind, `${text} Open it from the mail once more.`);
  return around(site, AGAIN[kind].title, place);
}

function over(place: HTMLElement, kind: LinkKind, text: string): void {
  fill(
    place,
    h("p", { role: "alert", test: "link-over" }, text),
    h("div", { class: "row" }, h("a", { class: "button", href: AGAIN[kind].href, test: "link-again" }, AGAIN[kind].text)),
  );
}

function isOver(error: unknown): error is Refused {
  return error instanceof Refused && [404, 410].includes(error.status);
}

function resetScreen(site: Site, token: string): Screen {
  const place = h("div", { class: "stack" });
  const password = textField({
    id: "reset-password",
    name: "password",
    label: "New password",
    hint: `At least ${PASSWORD_MIN} characters.`,
    test: "reset-password",
    attributes: { type: "password", autocomplete: "new-password", maxlength: 128 },
  });
  const part = form({
    fields: [password],
    submit: "Set the password",
    look: "button primary large",
    test: "reset-form",
    submitTest: "reset-submit",
    problemTest: "reset-problem",
    check: () => ({ password: newPasswordProblem(password.input.value) }),
    send: async () => {
      try {
        site.user = await new AccountApi(site.api).reset(token, password.input.value);
        site.go("/");
      } catch (error) {
        if (!isOver(error)) throw error;
        over(place, "reset", error.message);
      }
    },
  });
  fill(place, h("p", { class: "muted" }, "Every browser that is signed in to your account is signed out by it, but this one."), part.element);
  return around(site, AGAIN.reset.title, place);
}

/** Takes a press, so that a program that only looks at the links of a mail uses none up. */
function pressScreen(site: Site, kind: "confirm" | "email", token: string): Screen {
  const api = new AccountApi(site.api);
  const place = h("div", { class: "stack" });
  const part = form({
    fields: [],
    submit: kind === "confirm" ? "Confirm and sign in" : "Use the new address",
    look: "button primary large",
    test: "link-form",
    submitTest: "link-submit",
    problemTest: "link-problem",
    check: () => ({}),
    send: async () => {
      try {
        if (kind === "confirm") {
          site.user = await api.confirm(token);
          site.go("/");
          return;
        }
        const user = await api.takeEmail(token);
        // Who is signed in here may be somebody else, or nobody.
        site.user = null;
        told(place, `The address of your account is now ${user.email}.`, "Sign in with it from now on.");
      } catch (error) {
        if (!isOver(error)) throw error;
        over(place, kind, error.message);
      }
    },
  });
  const text = kind === "confirm" ? "One press, and your account is ready." : "One press, and your account goes by this address.";
  fill(place, h("p", { class: "muted" }, text), part.element);
  return around(site, AGAIN[kind].title, place);
}

function unsubscribeScreen(site: Site, token: string): Screen {
  const heading = AGAIN.unsubscribe.title;
  const place = h("div", { class: "stack" });
  const screen = around(site, heading, place);
  const stop = async (): Promise<void> => {
    fill(place, h("p", { class: "muted" }, "One moment."));
    try {
      const { email } = await new AccountApi(site.api).unsubscribe(token);
      const title = screen.element.querySelector("h1");
      if (title) setText(title, "No more of these mails");
      told(place, `Reminders and summaries are no longer sent to ${email}.`, "What they would have said is in the page as before. You can switch the mails on again in the settings.");
    } catch (error) {
      if (isOver(error)) {
        over(place, "unsubscribe", error.message);
        return;
      }
      fill(
        place,
        h("p", { class: "problem", role: "alert" }, sentence(error)),
        h("div", { class: "row" }, h("button", { class: "button", type: "button", on: { click: () => void stop() } }, "Try again")),
      );
    }
  };
  void stop();
  return screen;
}

function told(place: HTMLElement, text: string, more: string): void {
  const element = h(
    "div",
    { class: "stack", role: "status", tabindex: -1, test: "link-told" },
    h("p", {}, text),
    h("p", { class: "muted" }, more),
    h("div", { class: "row" }, h("a", { class: "button", href: "/" }, "Go on to Viva")),
  );
  fill(place, element);
  element.focus();
}

function around(site: Site, heading: string, place: HTMLElement): Screen {
  const main = h("main", { class: "column narrow", test: "link-screen" }, h("h1", {}, heading), place);
  return { element: h("div", {}, topLine(site), main), title: `${heading} · Viva` };
}
