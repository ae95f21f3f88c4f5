import { oidcStart, PLAIN_WAYS, type Ways } from "../core/account_api";
import { emailProblem, nameProblem, newPasswordProblem, PASSWORD_MIN, passwordProblem } from "../core/account_rules";
import { fill, h, setText } from "../core/dom";
import { form, textField } from "./form";
import { type Screen, type Site, topLine } from "./frame";

export interface AuthOptions {
  ways?: Ways;
  /** Why an earlier try, by another provider, came back without a sign-in; "" for none. */
  problem?: string;
  /** Where to go on after signing in by another provider. */
  next?: string;
  /** What one signs in for. */
  says?: string;
}

const VIVA = "Practise a machine-learning interview, out loud, with an interviewer who listens.";

/** Sign in or make an account. `done` runs once the server knows who is there. */
export function authScreen(site: Site, done: () => void, options: AuthOptions = {}): Screen {
  const { ways = PLAIN_WAYS, problem = "", next = "/", says = VIVA } = options;
  let making = false;
  const name = textField({
    id: "auth-name",
    name: "name",
    label: "Your name",
    hint: "The interviewer greets you by it.",
    test: "auth-name",
    attributes: { autocomplete: "name", maxlength: 100 },
  });
  const email = textField({
    id: "auth-email",
    name: "email",
    label: "Email",
    test: "auth-email",
    attributes: { type: "email", autocomplete: "username", maxlength: 254 },
  });
  const password = textField({
    id: "auth-password",
    name: "password",
    label: "Password",
    test: "auth-password",
    attributes: { type: "password", maxlength: 128 },
  });
  const heading = h("h1", {});
  const swap = h("button", { class: "button plain", type: "button", test: "auth-switch", on: { click: turn } });
  const forgotten = h("a", { class: "button plain", href: "/forgotten", test: "auth-forgotten" }, "Forgot your password?");
  const part = form({
    fields: [name, email, password],
    submit: "Sign in",
    look: "button primary large",
    test: "auth-form",
    submitTest: "auth-submit",
    problemTest: "auth-problem",
    codes: { email_taken: "email" },
    check: () => ({
      name: making ? nameProblem(name.input.value) : "",
      email: emailProblem(email.input.value),
      password: making ? newPasswordProblem(password.input.value) : passwordProblem(password.input.value),
    }),
    send,
  });
  const place = h("div", { class: "stack" });

  function turn(): void {
    making = !making;
    part.clear();
    draw();
    (making ? name : email).input.focus();
  }

  function draw(): void {
    const text = making ? "Make an account" : "Sign in";
    setText(heading, text);
    setText(part.submit, text);
    setText(swap, making ? "I have an account already" : "Make an account");
    name.row.hidden = !making;
    forgotten.hidden = making;
    password.input.autocomplete = making ? "new-password" : "current-password";
    password.hint(making ? `At least ${PASSWORD_MIN} characters.` : "");
  }

  async function send(): Promise<void> {
    const given = { email: email.input.value.trim(), password: password.input.value };
    if (making) {
      const made = await site.api.register({ ...given, name: name.input.value.trim() });
      if ("status" in made) {
        lookInMail(given.email);
        return;
      }
    } else {
      await site.api.login(given);
    }
    site.user = await site.api.me();
    done();
  }

  /** The same for an address that has an account already: its owner alone is told. */
  function lookInMail(address: string): void {
    setText(heading, "Look in your mail");
    const told = h(
      "div",
      { class: "stack", role: "status", tabindex: -1, test: "auth-confirm" },
      h("p", {}, `A link is on its way to ${address}. Open it within a day and the account is yours.`),
      h("p", { class: "muted" }, "Nothing there after a few minutes? Look among the unwanted mail, or check the address."),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          { class: "button", type: "button", test: "auth-back", on: { click: again } },
          "Change the address",
        ),
      ),
    );
    fill(place, told);
    told.focus();
  }

  function again(): void {
    making = true;
    draw();
    fill(place, ...signIn);
    email.input.focus();
  }

  const signIn = [
    h("p", { class: "problem", role: "alert", test: "auth-came-back" }, problem),
    ways.oidc &&
      h(
        "a",
        { class: "button large", href: oidcStart(next), test: "auth-oidc" },
        `Sign in with ${ways.oidc.title}`,
      ),
    ways.oidc && ways.password && h("p", { class: "or muted small" }, "or with a password"),
    ways.password && part.element,
    ways.password && h("div", { class: "row apart" }, swap, forgotten),
  ];
  draw();
  fill(place, ...signIn);
  const element = h(
    "div",
    {},
    topLine(site),
    h(
      "main",
      { class: "column narrow" },
      h(
        "div",
        { class: "stack tight" },
        heading,
        h("p", { class: "muted" }, says),
      ),
      place,
    ),
  );
  return { element, title: "Sign in · Viva" };
}
