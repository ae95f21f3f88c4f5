import { describe, expect, it } from "vitest";

import { Api, Refused, Unreachable } from "./api";
import { ServerClock } from "./server_clock";

function apiWith(respond: () => Response | Promise<Response>) {
  const calls: { path: string; init: RequestInit }[] = [];
  const clock = new ServerClock();
  const api = new Api(clock, () => 1000, async (path, init) => {
    calls.push({ path, init });
    return respond();
  });
  return { api, calls, clock };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

describe("Api", () => {
  it("sends JSON and reads it", async () => {
    const { api, calls } = apiWith(() => json(200, { id: "u", email: "e", name: "n" }));
    expect((await api.login({ email: "e", password: "p" })).id).toBe("u");
    expect(calls[0]?.path).toBe("/api/v1/auth/login");
    expect(calls[0]?.init.body).toBe('{"email":"e","password":"p"}');
  });

  it("reads an empty answer", async () => {
    const { api } = apiWith(() => new Response(null, { status: 204 }));
    expect(await api.logout()).toBeUndefined();
  });

  it("turns problem details into a sentence, a code and fields", async () => {
    const { api } = apiWith(() =>
      json(422, {
        code: "invalid_request",
        detail: "password: too short",
        errors: [{ field: "password", message: "too short" }],
      }),
    );
    const error = await api.me().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({
      status: 422,
      code: "invalid_request",
      message: "password: too short",
      fields: { password: "too short" },
    });
  });

  it.each([
    [() => Promise.reject(new TypeError("offline")), Unreachable],
    [() => new Response("<h1>bad gateway</h1>", { status: 502 }), Unreachable],
    [() => new Response("busy", { status: 503 }), Unreachable],
    [() => json(500, { code: "internal_error", detail: "x" }), Unreachable],
    [() => json(503, { code: "livekit_unavailable", detail: "No audio server." }), Refused],
    [() => new Response("nope", { status: 404 }), Refused],
  ])("tells a refusal from silence (%#)", async (respond, kind) => {
    const { api } = apiWith(respond as () => Promise<Response>);
    await expect(api.me()).rejects.toBeInstanceOf(kind);
  });

  it("learns the server's time from each answer", async () => {
    const date = new Date(600_000).toUTCString();
    const { api, clock } = apiWith(() => json(200, {}, { date }));
    await api.me();
    expect(clock.offset).toBeGreaterThanOrEqual(599_000 - 1);
  });

  it("escapes what it is given", async () => {
    const { api, calls } = apiWith(() => json(200, {}));
    await api.session("../me");
    expect(calls[0]?.path).toBe("/api/v1/sessions/..%2Fme");
  });
});
