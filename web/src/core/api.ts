import type { ServerClock } from "./server_clock";

export interface User {
  id: string;
  email: string;
  name: string;
  role: "candidate" | "reviewer" | "admin";
  /** False for who only ever signed in by another provider. */
  has_password: boolean;
}

export interface ScenarioSegment {
  id: string;
  title: string;
  seconds: number;
  purpose: string;
}

export interface Scenario {
  id: string;
  title: string;
  summary: string;
  default: boolean;
  difficulties: string[];
  segments: ScenarioSegment[];
}

export interface SessionSegment {
  id: string;
  title: string;
  planned_s: number;
  /** What it has now, after extensions. */
  allotted_s: number;
  spent_s: number;
  state: "pending" | "live" | "done" | "skipped";
}

export type SessionState = "created" | "live" | "paused" | "ended" | "scored" | "abandoned";

export interface Session {
  id: string;
  state: SessionState;
  scenario_id: string;
  scenario_title: string;
  difficulty: string;
  tone: string;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  segments: SessionSegment[];
  buffer_s: number;
  /** Whether the candidate is in the room, on whatever device. */
  candidate_present: boolean;
  interviewer: "here" | "coming" | "away";
  /** Seconds spent in the segments. */
  length_s?: number;
  /** False where it is another's, who named this user as a reviewer. */
  own?: boolean;
  candidate_name?: string;
  recording?: RecordingState;
  /** Mean of the levels given, 1 to 4; null before there is a report or where none was given. */
  level_mean?: number | null;
  /** How many criteria got a level, and of how many. */
  levels_given?: number;
  levels_of?: number;
}

/** The sound of an interview. `state` is null where nothing was recorded. */
export interface RecordingState {
  consent: boolean | null;
  state: null | "recording" | "joining" | "ready" | "failed" | "deleted";
  duration_ms: number | null;
  bytes: number | null;
}

export interface Turn {
  index: number;
  speaker: "candidate" | "interviewer";
  segment: string;
  start_ms: number;
  end_ms: number;
  text: string;
  interrupted: boolean;
}

export interface Transcript {
  session_id: string;
  turns: Turn[];
}

/** An answer worth another look; there is none before the interview is over. */
export interface Flagged {
  flag: "strong" | "thin" | "contradictory" | "reflect";
  segment: string;
  question: string;
  answer: string;
  reason: string;
  start_ms: number;
  end_ms: number;
}

export interface Connection {
  server_url: string;
  participant_token: string;
}

export interface NewSession {
  scenario_id: string;
  difficulty: string;
  tone: string;
  segment_seconds: number[];
}

export type Action = "pause" | "resume" | "extend" | "next" | "hint" | "repeat" | "end";

/** The server answered, and the answer is no. `message` is its own sentence, fit to be shown. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Field name to what is wrong with it. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** No answer: the network or the server is gone, or the server failed on its own. */
export class Unreachable extends Error {}

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** The server's public calls. Every method throws Refused or Unreachable. */
export class Api {
  constructor(
    private readonly clock: ServerClock,
    private readonly now: () => number = Date.now,
    private readonly fetcher: Fetch = (input, init) => fetch(input, init),
  ) {}

  me = () => this.call<User>("GET", "/me");
  /** The new user, signed in; or where mail is set up "confirm": a link is on its way. */
  register = (body: { email: string; password: string; name: string }) =>
    this.call<User | { status: "confirm" }>("POST", "/auth/register", body);
  login = (body: { email: string; password: string }) => this.call<User>("POST", "/auth/login", body);
  logout = () => this.call<void>("POST", "/auth/logout");
  scenarios = async () => (await this.call<{ items: Scenario[] }>("GET", "/scenarios")).items;
  scenario = (id: string) => this.call<Scenario>("GET", `/scenarios/${encodeURIComponent(id)}`);
  sessions = async () => (await this.call<{ items: Session[] }>("GET", "/sessions")).items;
  session = (id: string) => this.call<Session>("GET", sessionPath(id));
  createSession = (body: NewSession) => this.call<Session>("POST", "/sessions", body);
  connection = (id: string) => this.call<Connection>("POST", `${sessionPath(id)}/connection`);
  transcript = (id: string) => this.call<Transcript>("GET", `${sessionPath(id)}/transcript`);
  flags = async (id: string) => (await this.call<{ items: Flagged[] }>("GET", `${sessionPath(id)}/flags`)).items;
  recordingConsent = (id: string, granted: boolean) =>
    this.call<{ granted: boolean; at: string }>("PUT", `${sessionPath(id)}/recording-consent`, { granted });
  control = (id: string, action: Action, seconds?: number) =>
    this.call<{ ok?: boolean; message?: string } | undefined>("POST", `${sessionPath(id)}/control`, {
      action,
      ...(seconds === undefined ? {} : { seconds }),
    });

  /** `path` is below /api/v1. A Blob is sent as it is, anything else as JSON. */
  /** `keepalive`: the call goes on when the page is left meanwhile; its body has 64 KiB at most. */
  async call<T>(method: string, path: string, body?: unknown, keepalive = false): Promise<T> {
    const sentAt = this.now();
    let response: Response;
    try {
      response = await this.fetcher(`/api/v1${path}`, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        ...(keepalive && { keepalive }),
        ...contentOf(body),
      });
    } catch {
      throw new Unreachable("no answer");
    }
    const date = response.headers.get("date");
    if (date) this.clock.observeDate(Date.parse(date), sentAt, this.now());
    const text = await response.text().catch(() => "");
    const parsed = parse(text);
    if (response.ok) return parsed as T;
    const refused = refusal(response.status, parsed);
    // A proxy or a crash answers 5xx without a code; a 503 of the server's own says what is short.
    if (response.status >= 500 && !(response.status === 503 && isCoded(parsed))) {
      throw new Unreachable(`status ${response.status}`);
    }
    throw refused;
  }
}

export const sessionPath = (id: string) => `/sessions/${encodeURIComponent(id)}`;

export const transcriptFile = (id: string, ending: "md" | "txt" | "vtt") =>
  `/api/v1${sessionPath(id)}/transcript.${ending}`;

export const eventsPath = (id: string, after: number) =>
  `/api/v1${sessionPath(id)}/events?after=${after}`;

function contentOf(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof Blob) return { headers: { "content-type": body.type || "application/octet-stream" }, body };
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCoded(parsed: unknown): boolean {
  return typeof (parsed as Problem | undefined)?.code === "string";
}

interface Problem {
  code?: unknown;
  title?: unknown;
  detail?: unknown;
  errors?: unknown;
}

function refusal(status: number, parsed: unknown): Refused {
  const problem = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Problem;
  const detail = [problem.detail, problem.title].find((part) => typeof part === "string" && part);
  const code = typeof problem.code === "string" ? problem.code : `status_${status}`;
  return new Refused(status, code, String(detail ?? "That did not work."), fieldsOf(problem.errors));
}

/** Accepts `[{loc: ["body", "password"], msg}]`, `[{field, message}]` and `{field: message}`. */
function fieldsOf(errors: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  if (Array.isArray(errors)) {
    for (const entry of errors as Record<string, unknown>[]) {
      const loc = entry["loc"] ?? entry["field"];
      const path = (Array.isArray(loc) ? loc : [loc]).filter((part) => part !== "body");
      const text = entry["msg"] ?? entry["message"] ?? entry["detail"];
      if (path[0] !== undefined && typeof text === "string") fields[path.join(".")] = text;
    }
  } else if (typeof errors === "object" && errors !== null) {
    for (const [name, text] of Object.entries(errors)) fields[name] = String(text);
  }
  return fields;
}
