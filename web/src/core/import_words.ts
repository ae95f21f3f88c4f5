import { listText } from "./settings_words";

/** What an import took in, in a sentence, from its counts by kind. */
export function importedText(counts: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(counts)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0)
    .map(([kind, count]) => `${count} ${wordFor(kind, count)}`);
  return parts.length === 0 ? "There was nothing in it that is not here already." : `Brought in: ${listText(parts)}.`;
}

function wordFor(kind: string, count: number): string {
  const words = kind === "sessions" ? "interviews" : kind.replaceAll("_", " ");
  return count === 1 ? words.replace(/s$/, "") : words;
}
