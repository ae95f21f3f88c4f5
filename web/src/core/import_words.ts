import { listText } from "./settings_words";

/** What an import took in, in a sentence or two: counts by kind, and the ids of what was here already. */
export function importedText(counts: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(counts)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0)
    .map(([kind, count]) => `${count} ${wordFor(kind, count)}`);
  const here = Array.isArray(counts["already_here"]) ? counts["already_here"].length : 0;
  const brought = parts.length === 0 ? "" : `Brought in: ${listText(parts)}.`;
  const stayed = here === 0 ? "" : `${here} ${here === 1 ? "interview was" : "interviews were"} here already.`;
  return [brought, stayed].filter((text) => text !== "").join(" ") || "There was nothing in it to bring in.";
}

function wordFor(kind: string, count: number): string {
  const words = kind === "sessions" ? "interviews" : kind.replaceAll("_", " ");
  return count === 1 ? words.replace(/s$/, "") : words;
}
