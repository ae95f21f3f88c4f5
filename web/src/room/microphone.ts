import { openMicrophone } from "../core/audio";
import { micProblem, type MicProblem } from "../core/devices";
import { Emitter } from "../core/emitter";
import type { InterviewRoom } from "./interview_room";

interface MicrophoneEvents {
  /** Why the microphone is not heard; null when it is, or when nobody wants it to be. */
  problem: MicProblem | null;
}

const PUBLISH_TRIES = 3;

/** The candidate's microphone in the room: opened, published, and found again after a loss. */
export class Microphone extends Emitter<MicrophoneEvents> {
  track: MediaStreamTrack | null = null;
  private inRoom = false;
  private heard = true;
  private attempt = 0;

  constructor(private readonly room: Pick<InterviewRoom, "speakWith">) {
    super();
  }

  /** Uses a track that is open already. */
  async use(track: MediaStreamTrack): Promise<void> {
    this.track?.stop();
    this.track = track;
    this.apply();
    track.addEventListener("ended", () => {
      if (this.track !== track) return;
      this.track = null;
      this.emit("problem", "lost");
    });
    this.emit("problem", null);
    await this.publish();
  }

  /** Opens `deviceId` ("" is the browser's choice) and uses it. */
  async open(deviceId: string): Promise<void> {
    const mine = ++this.attempt;
    try {
      const track = await openMicrophone(deviceId);
      if (mine === this.attempt) await this.use(track);
      else track.stop();
    } catch (error) {
      if (mine === this.attempt) this.emit("problem", micProblem(error));
    }
  }

  /** Whether what the microphone hears goes into the room; otherwise silence does. */
  listen(heard: boolean): void {
    this.heard = heard;
    this.apply();
  }

  /** The page has a seat in the room, or lost it. */
  async seated(inRoom: boolean): Promise<void> {
    this.apply();
    if (inRoom === this.inRoom) return;
    this.inRoom = inRoom;
    await this.publish();
  }

  close(): void {
    this.attempt += 1;
    const track = this.track;
    this.track = null;
    track?.stop();
  }

  /** The library switches a track on when it publishes it, and when it comes back from a break. */
  private apply(): void {
    if (this.track && this.track.enabled !== this.heard) this.track.enabled = this.heard;
  }

  private async publish(): Promise<void> {
    // A seat lost meanwhile is published to again when it is back.
    for (let tries = 1; this.inRoom && this.track; tries += 1) {
      try {
        await this.room.speakWith(this.track);
        this.apply();
        return;
      } catch {
        if (tries < PUBLISH_TRIES) continue;
        if (this.inRoom) this.emit("problem", "failed");
        return;
      }
    }
  }
}
