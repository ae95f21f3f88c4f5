import { describe, expect, it } from "vitest";

import { asksToRecord, keepText, LastAnswer, offersRecording, type RecordSettings, recordText } from "./record_choice";

const ASK: RecordSettings = { record: "ask", keep_recordings_days: null };

function store(): { getItem(key: string): string | null; setItem(key: string, value: string): void } {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

describe("asking to record", () => {
  it("asks who has not answered, and nobody else", () => {
    expect(asksToRecord(ASK, null)).toBe(true);
    expect(asksToRecord(ASK, undefined)).toBe(true);
    expect(asksToRecord(ASK, false)).toBe(false);
    expect(asksToRecord(ASK, true)).toBe(false);
    expect(asksToRecord({ ...ASK, record: "never" }, null)).toBe(false);
  });

  it("lets who was asked change their mind, and who is recorded against their settings", () => {
    for (const consent of [null, undefined, false, true]) expect(offersRecording(ASK, consent)).toBe(true);
    expect(offersRecording({ ...ASK, record: "never" }, false)).toBe(false);
    expect(offersRecording({ ...ASK, record: "never" }, null)).toBe(false);
    expect(offersRecording({ ...ASK, record: "never" }, true)).toBe(true);
  });

  it("says for how long it is kept", () => {
    expect(recordText(ASK)).toContain("kept on this Viva until you delete it,");
    expect(recordText({ ...ASK, keep_recordings_days: 30 })).toContain("for 30 days, or until you delete it,");
    expect(recordText({ ...ASK, keep_recordings_days: 1 })).toContain("for a day,");
    expect(keepText(null)).toBe("until you delete them");
    expect(keepText(365)).toBe("a year");
  });
});

describe("the last answer", () => {
  it("is no until the user said yes, and each user's own", () => {
    const kept = store();
    const ada = new LastAnswer(kept, "ada");
    expect(ada.load()).toBe(false);
    ada.save(true);
    expect(ada.load()).toBe(true);
    expect(new LastAnswer(kept, "bob").load()).toBe(false);
    ada.save(false);
    expect(ada.load()).toBe(false);
  });

  it("is no where the browser keeps nothing", () => {
    const broken = {
      getItem: () => {
        throw new Error("refused");
      },
      setItem: () => {
        throw new Error("refused");
      },
    };
    for (const kept of [null, broken]) {
      const answer = new LastAnswer(kept, "ada");
      answer.save(true);
      expect(answer.load()).toBe(false);
    }
  });
});
