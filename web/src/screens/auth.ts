import { Refused } from "../core/api";
import { h, setText } from "../core/dom";
import { type Screen, sentence, type Site, topLine } from "./frame";

const PASSWORD_MIN = 10;

type FieldName = "name" | "email" | "password";

interface Field {
  row: HTMLElement;
  input: HTMLInputElement;
  problem: HTMLElement;
}

/** Sign in or make an account. `done` runs once the server knows who is there. */
export function authScreen(site: Site, done: () => void): Screen {
  let making = false;
  const fields: Record<FieldName, Field> = {
    name: field("name", "Your name", "The interviewer greets you by it.", {
      autocomplete: "name",
      maxlength: 100,
    }),
    email: field("email", "Email", "", { type: "email", autocomplete: "email", maxlength: 254 }),
    password: field("password", "Password", "", { type: "password", maxlength: 128 }),
  };
  const heading = h("h1", {});
  const whole = h("p", { class: "problem", role: "alert", test: "auth-problem" });
  const submit = h("button", { class: "button primary large", type: "submit", test: "auth-submit" });
  const swap = h("button", {
    class: "button plain",
    type: "button",
    test: "auth-switch",
    on: {
      click: () => {
        making = !making;
        draw();
        (making ? fields.name : fields.email).input.focus();
      },
    },
  });

  function draw(): void {
    setText(heading, making ? "Make an account" : "Sign in");
    setText(submit, making ? "Make an account" : "Sign in");
    setText(swap, making ? "I have an account already" : "Make an account");
    fields.name.row.hidden = !making;
    fields.password.input.autocomplete = making ? "new-password" : "current-password";
    setText(hintOf(fields.password), making ? `At least ${PASSWORD_MIN} characters.` : "");
    clear();
  }

  function clear(): void {
    setText(whole, "");
    for (const one of Object.values(fields)) mark(one, "");
  }

  /** Says what is missing before the server is asked; true when nothing is. */
  function complete(): boolean {
    const name = fields.name.input.value.trim();
    const email = fields.email.input.value.trim();
    const password = fields.password.input.value;
    if (making && name === "") mark(fields.name, "Enter the name you want to be called.");
    if (email === "") mark(fields.email, "Enter your email address.");
    else if (!/^\S+@\S+$/.test(email)) mark(fields.email, "This is not a whole email address.");
    if (password === "") mark(fields.password, "Enter your password.");
    else if (making && [...password].length < PASSWORD_MIN) {
      mark(fields.password, `Make it at least ${PASSWORD_MIN} characters long.`);
    }
    const wrong = Object.values(fields).find((one) => !one.row.hidden && one.problem.textContent);
    wrong?.input.focus();
    return !wrong;
  }

  async function send(): Promise<void> {
    clear();
    if (!complete()) return;
    const email = fields.email.input.value.trim();
    const password = fields.password.input.value;
    submit.disabled = true;
    try {
      if (making) {
        await site.api.register({ email, password, name: fields.name.input.value.trim() });
      } else {
        await site.api.login({ email, password });
      }
      site.user = await site.api.me();
      done();
    } catch (error) {
      refuse(error);
    } finally {
      submit.disabled = false;
    }
  }

  function refuse(error: unknown): void {
    const named = error instanceof Refused ? Object.entries(error.fields) : [];
    let shown = false;
    for (const [name, text] of named) {
      const known = fields[name as FieldName];
      if (!known) continue;
      mark(known, text);
      if (!shown) known.input.focus();
      shown = true;
    }
    if (error instanceof Refused && error.status === 409) {
      mark(fields.email, error.message);
      fields.email.input.focus();
    } else if (!shown) {
      setText(whole, sentence(error));
    }
  }

  const form = h(
    "form",
    {
      class: "stack",
      novalidate: true,
      test: "auth-form",
      on: {
        submit: (event) => {
          event.preventDefault();
          void send();
        },
      },
    },
    fields.name.row,
    fields.email.row,
    fields.password.row,
    whole,
    submit,
  );
  draw();
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
        h("p", { class: "muted" }, "Practise a machine-learning interview, out loud, with an interviewer who listens."),
      ),
      form,
      h("div", { class: "row" }, swap),
    ),
  );
  return { element, title: "Sign in · Viva" };
}

function field(
  name: FieldName,
  label: string,
  hint: string,
  attributes: Record<string, string | number>,
): Field {
  const input = h("input", {
    class: "input",
    id: `auth-${name}`,
    name,
    "aria-describedby": `auth-${name}-hint auth-${name}-problem`,
    test: `auth-${name}`,
    ...attributes,
  });
  const problem = h("p", { class: "problem", id: `auth-${name}-problem`, role: "alert" });
  const row = h(
    "div",
    { class: "field" },
    h("label", { for: `auth-${name}` }, label),
    input,
    problem,
    h("p", { class: "muted small", id: `auth-${name}-hint` }, hint),
  );
  return { row, input, problem };
}

function hintOf(one: Field): HTMLElement {
  return one.row.querySelector(".muted") as HTMLElement;
}

function mark(one: Field, problem: string): void {
  setText(one.problem, problem);
  hintOf(one).hidden = problem !== "";
  if (problem) one.input.setAttribute("aria-invalid", "true");
  else one.input.removeAttribute("aria-invalid");
}
