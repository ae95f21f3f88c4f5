import type { Flagged } from "./api";

/** More than this is a second transcript. */
const MOST = 8;
const MOST_OF_A_KIND = 3;

/** Most telling first: these are kept where there are too many. */
const KINDS: readonly { flag: Flagged["flag"]; name: string }[] = [
  { flag: "contradictory", name: "Two things that don't fit" },
  { flag: "reflect", name: "Worth thinking on" },
  { flag: "strong", name: "Well argued" },
  { flag: "thin", name: "Room for more" },
];

const MOST_WORDS = 60;

/** The beginning of a long answer; all of it stands in the transcript. */
export function shortened(answer: string): string {
  const words = answer.split(/\s+/).filter((word) => word !== "");
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(" ")} …` : words.join(" ");
}

export function momentName(flag: Flagged["flag"]): string {
  return KINDS.find((kind) => kind.flag === flag)?.name ?? "";
}

/** A few of `flagged`, in the order in which they were said. */
export function chosenMoments(flagged: readonly Flagged[]): Flagged[] {
  const kept = KINDS.flatMap(({ flag }) => flagged.filter((one) => one.flag === flag).slice(0, MOST_OF_A_KIND));
  return kept.slice(0, MOST).sort((one, other) => one.start_ms - other.start_ms);
}
