import { AccountApi, oidcStart, type Ways } from "../../core/account_api";
import { emailProblem, nameProblem, newPasswordProblem, PASSWORD_MIN, passwordProblem } from "../../core/account_rules";
import { Refused } from "../../core/api";
import { discloser } from "../../core/disclosure";
import { h, setText } from "../../core/dom";
import { form, passwordField, textField } from "../form";
import { sentence } from "../frame";
import { part, type Place } from "./field";
import { loginsPart } from "./logins";
import { tokensPart } from "./tokens";

/** Who one is here, and how one gets in. */
export function accountSection(place: Place, ways: Ways): HTMLElement[] {
  const logins = loginsPart(place);
  return [
    part("You", "", nameField(place)),
    emailPart(place),
    passwordPart(place, () => void logins.load()),
    ...(ways.oidc ? [providerPart(ways.oidc.title)] : []),
    logins.element,
    tokensPart(place),
  ];
}

function providerPart(title: string): HTMLElement {
  const link = h("a", { class: "button", href: oidcStart("/settings/account"), test: "connect-oidc" }, `Connect ${title}`);
  return part("Another way in", `Sign in there once, and from then on you get into this account by ${title} too.`, h("div", { class: "row" }, link));
}

/** Stored when the field is left. */
function nameField(place: Place): HTMLElement {
  const { site } = place;
  const saved = h("span", { class: "saved small", role: "status", test: "saving-name" });
  const name = textField({
    id: "set-name",
    name: "name",
    label: "Name",
    hint: "The interviewer greets you by it.",
    test: "set-name",
    attributes: { autocomplete: "name", maxlength: 100, value: site.user?.name ?? "" },
  });
  name.input.addEventListener("change", () => void store());
  name.row.querySelector("label")?.append(" ", saved);

  async function store(): Promise<void> {
    const problem = nameProblem(name.input.value);
    name.mark(problem);
    setText(saved, "");
    if (problem || name.input.value.trim() === site.user?.name) return;
    setText(saved, "Saving");
    try {
      site.user = await new AccountApi(site.api).rename(name.input.value.trim());
      name.input.value = site.user.name;
      setText(saved, "Saved");
      const shown = document.querySelector("[data-testid=user-name]");
      if (shown) setText(shown, site.user.name);
    } catch (error) {
      setText(saved, "");
      name.mark(error instanceof Refused ? (error.fields["name"] ?? error.message) : `${sentence(error)} What you typed is still here.`);
    }
  }

  return name.row;
}

function emailPart(place: Place): HTMLElement {
  const { site } = place;
  const now = h("p", { test: "account-email" }, site.user?.email ?? "");
  const email = textField({
    id: "new-email",
    name: "email",
    label: "New address",
    test: "new-email",
    attributes: { type: "email", autocomplete: "email", maxlength: 254 },
  });
  const password = passwordField("field-email-password", "password", "Password", "current-password");
  password.row.hidden = !site.user?.has_password;
  const one = form({
    fields: [email, password],
    submit: "Change the address",
    test: "email-form",
    submitTest: "email-submit",
    problemTest: "email-problem",
    codes: { password_wrong: "password", email_taken: "email" },
    check: () => ({ email: emailProblem(email.input.value), password: passwordProblem(password.input.value) }),
    send: async () => {
      const address = email.input.value.trim();
      const answer = await new AccountApi(site.api).changeEmail(address, site.user?.has_password ? password.input.value : null);
      one.element.reset();
      if ("status" in answer) {
        one.say(`A link is on its way to ${address}. The address changes when you open it.`);
        return;
      }
      site.user = answer;
      setText(now, answer.email);
      one.say("Changed. Sign in with the new address from now on.");
    },
  });
  return part("E-mail address", "", now, folded("Change the address", "email-open", one.element));
}

function passwordPart(place: Place, changed: () => void): HTMLElement {
  const { site } = place;
  const current = passwordField("field-current", "current", "Current password", "current-password");
  const next = passwordField("field-new", "new", "New password", "new-password");
  next.hint(`At least ${PASSWORD_MIN} characters. Every other browser is signed out.`);
  current.row.hidden = !site.user?.has_password;
  const one = form({
    fields: [current, next],
    submit: "Set the new password",
    test: "password-form",
    submitTest: "password-submit",
    problemTest: "password-problem",
    codes: { password_wrong: "current" },
    check: () => ({ current: passwordProblem(current.input.value), new: newPasswordProblem(next.input.value) }),
    send: async () => {
      await new AccountApi(site.api).changePassword(site.user?.has_password ? current.input.value : null, next.input.value);
      if (site.user) site.user = { ...site.user, has_password: true };
      current.row.hidden = false;
      one.element.reset();
      one.say("Changed. Every other browser has been signed out.");
      changed();
    },
  });
  const lead = site.user?.has_password ? "" : "You sign in by another provider and have no password here yet.";
  const text = site.user?.has_password ? "Change the password" : "Set a password";
  return part("Password", lead, folded(text, "password-open", one.element));
}

type Opener = "email-open" | "password-open" | "token-open" | "delete-open";

/** A button that opens a form below itself, and closes it. */
export function folded(text: string, test: Opener, content: HTMLElement): HTMLElement {
  const box = h("div", { class: "card", hidden: true }, content);
  const focus = () => box.querySelector<HTMLInputElement>(".field:not([hidden]) input")?.focus();
  const button = discloser(text, test, box, focus);
  return h("div", { class: "stack" }, h("div", { class: "row" }, button), box);
}
