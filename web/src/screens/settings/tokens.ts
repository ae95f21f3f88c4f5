import { AccountApi, type Token } from "../../core/account_api";
import { nameProblem } from "../../core/account_rules";
import { fill, h } from "../../core/dom";
import { dayText } from "../../core/session_words";
import { copying } from "../copying";
import { form, textField } from "../form";
import { sentence } from "../frame";
import { folded } from "./account";
import { part, type Place } from "./field";

const LIFETIMES = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "A year"],
  ["", "Until you revoke it"],
] as const;

/** Tokens by which one's own programs use the server. */
export function tokensPart(place: Place): HTMLElement {
  const api = new AccountApi(place.site.api);
  const list = h("ul", { class: "rows", test: "tokens" });
  const problem = h("p", { class: "problem", role: "alert" });
  const made = h("div", {});
  const name = textField({
    id: "token-name",
    name: "name",
    label: "What it is for",
    hint: "Such as “backup of my transcripts”.",
    test: "token-name",
    attributes: { maxlength: 100, autocomplete: "off" },
  });
  const days = h(
    "select",
    { class: "input", id: "token-days", test: "token-days" },
    ...LIFETIMES.map(([value, text]) => h("option", { value }, text)),
  );
  days.value = "90";
  const one = form({
    fields: [name],
    submit: "Make the token",
    test: "token-form",
    submitTest: "token-submit",
    problemTest: "token-problem",
    check: () => ({ name: nameProblem(name.input.value) && "Say what it is for, in at most 100 characters." }),
    send: async () => {
      const token = await api.makeToken(name.input.value.trim(), days.value === "" ? null : Number(days.value));
      name.input.value = "";
      opener.querySelector("button")?.click();
      show(token.name, token.token);
      await load();
    },
  });
  one.element.insertBefore(
    h("div", { class: "field" }, h("label", { for: "token-days" }, "How long it is good"), days),
    name.row.nextSibling,
  );

  /** The one time that the token can be seen. */
  function show(tokenName: string, token: string): void {
    const { value, button, said } = copying(token, `The token ${tokenName}`, { value: "token-value", button: "token-copy" });
    fill(
      made,
      h(
        "div",
        { class: "card stack tight", test: "token-made" },
        h("p", {}, `The token “${tokenName}” is shown this once. Copy it now.`),
        value,
        h(
          "div",
          { class: "row" },
          button,
          h("button", { class: "button", type: "button", test: "token-done", on: { click: () => fill(made) } }, "Done"),
        ),
        said,
      ),
    );
    value.focus();
  }

  async function load(): Promise<void> {
    try {
      const tokens = await api.tokens();
      fill(list, ...tokens.map(row));
      list.hidden = tokens.length === 0;
      fill(problem);
    } catch (error) {
      fill(problem, sentence(error));
    }
  }

  function row(token: Token): HTMLElement {
    const used = token.used_at ? `Last used ${dayText(token.used_at)}` : "Not used yet";
    const until = token.expires_at ? `good until ${dayText(token.expires_at)}` : "good until you revoke it";
    const revoke = async (): Promise<void> => {
      try {
        await api.revokeToken(token.id);
      } catch (error) {
        fill(problem, sentence(error));
        return;
      }
      await load();
    };
    return h(
      "li",
      { class: "row-item", test: "token" },
      h("div", {}, h("p", { class: "name" }, token.name), h("p", { class: "muted small" }, `${used}; ${until}`)),
      h(
        "button",
        {
          class: "button",
          type: "button",
          "aria-label": `Revoke ${token.name}`,
          test: "token-revoke",
          on: { click: () => void revoke() },
        },
        "Revoke",
      ),
    );
  }

  const opener = folded("Make a token", "token-open", one.element);
  void load();
  return part(
    "API tokens",
    "For programs of your own. A token can do what you can do here, but not change how you sign in.",
    problem,
    list,
    made,
    opener,
  );
}
