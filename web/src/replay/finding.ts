import type { Timeline } from "./timeline";

/** The first and the last word of what was found. */
export interface Found {
  first: number;
  last: number;
}

const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Every place where `query` stands in a turn, whatever its case and accents; none for a blank one. */
export function find(timeline: Timeline, query: string): Found[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean).join(" ");
  if (wanted === "") return [];
  const found: Found[] = [];
  timeline.turns.forEach((_, turn) => {
    const from = timeline.firstOf[turn] ?? 0;
    const words = timeline.words.slice(from, timeline.firstOf[turn + 1]).map((word) => folded(word.text));
    const text = words.join(" ");
    const ends: number[] = [];
    let end = -1;
    for (const word of words) ends.push((end += word.length + 1));
    const wordOf = (letter: number) => ends.findIndex((one) => letter <= one);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      found.push({ first: from + wordOf(at), last: from + wordOf(at + wanted.length - 1) });
    }
  });
  return found;
}

/** Which of `found` to go to next from word `from`, forwards or back, round the end. */
export function nextFound(found: readonly Found[], from: number, back: boolean): number {
  if (found.length === 0) return -1;
  if (back) {
    for (let at = found.length - 1; at >= 0; at--) if ((found[at]?.first ?? 0) < from) return at;
    return found.length - 1;
  }
  const next = found.findIndex((one) => one.first > from);
  return next < 0 ? 0 : next;
}
