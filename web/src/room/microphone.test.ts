import { expect, it } from "vitest";

import type { MicProblem } from "../core/devices";
import { Microphone } from "./microphone";

function made(speakWith: () => Promise<void> = async () => undefined) {
  const published: MediaStreamTrack[] = [];
  const told: (MicProblem | null)[] = [];
  const microphone = new Microphone({
    speakWith: async (track) => {
      await speakWith();
      published.push(track);
    },
  });
  microphone.on("problem", (problem) => told.push(problem));
  return { microphone, published, told };
}

function track(): MediaStreamTrack {
  return Object.assign(new EventTarget(), { stop: () => undefined }) as unknown as MediaStreamTrack;
}

it("is published once there is a seat, and again after each new one", async () => {
  const { microphone, published } = made();
  const mine = track();
  await microphone.use(mine);
  expect(published).toEqual([]);
  await microphone.seated(true);
  await microphone.seated(true);
  await microphone.seated(false);
  await microphone.seated(true);
  expect(published).toEqual([mine, mine]);
});

it("tells its loss, and not that of one no longer used", async () => {
  const { microphone, told } = made();
  const [first, second] = [track(), track()];
  await microphone.use(first);
  await microphone.use(second);
  first.dispatchEvent(new Event("ended"));
  expect(told).toEqual([null, null]);
  second.dispatchEvent(new Event("ended"));
  expect(told.at(-1)).toBe("lost");
  expect(microphone.track).toBeNull();
});

it("tells when it could not be published", async () => {
  const { microphone, told } = made(() => Promise.reject(new Error()));
  await microphone.use(track());
  await microphone.seated(true);
  expect(told.at(-1)).toBe("failed");
});

it("is published at a later try without a word", async () => {
  let tries = 0;
  const { microphone, published, told } = made(async () => {
    tries += 1;
    if (tries < 3) throw new Error();
  });
  const mine = track();
  await microphone.use(mine);
  await microphone.seated(true);
  expect(published).toEqual([mine]);
  expect(told).toEqual([null]);
});

it("is silent until it is listened to, whatever publishing does to its track", async () => {
  const given = track();
  const { microphone } = made(async () => {
    given.enabled = true;
  });
  microphone.listen(false);
  await microphone.use(given);
  await microphone.seated(true);
  expect(given.enabled).toBe(false);
  microphone.listen(true);
  expect(given.enabled).toBe(true);
  microphone.listen(false);
  given.enabled = true;
  await microphone.seated(true);
  expect(given.enabled).toBe(false);
});
