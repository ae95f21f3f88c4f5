/** "4:05", or "1:02:09" from an hour on. Never negative; a started second still counts. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds - 0.001));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** "10 min", "30 s", "7.5 min": a length a person chose. */
export function lengthText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.round((seconds / 60) * 10) / 10} min`;
}

/** The same for a sentence or a screen reader: "4 minutes 5 seconds". */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds - 0.001));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const part = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;
  if (minutes === 0) return part(rest, "second");
  return rest === 0 ? part(minutes, "minute") : `${part(minutes, "minute")} ${part(rest, "second")}`;
}
