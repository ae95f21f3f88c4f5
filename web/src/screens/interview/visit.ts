import { SettingsApi } from "../../core/settings_api";
import { asksToRecord, offersRecording, type RecordSettings } from "../../core/record_choice";
import { isOver } from "../../core/session_words";
import { checkScreen } from "../check";
import { endScreen } from "../end";
import type { Screen, Site } from "../frame";
import { recordChoice } from "../record_choice";
import { watchScreen } from "../watch";
import { interviewScreen } from "./screen";

export interface VisitParts {
  site: Site;
  put(screen: Screen): void;
  /** Whether nothing else is being shown meanwhile. */
  current(): boolean;
  /** Shows what the address names, anew. */
  again(): void;
  tabStore: Storage | null;
}

/** How one speaks and reads in the room, from the settings. */
export interface RoomSettings {
  captions: boolean;
  pushToTalk: boolean;
  recording: RecordSettings;
}

/** How this tab is in an interview, so that a reload comes straight back into it. */
const joinedKey = (id: string) => `viva.joined.${id}`;

/** The interview that this tab was told to go on with, though a device is in it. */
let takingOver: string | null = null;

/** Shows interview `id`: its transcript, the way in, or what goes on in it on another device. */
export async function visitInterview(id: string, parts: VisitParts): Promise<void> {
  const { site, put, current, again, tabStore } = parts;
  const found = await site.api.session(id);
  const taking = takingOver === id;
  takingOver = null;
  if (isOver(found) || found.own === false) {
    // The moments are an extra: without them the transcript is still shown.
    const [transcript, flagged] = await Promise.all([site.api.transcript(id), site.api.flags(id).catch(() => [])]);
    if (current()) put(endScreen(site, found, transcript, flagged));
    return;
  }
  const before = tabStore?.getItem(joinedKey(id));
  if (found.candidate_present && !before && !taking) {
    const here = () => {
      takingOver = id;
      again();
    };
    put(watchScreen(site, { session: found, here, over: again }));
    return;
  }
  const settings = await roomSettings(site);
  if (!current()) return;
  const remember = (how: string | null) => {
    try {
      if (how === null) tabStore?.removeItem(joinedKey(id));
      else tabStore?.setItem(joinedKey(id), how);
    } catch {
      // Without the store a reload asks for the microphone again, no more.
    }
  };
  const join = (track: MediaStreamTrack | null, typing: boolean) => {
    // Who was put out and reloads is to look on, not to put the other out in turn.
    const seat = (held: boolean) => remember(held ? (typing ? "typing" : "speaking") : null);
    seat(true);
    const recorded = (record ? record.granted() : consent) === true;
    put(interviewScreen(site, { interview: found, track, typing, settings, recorded, seat, over: again }));
  };
  const consent = found.recording?.consent ?? null;
  const offers = offersRecording(settings.recording, consent);
  const record = offers && !before ? recordChoice(site, id, settings.recording, consent) : null;
  if (before || (site.devices.wasFine(site.now()) && !asksToRecord(settings.recording, consent))) {
    join(null, before === "typing");
    return;
  }
  const joinText = found.started_at === null ? "Join the interview" : "Go back in";
  put(checkScreen(site, joinText, (track) => join(track, track === null), settings.pushToTalk, record));
}

export async function roomSettings(site: Site): Promise<RoomSettings> {
  try {
    const { values } = await new SettingsApi(site.api).load();
    return { captions: values.captions, pushToTalk: values.push_to_talk, recording: values };
  } catch {
    // An interview does not wait for a preference; without it nothing is recorded.
    return { captions: true, pushToTalk: false, recording: { record: "never", keep_recordings_days: null } };
  }
}
