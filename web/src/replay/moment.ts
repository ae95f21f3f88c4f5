/** What an address asks for: a moment in seconds, and where to stop, both answered in milliseconds. */
export function momentOf(search: string): { startMs: number; endMs: number | null } {
  const asked = new URLSearchParams(search);
  const ms = (name: string) => {
    const seconds = Number(asked.get(name) ?? "");
    return asked.has(name) && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null;
  };
  return { startMs: ms("t") ?? 0, endMs: ms("end") };
}
