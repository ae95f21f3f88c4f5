/**
 * Whether this page is in the interview's room, as one table of (state, input) -> state. The library
 * repairs short breaks itself ("repairing"); past those the page asks for a new seat, again and again,
 * later each time, until it is told that there is nothing to come back to.
 */
export type Link =
  | { kind: "joining"; attempt: number }
  | { kind: "here" }
  | { kind: "repairing" }
  | { kind: "lost"; attempt: number; retryAt: number; because: "network" | "server" | "busy"; message: string }
  | { kind: "elsewhere"; where: Where }
  | { kind: "over" }
  | { kind: "signed_out" }
  | { kind: "refused"; message: string };

/** What took the seat: another tab of this browser says so itself, the room alone knows of others. */
export type Where = "tab" | "device";

export type LinkInput =
  | { type: "join" }
  | { type: "joined" }
  | { type: "repairing" }
  | { type: "repaired" }
  | { type: "dropped"; why: "network" | "duplicate" | "closed" }
  | { type: "taken_elsewhere"; where: Where }
  | { type: "unreachable" }
  | { type: "answered"; status: number; code: string; message: string }
  | { type: "ended" };

const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 10_000;

/** Wait before the try after `attempt` failed ones, ms. */
export function retryDelay(attempt: number): number {
  return Math.min(RETRY_FIRST_MS * 2 ** Math.max(0, attempt - 1), RETRY_MAX_MS);
}

/** What holds after `input` at `now` (device epoch ms). */
export function nextLink(link: Link, input: LinkInput, now: number): Link {
  const attempt = "attempt" in link ? link.attempt : 0;
  const lost = (because: "network" | "server" | "busy", message = ""): Link => ({
    kind: "lost",
    attempt: attempt + 1,
    retryAt: now + retryDelay(attempt + 1),
    because,
    message,
  });
  if (link.kind === "over") return link;
  switch (input.type) {
    case "join":
      return { kind: "joining", attempt };
    case "joined":
    case "repaired":
      return { kind: "here" };
    case "repairing":
      return link.kind === "here" ? { kind: "repairing" } : link;
    case "dropped":
      if (link.kind === "elsewhere") return link;
      return input.why === "duplicate" ? { kind: "elsewhere", where: "device" } : lost("network");
    case "taken_elsewhere":
      return { kind: "elsewhere", where: input.where };
    case "unreachable":
      return lost("server");
    case "answered":
      if (input.status === 401) return { kind: "signed_out" };
      if (input.status === 503 || input.status === 429) return lost("busy", input.message);
      if (input.status === 409 || input.status === 410) return { kind: "over" };
      return { kind: "refused", message: input.message };
    case "ended":
      return { kind: "over" };
  }
}
