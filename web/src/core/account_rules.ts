/** What is wrong with what somebody entered about themself, found before the server is asked. "" is fine. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
export const NAME_MAX = 100;
export const EMAIL_MAX = 254;

export function nameProblem(name: string): string {
  if (name.trim() === "") return "Enter the name you want to be called.";
  if ([...name.trim()].length > NAME_MAX) return `Make it at most ${NAME_MAX} characters long.`;
  return "";
}

export function emailProblem(email: string): string {
  const trimmed = email.trim();
  if (trimmed === "") return "Enter your email address.";
  if (!/^[^\s@]+@[^\s@]+$/.test(trimmed)) return "This is not a whole email address.";
  if (trimmed.length > EMAIL_MAX) return `An address has at most ${EMAIL_MAX} characters.`;
  return "";
}

export function passwordProblem(password: string): string {
  return password === "" ? "Enter your password." : "";
}

export function newPasswordProblem(password: string): string {
  const length = [...password].length;
  if (length === 0) return "Enter a new password.";
  if (length < PASSWORD_MIN) return `Make it at least ${PASSWORD_MIN} characters long.`;
  if (length > PASSWORD_MAX) return `Make it at most ${PASSWORD_MAX} characters long.`;
  return "";
}

/** `typed` against the account's own address, which stands for "yes, delete it". */
export function confirmationProblem(typed: string, email: string): string {
  if (typed.trim() === "") return "Type your email address to confirm.";
  if (typed.trim().toLowerCase() !== email.toLowerCase()) return `This is not the address of the account, ${email}.`;
  return "";
}
