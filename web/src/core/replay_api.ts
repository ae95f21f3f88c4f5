import { type Api, sessionPath, type Turn } from "./api";
import type { Level, Report } from "./report_api";

/** Times here are milliseconds on the session clock, which is the time of the recording. */
export interface Word {
  text: string;
  start_ms: number;
  end_ms: number;
  confidence: number | null;
}

export interface ReplayTurn extends Turn {
  move: string | null;
  /** None where the times of words are not known: what the interviewer says, what was typed. */
  words: Word[];
}

export interface ReplayTranscript {
  session_id: string;
  turns: ReplayTurn[];
}

/** How loud each side is, 0 to 127, `per_second` times a second; `gaps` were not recorded. */
export interface Peaks {
  per_second: number;
  duration_ms: number;
  candidate: number[];
  interviewer: number[];
  gaps: [number, number][];
}

export interface Comment {
  id: string;
  at_ms: number;
  text: string;
  author_name: string;
  own: boolean;
  /** The caller wrote it, or the interview is theirs. */
  may_delete: boolean;
  created_at: string;
  changed_at: string;
}

export interface CommentList {
  items: Comment[];
  /** There may be others', which are shown to who scores blind once they are done. */
  others_hidden: boolean;
}

export interface ScoredCriterion {
  id: string;
  title: string;
  /** What each level is, weakest first. */
  levels: string[];
}

export interface GivenScore {
  criterion: string;
  /** Null is "not assessed". */
  level: Level | null;
  note: string;
}

/** What another person gave. `imported`: it came with the interview from elsewhere. */
export interface OthersScores {
  author_name: string;
  blind: boolean;
  imported: boolean;
  scores: GivenScore[];
}

export interface Scoring {
  /** The caller is to score before seeing what others made of it; `others` is null until then. */
  blind: boolean;
  done: boolean;
  criteria: ScoredCriterion[];
  own: GivenScore[];
  others: OthersScores[] | null;
}

export type SharePart = "report" | "transcript" | "audio" | "comments";

/** What a link is to be. `expires_in`: seconds. Who scores blind is shown neither report nor comments. */
export interface ShareWish {
  expires_in: number;
  parts: SharePart[];
  label: string;
  /** Who opens it signed in may comment and score. */
  may_comment: boolean;
  blind: boolean;
}

export interface Share {
  id: string;
  parts: SharePart[];
  label: string;
  may_comment: boolean;
  blind: boolean;
  /** It still opens: it is neither over nor taken back. */
  active: boolean;
  opened: number;
  expires_at: string | null;
  revoked_at: string | null;
}

/** `url` is told once. */
export interface NewShare extends Share {
  url: string;
}

/** What a link opens, as its holder is told. */
export interface Shared {
  scenario_title: string;
  candidate_name: string;
  started_at: string | null;
  length_s: number;
  segments: { id: string; title: string }[];
  parts: SharePart[];
  /** Length of the recording; null where there is none to be heard. */
  duration_ms: number | null;
  /** Who signs in may become a reviewer, and is to score first if `blind`. */
  may_comment: boolean;
  blind: boolean;
  expires_at: string | null;
}

/** Where a replay takes what it shows. Every call throws Refused or Unreachable. */
export interface ReplaySource {
  /** Address of the sound. */
  audio: string;
  transcript(): Promise<ReplayTranscript>;
  peaks(): Promise<Peaks>;
  comments(): Promise<CommentList>;
}

export interface CommentWrites {
  add(atMs: number, text: string): Promise<Comment>;
  change(id: string, text: string): Promise<Comment>;
  remove(id: string): Promise<void>;
}

type Caller = Pick<Api, "call">;

/** The calls about the recording of an interview and what people say of it. */
export class ReplayApi {
  constructor(private readonly api: Caller) {}

  source(id: string): ReplaySource {
    const path = sessionPath(id);
    return {
      audio: `/api/v1${path}/recording`,
      transcript: () => this.api.call("GET", `${path}/transcript`),
      peaks: () => this.api.call("GET", `${path}/recording/peaks`),
      comments: () => this.api.call("GET", `${path}/comments`),
    };
  }

  comments(id: string): CommentWrites {
    const one = (comment: string) => `/comments/${encodeURIComponent(comment)}`;
    return {
      add: (at_ms, text) => this.api.call("POST", `${sessionPath(id)}/comments`, { at_ms, text }),
      change: (comment, text) => this.api.call("PATCH", one(comment), { text }),
      remove: (comment) => this.api.call("DELETE", one(comment)),
    };
  }

  scoring = (id: string) => this.api.call<Scoring>("GET", `${sessionPath(id)}/scoring`);
  score = (id: string, scores: readonly GivenScore[], done: boolean) =>
    this.api.call<Scoring>("PUT", `${sessionPath(id)}/scoring`, { scores, done }, true);

  shares = (id: string) => this.items<Share>(`${sessionPath(id)}/shares`);
  share = (id: string, wish: ShareWish) => this.api.call<NewShare>("POST", `${sessionPath(id)}/shares`, wish);
  revoke = (share: string) => this.api.call<void>("DELETE", `/shares/${encodeURIComponent(share)}`);

  private async items<T>(path: string): Promise<T[]> {
    return (await this.api.call<{ items: T[] }>("GET", path)).items;
  }
}

/** The calls of whoever holds a link. `api` sends no cookie. */
export class SharedApi {
  private readonly path: string;

  constructor(
    private readonly api: Caller,
    secret: string,
  ) {
    this.path = `/shared/${encodeURIComponent(secret)}`;
  }

  /** Counts as opening the link: once a visit. */
  shared = () => this.api.call<Shared>("GET", this.path);
  report = () => this.api.call<Report>("GET", `${this.path}/report`);
  /** Needs somebody who is signed in; answers which interview they may review now. */
  review = (signedIn: Caller) => signedIn.call<{ session_id: string }>("POST", `${this.path}/reviewer`);

  source(): ReplaySource {
    return {
      audio: `/api/v1${this.path}/recording`,
      transcript: () => this.api.call("GET", `${this.path}/transcript`),
      peaks: () => this.api.call("GET", `${this.path}/recording/peaks`),
      comments: () => this.api.call("GET", `${this.path}/comments`),
    };
  }
}

/** The page where a reviewer comments on and scores an interview. */
export const reviewAddress = (id: string) => `/sessions/${encodeURIComponent(id)}/review`;

/** The page at `path`, opened at a moment. */
export function momentAddress(path: string, atMs: number): string {
  return `${path}?t=${(Math.max(0, atMs) / 1000).toFixed(1)}`;
}
