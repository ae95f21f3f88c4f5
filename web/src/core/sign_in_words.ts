/** Why a sign-in by another provider came back without one, by the code in the address. */
const PROBLEMS: Readonly<Record<string, string>> = {};

const OTHERWISE = "That sign-in did not work. Try again, or sign in another way.";

export function signInProblem(code: string | null): string {
  if (code === null) return "";
  return PROBLEMS[code] ?? OTHERWISE;
}
