import {
  DisconnectReason,
  LocalAudioTrack,
  type RemoteParticipant,
  type RemoteTrack,
  Room,
  RoomEvent,
  RpcError,
  setLogLevel,
  type TextStreamReader,
  Track,
  TrackEvent,
} from "livekit-client";

import type { Action, Connection } from "../core/api";
import { Emitter } from "../core/emitter";
import { Captions } from "./captions";
import type { RoomAnswer } from "./control";

export interface RoomEvents {
  repairing: undefined;
  repaired: undefined;
  dropped: "network" | "duplicate" | "closed";
  /** The interviewer came or went. */
  interviewer: boolean;
  /** What the interviewer publishes; null while there is none. */
  attributes: Readonly<Record<string, string>> | null;
  /** The sound of the interviewer, for the breathing shape. */
  voice: MediaStreamTrack | null;
  /** The microphone's track in the room; null when there is none. */
  microphone: MediaStreamTrack | null;
  microphoneLost: undefined;
  audioBlocked: boolean;
}

const CAPTION_TOPIC = "lk.transcription";
const CHAT_TOPIC = "lk.chat";
const RPC_TIMEOUT_MS = 6000;

// The library logs the whole token where a connection is refused.
setLogLevel("silent");

/** The seat in the room: a thin shell over livekit-client that says what happens in our words. */
export class InterviewRoom extends Emitter<RoomEvents> {
  private room: Room | null = null;
  private readonly sinks: HTMLMediaElement[] = [];
  /** Participants, by sid, that hold the interview no longer. */
  private readonly gone = new Set<string>();

  constructor(
    readonly captions: Captions,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  /** The newest one: one that died stays in the room as a shadow for some 20 seconds. */
  get interviewer(): RemoteParticipant | null {
    const there = this.agents().filter((agent) => !this.gone.has(agent.sid));
    return there.at(-1) ?? null;
  }

  /** The server has given up the present interviewer: another one is on its way. */
  forgetInterviewer(): void {
    const agents = this.agents();
    const old = agents.length > 1 ? agents.slice(0, -1) : agents;
    for (const agent of old) this.gone.add(agent.sid);
    this.tellInterviewer();
  }

  private agents(): RemoteParticipant[] {
    const all = [...(this.room?.remoteParticipants.values() ?? [])];
    const joined = (one: RemoteParticipant) => one.joinedAt?.getTime() ?? 0;
    return all.filter((one) => one.isAgent).sort((a, b) => joined(a) - joined(b));
  }

  /** Joins with a fresh connection; a seat held before is left. Throws when it cannot be joined. */
  async join(connection: Connection, speaker: string): Promise<void> {
    await this.leave();
    const room = new Room({
      disconnectOnPageLeave: false,
      // Over one connection, publishing while the interviewer's track arrives fails now and then:
      // the offer is made from a state that the server's offer has just changed.
      singlePeerConnection: false,
      audioOutput: speaker === "" ? {} : { deviceId: speaker },
    });
    this.room = room;
    this.listen(room);
    await room.connect(connection.server_url, connection.participant_token, { maxRetries: 1 });
    if (this.room !== room) return;
    this.tellInterviewer();
    this.emit("audioBlocked", !room.canPlaybackAudio);
  }

  /** Publishes the microphone, in place of the one before. */
  async speakWith(track: MediaStreamTrack): Promise<void> {
    const room = this.room;
    if (!room) return;
    const local = room.localParticipant;
    const known = local.getTrackPublication(Track.Source.Microphone)?.audioTrack;
    if (known instanceof LocalAudioTrack) {
      await known.replaceTrack(track, { userProvidedTrack: true });
      // The library mutes a track whose device went away.
      if (known.isMuted) await known.unmute();
    } else {
      const audio = new LocalAudioTrack(track, undefined, true);
      audio.on(TrackEvent.Ended, () => this.emit("microphoneLost", undefined));
      await local.publishTrack(audio, { source: Track.Source.Microphone, dtx: true, red: true });
    }
    this.emit("microphone", track);
  }

  async playOn(speaker: string): Promise<void> {
    await this.room?.switchActiveDevice("audiooutput", speaker).catch(() => undefined);
  }

  async startAudio(): Promise<void> {
    await this.room?.startAudio().catch(() => undefined);
    this.emit("audioBlocked", this.room ? !this.room.canPlaybackAudio : false);
  }

  /** Sends a typed answer. Throws when it did not leave. */
  async type(text: string): Promise<void> {
    if (!this.room) throw new Error("not in the room");
    await this.room.localParticipant.sendText(text, { topic: CHAT_TOPIC });
  }

  /** Calls `viva.<action>` on the interviewer. */
  async ask(action: Action, payload: string): Promise<RoomAnswer> {
    const interviewer = this.interviewer;
    if (!this.room || !interviewer) return { kind: "undelivered" };
    try {
      const answer = await this.room.localParticipant.performRpc({
        destinationIdentity: interviewer.identity,
        method: `viva.${action}`,
        payload,
        responseTimeout: RPC_TIMEOUT_MS,
      });
      return { kind: "answer", payload: answer };
    } catch (error) {
      return roomFailure(error);
    }
  }

  async leave(): Promise<void> {
    const room = this.room;
    this.room = null;
    for (const sink of this.sinks.splice(0)) sink.remove();
    if (room) {
      room.removeAllListeners();
      await room.disconnect(false).catch(() => undefined);
    }
  }

  private listen(room: Room): void {
    const tell = () => this.tellInterviewer();
    room
      .on(RoomEvent.Reconnecting, () => this.emit("repairing", undefined))
      .on(RoomEvent.SignalReconnecting, () => this.emit("repairing", undefined))
      .on(RoomEvent.Reconnected, () => {
        this.emit("repaired", undefined);
        this.tellInterviewer();
      })
      .on(RoomEvent.Disconnected, (reason) => {
        if (this.room === room) this.emit("dropped", whyOf(reason));
      })
      .on(RoomEvent.ParticipantConnected, tell)
      .on(RoomEvent.ParticipantActive, tell)
      .on(RoomEvent.ParticipantDisconnected, tell)
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => {
        if (!participant.isAgent) return;
        this.gone.delete((participant as RemoteParticipant).sid);
        this.tellInterviewer();
      })
      .on(RoomEvent.TrackSubscribed, (track) => this.hear(track))
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        for (const sink of track.detach()) sink.remove();
        if (track.kind === Track.Kind.Audio) this.emit("voice", null);
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () =>
        this.emit("audioBlocked", !room.canPlaybackAudio),
      );
    room.registerTextStreamHandler(CAPTION_TOPIC, (reader, from) => {
      void this.readCaption(room, reader, from.identity);
    });
  }

  private tellInterviewer(): void {
    const interviewer = this.interviewer;
    this.emit("interviewer", interviewer !== null);
    this.emit("attributes", interviewer?.attributes ?? null);
  }

  private hear(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio) return;
    const sink = track.attach();
    this.sinks.push(sink);
    document.body.append(sink);
    this.emit("voice", track.mediaStreamTrack);
  }

  private async readCaption(room: Room, reader: TextStreamReader, from: string): Promise<void> {
    const attributes = reader.info.attributes ?? {};
    const id = attributes["lk.segment_id"] ?? reader.info.id;
    const trackId = attributes["lk.transcribed_track_id"];
    const me = room.localParticipant;
    const mine = from === me.identity || (trackId ? me.trackPublications.has(trackId) : false);
    const speaker = mine ? "candidate" : "interviewer";
    let text = "";
    try {
      for await (const chunk of reader) {
        text += chunk;
        this.captions.put(id, speaker, text, false, this.now());
      }
    } catch {
      // A stream cut by a lost connection: what came of it stays.
    }
    // The candidate's come whole, one stream a version; the interviewer's stream is final at its end.
    const final = mine ? attributes["lk.transcription_final"] === "true" : true;
    if (text !== "") this.captions.put(id, speaker, text, final, this.now());
  }
}

function whyOf(reason: DisconnectReason | undefined): RoomEvents["dropped"] {
  if (reason === DisconnectReason.DUPLICATE_IDENTITY) return "duplicate";
  const closed: (DisconnectReason | undefined)[] = [
    DisconnectReason.ROOM_DELETED,
    DisconnectReason.ROOM_CLOSED,
    DisconnectReason.PARTICIPANT_REMOVED,
  ];
  return closed.includes(reason) ? "closed" : "network";
}

function roomFailure(error: unknown): RoomAnswer {
  if (!(error instanceof RpcError)) return { kind: "undelivered" };
  if (error.code === RpcError.ErrorCode.APPLICATION_ERROR) return { kind: "unanswered" };
  if (error.code === RpcError.ErrorCode.RESPONSE_TIMEOUT) return { kind: "unanswered" };
  if (error.code === RpcError.ErrorCode.RECIPIENT_DISCONNECTED) return { kind: "unanswered" };
  const ours = Object.values(RpcError.ErrorCode) as number[];
  // A code of its own is the interviewer's refusal, with a sentence to show.
  return ours.includes(error.code) ? { kind: "undelivered" } : { kind: "failed", message: error.message };
}
