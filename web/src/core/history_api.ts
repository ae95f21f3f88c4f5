import { type Api, type Session, sessionPath } from "./api";
import { type HistoryQuery, searchOf } from "./history_query";

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type DraftField = "notes" | "reflection";

export interface StoredDraft {
  text: string;
  version: number;
  changed_at: string;
  /** What the last write took the place of without its writer having seen it. */
  replaced: string | null;
}

export type Drafts = Record<DraftField, StoredDraft | null>;

export interface Reviewer {
  id: string;
  email: string;
  /** They score before they see what others made of it. */
  blind?: boolean;
  created_at: string;
}

export interface InboxItem {
  id: string;
  kind: string;
  title: string;
  text: string;
  link: string | null;
  created_at: string;
  read_at: string | null;
}

/** What to practise next, from what was weak in ended interviews. */
export interface NextPractice {
  scenario_id: string;
  scenario_title: string;
  difficulty: string;
  focus: { criterion_id: string; title: string; reason: string }[];
  because: string[];
}

/** The calls about interviews kept: the list, one's own notes, reviewers, and what is told in the page. */
export class HistoryApi {
  constructor(private readonly api: Pick<Api, "call">) {}

  page = (query: HistoryQuery, cursor: string | null) =>
    this.api.call<Page<Session>>("GET", `/sessions${searchOf(query, cursor)}`);
  remove = (id: string) => this.api.call<void>("DELETE", sessionPath(id));
  next = async () => (await this.api.call<NextPractice | null | undefined>("GET", "/me/next")) ?? null;
  practise = (next: NextPractice) =>
    this.api.call<Session>("POST", "/sessions", {
      scenario_id: next.scenario_id,
      difficulty: next.difficulty,
    });

  drafts = (id: string) => this.api.call<Drafts>("GET", `${sessionPath(id)}/drafts`);
  writeDraft = (id: string, field: DraftField, text: string, base: number) =>
    this.api.call<StoredDraft>("PUT", `${sessionPath(id)}/drafts/${field}`, { text, base });

  reviewers = async (id: string) =>
    (await this.api.call<{ items: Reviewer[] }>("GET", `${sessionPath(id)}/reviewers`)).items;
  addReviewer = (id: string, email: string, blind: boolean) =>
    this.api.call<Reviewer>("POST", `${sessionPath(id)}/reviewers`, { email, blind });
  removeReviewer = (id: string, reviewerId: string) =>
    this.api.call<void>("DELETE", `${sessionPath(id)}/reviewers/${encodeURIComponent(reviewerId)}`);

  inbox = async () => (await this.api.call<Page<InboxItem>>("GET", "/me/notices")).items;
  read = (id: string) => this.api.call<void>("POST", `/me/notices/${encodeURIComponent(id)}/read`);
  readAll = () => this.api.call<void>("POST", "/me/notices/read");
}
