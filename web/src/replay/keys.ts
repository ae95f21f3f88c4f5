export type Command =
  | "toggle" | "back" | "forward" | "far_back" | "far_forward" | "turn_back" | "turn_forward"
  | "mark_back" | "mark_forward" | "slower" | "faster" | "search" | "found_next" | "found_back"
  | "closer" | "wider" | "follow" | "silence" | "questions" | "comment" | "link" | "help";

/** For the list of keys: what is pressed, and what it does. `sound`: only where there is sound. */
export const KEY_HELP: readonly { keys: string; does: string; sound?: boolean }[] = [
  { keys: "Space or K", does: "Play or pause", sound: true },
  { keys: "← →", does: "5 seconds back or on" },
  { keys: "J L", does: "15 seconds back or on" },
  { keys: "↑ ↓", does: "The turn before or after" },
  { keys: "[ ]", does: "The mark before or after" },
  { keys: "+ −", does: "Closer to the strip, or back" },
  { keys: "< >", does: "Slower or faster", sound: true },
  { keys: "/", does: "Search; Enter and Shift Enter, or N and Shift N, go through what was found" },
  { keys: "F", does: "Follow what is heard", sound: true },
  { keys: "S", does: "Skip silence", sound: true },
  { keys: "Q", does: "Only the questions" },
  { keys: "C", does: "Comment on this moment" },
  { keys: "Y", does: "Copy the link to this moment" },
  { keys: "?", does: "This list" },
];

const COMMANDS: Readonly<Record<string, Command>> = {
  " ": "toggle",
  k: "toggle",
  ArrowLeft: "back",
  ArrowRight: "forward",
  j: "far_back",
  l: "far_forward",
  ArrowUp: "turn_back",
  ArrowDown: "turn_forward",
  "[": "mark_back",
  "]": "mark_forward",
  "+": "closer",
  // The same key without Shift.
  "=": "closer",
  "-": "wider",
  "<": "slower",
  ">": "faster",
  "/": "search",
  n: "found_next",
  N: "found_back",
  f: "follow",
  s: "silence",
  q: "questions",
  c: "comment",
  y: "link",
  "?": "help",
};

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** In a field, where keys are text; on a button or a link, which Space presses. */
  on: "text" | "button" | "page";
}

/** What a press asks for; null where it is the browser's or the field's. */
export function commandOf(press: Press): Command | null {
  if (press.on === "text" || press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.on === "button" && press.key === " ") return null;
  // Capitals but for the one that has a meaning of its own: caps lock is not a wish.
  return COMMANDS[press.key] ?? COMMANDS[press.key.toLowerCase()] ?? null;
}

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export function otherSpeed(speed: number, faster: boolean): number {
  const at = SPEEDS.findIndex((one) => one >= speed);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + (faster ? 1 : -1)))] ?? 1;
}
