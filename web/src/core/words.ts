import type { MicProblem } from "./devices";
import type { Link } from "../room/link";
import type { Presence } from "../room/presence";

/** What happened and what it means, in one or two sentences, and what the button does about it. */
export interface Notice {
  /** Stable name, also in the page as data-notice. */
  code: string;
  text: string;
  tone: "info" | "warning";
  action?: "retry" | "take_back" | "sign_in" | "transcript" | "start" | "sound" | "devices";
  actionText?: string;
  /** Seconds until the next try, shown after the text. */
  retryInS?: number;
}

export const MICROPHONE: Record<MicProblem, { title: string; text: string; retry: string }> = {
  refused: {
    title: "The browser is not letting this page use the microphone.",
    text: "Allow it beside the address bar, then ask again. Or go on and type your answers.",
    retry: "Ask again",
  },
  none: {
    title: "No microphone was found.",
    text: "Plug one in and look again. Or go on and type your answers.",
    retry: "Look again",
  },
  busy: {
    title: "The microphone is in use by another program.",
    text: "Close the call or recorder that holds it, then try again. Or go on and type your answers.",
    retry: "Try again",
  },
  lost: {
    title: "The microphone was unplugged or turned off.",
    text: "Plug it back in or choose another. Or go on and type your answers.",
    retry: "Try again",
  },
  unsupported: {
    title: "This address cannot use a microphone.",
    text: "Browsers allow it only on https or on this same computer. You can go on and type your answers.",
    retry: "Try again",
  },
  failed: {
    title: "The microphone did not start.",
    text: "Try again or choose another. Or go on and type your answers.",
    retry: "Try again",
  },
};

export function linkNotice(link: Link, nowMs: number): Notice | null {
  switch (link.kind) {
    case "repairing":
      return {
        code: "reconnecting",
        tone: "warning",
        text: LOST.network,
      };
    case "lost":
      return {
        code: link.because === "network" ? "reconnecting" : link.because === "server" ? "server_gone" : "busy",
        tone: "warning",
        text: link.because === "busy" ? link.message : LOST[link.because],
        retryInS: Math.max(0, Math.ceil((link.retryAt - nowMs) / 1000)),
        action: "retry",
        actionText: "Try now",
      };
    case "elsewhere":
      return {
        code: "elsewhere",
        tone: "info",
        text: link.where === "tab" ? "Continued in another tab." : "Continued on another device.",
        action: "take_back",
        actionText: "Take it back",
      };
    case "signed_out":
      return {
        code: "signed_out",
        tone: "warning",
        text: "You were signed out. The interview is kept; sign in and you are back in it.",
        action: "sign_in",
        actionText: "Sign in",
      };
    case "refused":
      return {
        code: "refused",
        tone: "warning",
        text: link.message,
        action: "start",
        actionText: "Back to the start",
      };
    default:
      return null;
  }
}

// The interviewer sees a lost candidate some seconds later: the page cannot say that time stands still.
const LOST = {
  network: "Connection lost, trying again. The clock stops while you are away.",
  server: "Viva does not answer, trying again. What was said is kept, and the clock stops while you are away.",
};

const SERVER_SILENT: Notice = {
  code: "server_silent",
  tone: "info",
  text: "Viva's server does not answer just now. The interview goes on, and what is said is saved when it is back.",
};

export function serverSilentNotice(): Notice {
  return SERVER_SILENT;
}

const AUDIO_BLOCKED: Notice = {
  code: "audio_blocked",
  tone: "warning",
  text: "The browser is holding back the sound, so you cannot hear the interviewer yet.",
  action: "sound",
  actionText: "Turn the sound on",
};

export function audioBlockedNotice(): Notice {
  return AUDIO_BLOCKED;
}

export function presenceNotice(now: Presence, returning: boolean): Notice | null {
  switch (now) {
    case "on_the_way":
      return { code: "on_the_way", tone: "info", text: "The interviewer is on the way." };
    case "coming_back":
      return {
        code: "interviewer_reconnecting",
        tone: "info",
        text: "The interviewer is coming back. The clock has stopped and nothing is lost.",
      };
    case "delayed":
      return {
        code: "interviewer_delayed",
        tone: "info",
        text: "The interviewer is late and has been called again. Your time has not begun.",
      };
    case "offer_retry":
      return {
        code: "no_interviewer",
        tone: "warning",
        text: returning
          ? "The interviewer is taking long to come back. The clock has stopped and nothing is lost."
          : "The interviewer has not come yet. Your time has not begun.",
        action: "retry",
        actionText: "Ask again",
      };
    default:
      return null;
  }
}

export const UNREACHABLE = "Viva does not answer just now. Nothing was changed; try again in a moment.";
