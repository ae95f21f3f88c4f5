import { Refused } from "../../core/api";
import { h } from "../../core/dom";
import { ReplayApi } from "../../core/replay_api";
import { isOver } from "../../core/session_words";
import { type Screen, type Site, topLine } from "../frame";
import { replayScreen } from "./screen";

/** Which interview and which page of it `path` is: its replay, or where a reviewer scores it. */
export function readReplay(path: string): { id: string; page: "replay" | "review" } | null {
  const match = /^\/sessions\/([^/]+)\/(replay|review)\/?$/.exec(path);
  return match?.[1] ? { id: decodeURIComponent(match[1]), page: match[2] as "replay" | "review" } : null;
}

/** Shows the replay of interview `id`, or the page where it is reviewed. */
export async function visitReplay(
  site: Site,
  { id, page }: { id: string; page: "replay" | "review" },
  put: (screen: Screen) => void,
): Promise<void> {
  const api = new ReplayApi(site.api);
  const read = api.source(id).transcript();
  const given = page === "review" ? api.scoring(id).catch(notOver) : Promise.resolve(null);
  const [interview, transcript, scoring, flagged] = await Promise.all([
    site.api.session(id),
    read,
    given,
    // An extra, and held back from who is still to score. Made of the same log as the transcript: asked
    // for at once, the server would read that twice.
    Promise.all([given, read])
      .then(([scores]) => (scores?.blind ? [] : site.api.flags(id)))
      .catch(() => []),
  ]);
  if (!isOver(interview)) put(notOverScreen(site, id, interview.own !== false));
  else put(replayScreen(site, { interview, transcript, flagged, scoring }));
}

/** Before the end there is nothing to score; anything else that was refused is shown. */
function notOver(error: unknown): null {
  if (error instanceof Refused && error.code === "session_not_over") return null;
  throw error;
}

function notOverScreen(site: Site, id: string, own: boolean): Screen {
  return {
    title: "Replay · Viva",
    element: h(
      "div",
      {},
      topLine(site),
      h(
        "main",
        { class: "column narrow", test: "replay-not-over" },
        h("h1", {}, "This interview is not over yet."),
        h("p", {}, "It can be heard again once it has ended."),
        h("div", { class: "row" }, h("a", { class: "button primary", href: `/sessions/${encodeURIComponent(id)}` }, own ? "To the interview" : "See what was said so far")),
      ),
    ),
  };
}
