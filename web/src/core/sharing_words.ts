import { listText } from "./settings_words";

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  name: ["name", "names"],
  email: ["e-mail address", "e-mail addresses"],
  phone: ["phone number", "phone numbers"],
  url: ["web address", "web addresses"],
  number: ["number", "numbers"],
  organisation: ["organisation", "organisations"],
};

/** What was taken out of what would leave, in a sentence. */
export function removedText(removed: Readonly<Record<string, number>>): string {
  const parts = Object.entries(removed)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${wordFor(kind, count)}`);
  return parts.length === 0 ? "Nothing had to be taken out." : `Taken out: ${listText(parts)}.`;
}

function wordFor(kind: string, count: number): string {
  const known = KINDS[kind] ?? KINDS[kind.replace(/s$/, "")];
  if (known) return count === 1 ? known[0] : known[1];
  return kind.replaceAll("_", " ");
}
