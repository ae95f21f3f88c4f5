import { AccountApi, EXPORT_FILE } from "../../core/account_api";
import { confirmationProblem, passwordProblem } from "../../core/account_rules";
import { h, setText } from "../../core/dom";
import { forgetDrafts } from "../../core/drafts";
import { importedText } from "../../core/import_words";
import { form, passwordField, textField } from "../form";
import { sentence } from "../frame";
import { folded } from "./account";
import { part, type Place } from "./field";
import { recordingsPart } from "./recordings";

/** Taking one's data away, bringing it back, and leaving. */
export function dataSection(place: Place): HTMLElement[] {
  return [recordingsPart(place), exportPart(), importPart(place), deletePart(place)];
}

function exportPart(): HTMLElement {
  return part(
    "Take it with you",
    "One file with all that is kept about you: your account, settings, interviews, transcripts and notes.",
    h("div", { class: "row" }, h("a", { class: "button", href: EXPORT_FILE, download: "viva-export.zip", test: "export" }, "Download everything")),
  );
}

function importPart(place: Place): HTMLElement {
  const { site } = place;
  const file = h("input", { class: "input file", type: "file", id: "import-file", accept: ".zip,application/zip", test: "import-file" });
  const problem = h("p", { class: "problem", role: "alert", test: "import-problem" });
  const said = h("p", { role: "status", class: "said", test: "import-said" });
  const send = h(
    "button",
    { class: "button", type: "button", test: "import-send", on: { click: () => void bring() } },
    "Bring it in",
  );

  async function bring(): Promise<void> {
    setText(problem, "");
    setText(said, "");
    const chosen = file.files?.[0];
    if (!chosen) {
      setText(problem, "Choose the file of an export first.");
      file.focus();
      return;
    }
    send.disabled = true;
    setText(said, "Bringing it in");
    try {
      setText(said, importedText(await new AccountApi(site.api).importFrom(chosen)));
      file.value = "";
    } catch (error) {
      setText(said, "");
      setText(problem, sentence(error));
    }
    send.disabled = false;
  }

  return part(
    "Bring it back",
    "An export of this or another Viva. What is here already stays as it is.",
    h("div", { class: "field" }, h("label", { for: "import-file" }, "File"), file),
    problem,
    h("div", { class: "row" }, send),
    said,
  );
}

function deletePart(place: Place): HTMLElement {
  const { site } = place;
  const email = site.user?.email ?? "";
  const typed = textField({
    id: "delete-email",
    name: "email",
    label: "Your email address, to confirm",
    hint: email,
    test: "delete-email",
    attributes: { autocomplete: "off", maxlength: 254 },
  });
  const password = passwordField("delete-password", "password", "Password", "current-password");
  password.row.hidden = !site.user?.has_password;
  const one = form({
    fields: [typed, password],
    submit: "Delete my account and everything in it",
    look: "button danger",
    test: "delete-form",
    submitTest: "delete-submit",
    problemTest: "delete-problem",
    codes: { password_wrong: "password" },
    check: () => ({
      email: confirmationProblem(typed.input.value, email),
      password: passwordProblem(password.input.value),
    }),
    send: async () => {
      await new AccountApi(site.api).deleteAccount(site.user?.has_password ? password.input.value : null);
      forgetDrafts(site.store, site.user?.id ?? "");
      site.user = null;
      site.go("/");
    },
  });
  return part(
    "Delete the account",
    "Interviews, transcripts, recordings, notes and settings are removed at once and cannot be brought back, except from an export.",
    folded("Delete the account", "delete-open", one.element),
  );
}
