import { levelOf } from "./devices";

let context: AudioContext | null = null;

/** The page's one audio context. Suspended until the person has pressed something. */
export function audioContext(): AudioContext {
  if (!context) {
    context = new AudioContext();
    for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, wake);
  }
  wake();
  return context;
}

function wake(): void {
  if (context?.state === "suspended") void context.resume().catch(() => undefined);
}

/** Reads how loud a stream is, on demand. Plays nothing. */
export class Meter {
  private readonly analyser: AnalyserNode;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    const audio = audioContext();
    this.source = audio.createMediaStreamSource(new MediaStream([track]));
    this.analyser = audio.createAnalyser();
    this.analyser.fftSize = 1024;
    this.source.connect(this.analyser);
    this.samples = new Float32Array(this.analyser.fftSize);
  }

  /** 0..1 */
  level(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    return levelOf(this.samples);
  }

  close(): void {
    this.source.disconnect();
    this.analyser.disconnect();
  }
}

/** Opens a microphone; the one named if it is there, else the browser's choice. Throws DOMException. */
export async function openMicrophone(deviceId: string): Promise<MediaStreamTrack> {
  // Absent on plain http from another machine: browsers allow a microphone on secure pages only.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media?.getUserMedia) throw Object.assign(new Error(), { name: "UnsupportedError" });
  const stream = await media.getUserMedia({
    audio: {
      ...(deviceId === "" ? {} : { deviceId: { ideal: deviceId } }),
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    },
  });
  const track = stream.getAudioTracks()[0];
  if (!track) throw Object.assign(new Error(), { name: "NotFoundError" });
  return track;
}

export interface Devices {
  microphones: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
}

export async function listDevices(): Promise<Devices> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await media?.enumerateDevices?.()) ?? [];
  return {
    microphones: all.filter((device) => device.kind === "audioinput" && device.deviceId !== ""),
    speakers: all.filter((device) => device.kind === "audiooutput" && device.deviceId !== ""),
  };
}

/** Whether this browser lets a page choose where it plays. */
export function canChooseSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

/** Two soft notes on the given speaker. Resolves when they have been played. */
export async function playTestSound(speakerId: string): Promise<void> {
  const audio = audioContext();
  const out = audio.createMediaStreamDestination();
  const player = new Audio();
  player.srcObject = out.stream;
  if (speakerId !== "" && canChooseSpeaker()) {
    await player.setSinkId(speakerId).catch(() => undefined);
  }
  await player.play();
  for (const [index, frequency] of [523.25, 659.25].entries()) {
    const from = audio.currentTime + 0.05 + index * 0.45;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(0.25, from + 0.04);
    gain.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
    tone.connect(gain).connect(out);
    tone.start(from);
    tone.stop(from + 0.65);
  }
  await new Promise((resolve) => setTimeout(resolve, 1250));
  player.pause();
  player.srcObject = null;
}
