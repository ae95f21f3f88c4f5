/**
 * How far this device's clock is from the server's, from evidence rather than trust.
 *
 * Each observation bounds the offset (server minus device, ms). A response's Date header names a whole
 * second and may be one second stale; a timestamp pushed by the server is never in the future. The
 * device's own clock is believed wherever the evidence allows it.
 */
export class ServerClock {
  private lower = -Infinity;
  private upper = Infinity;

  /** `dateMs` is the Date header; `sentMs` and `receivedMs` are the device's times of the exchange. */
  observeDate(dateMs: number, sentMs: number, receivedMs: number): void {
    if (!Number.isFinite(dateMs)) return;
    this.narrow(dateMs - receivedMs, dateMs + DATE_HEADER_SPAN_MS - sentMs);
  }

  /** A server time `stampMs` was seen on the device at `receivedMs`: it had passed by then. */
  observePast(stampMs: number, receivedMs: number): void {
    if (!Number.isFinite(stampMs)) return;
    this.narrow(stampMs - receivedMs, Infinity);
  }

  /** Server minus device, ms. */
  get offset(): number {
    return Math.min(Math.max(0, this.lower), this.upper);
  }

  /** Epoch ms on the server when the device shows `deviceMs`. */
  at(deviceMs: number): number {
    return deviceMs + this.offset;
  }

  private narrow(lower: number, upper: number): void {
    const low = Math.max(this.lower, lower);
    const high = Math.min(this.upper, upper);
    // Contradiction: one of the clocks was set. Only the newest observation still holds.
    [this.lower, this.upper] = low <= high ? [low, high] : [lower, upper];
  }
}

const DATE_HEADER_SPAN_MS = 2000;
