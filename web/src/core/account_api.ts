import type { Api, User } from "./api";

/** How one can sign in here, and whether this installation can send mail. */
export interface Ways {
  password: boolean;
  mail: boolean;
  oidc: { title: string } | null;
}

/** What is taken for granted when the server does not say. */
export const PLAIN_WAYS: Ways = { password: true, mail: false, oidc: null };

/** A browser that is signed in. Times are ISO 8601. */
export interface Login {
  id: string;
  browser: string;
  created_at: string;
  seen_at: string;
  current: boolean;
}

export interface Token {
  id: string;
  name: string;
  created_at: string;
  used_at: string | null;
  expires_at: string | null;
}

/** What would be shared, to the letter, and how much was taken out of it, by kind. */
export interface SharingPreview {
  records: unknown[];
  removed: Record<string, number>;
}

export const EXPORT_FILE = "/api/v1/me/export";

export const oidcStart = (next: string) => `/api/v1/auth/oidc/start?next=${encodeURIComponent(next)}`;

/** The calls about an account. Each throws Refused or Unreachable. */
export class AccountApi {
  constructor(private readonly api: Pick<Api, "call">) {}

  ways = () => this.api.call<Ways>("GET", "/auth/ways");
  forgotten = (email: string) => this.api.call<object>("POST", "/auth/forgotten", { email });
  reset = (token: string, password: string) => this.api.call<User>("POST", "/auth/reset", { token, password });
  confirm = (token: string) => this.api.call<User>("POST", "/auth/confirm", { token });
  takeEmail = (token: string) => this.api.call<User>("POST", "/auth/email", { token });
  unsubscribe = (token: string) =>
    this.api.call<{ email: string }>("POST", `/unsubscribe/${encodeURIComponent(token)}`);

  rename = (name: string) => this.api.call<User>("PATCH", "/me", { name });
  /** The user with the new address; or where mail is set up "confirm": a link is on its way. */
  changeEmail = (email: string, password: string | null) =>
    this.api.call<User | { status: "confirm" }>("POST", "/me/email", { email, password });
  /** `current` is null for who has no password yet. */
  changePassword = (current: string | null, next: string) =>
    this.api.call<void>("POST", "/me/password", { current, new: next });

  logins = async () => (await this.api.call<{ items: Login[] }>("GET", "/me/logins")).items;
  endLogin = (id: string) => this.api.call<void>("DELETE", `/me/logins/${encodeURIComponent(id)}`);
  endOtherLogins = () => this.api.call<void>("DELETE", "/me/logins");

  tokens = async () => (await this.api.call<{ items: Token[] }>("GET", "/me/tokens")).items;
  /** `days`: how long it is good for, null for until it is revoked. The answer alone holds `token`. */
  makeToken = (name: string, days: number | null) =>
    this.api.call<Token & { token: string }>("POST", "/me/tokens", { name, days });
  revokeToken = (id: string) => this.api.call<void>("DELETE", `/me/tokens/${encodeURIComponent(id)}`);

  sharingPreview = () => this.api.call<SharingPreview>("GET", "/me/sharing/preview");
  /** `file` is what an export gave. The answer counts what was taken in, by kind. */
  importFrom = (file: Blob) =>
    this.api.call<Record<string, unknown>>("POST", "/me/import", file.slice(0, file.size, "application/zip"));
  deleteAccount = (password: string | null) =>
    this.api.call<void>("DELETE", "/me", password === null ? {} : { password });
}
