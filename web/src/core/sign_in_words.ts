/** Why a sign-in by another provider came back without one, by the code in the address. */
const PROBLEMS: Readonly<Record<string, string>> = {
  oidc_refused: "You were not let in there. Try again, or sign in another way.",
  oidc_unreachable: "The other provider does not answer just now. Try again in a moment, or sign in another way.",
  oidc_state: "That sign-in took too long or was begun in another window. Begin it again.",
  oidc_not_set_up: "This installation takes no sign-in by another provider.",
  oidc_email_missing: "The other provider did not tell your email address, and Viva needs it. Allow it there, then try again.",
  oidc_email_unverified: "The other provider has not checked your email address yet. Confirm it there, then try again.",
  link_first: "There is an account with your address already. Sign in with its password; then connect the provider in the account settings.",
  too_many_attempts: "Too many sign-ins from your network. Wait five minutes, then try again.",
  identity_taken: "That sign-in belongs to another account here. Nothing was changed.",
};

const OTHERWISE = "That sign-in did not work. Try again, or sign in another way.";

export function signInProblem(code: string | null): string {
  if (code === null) return "";
  return PROBLEMS[code] ?? OTHERWISE;
}
