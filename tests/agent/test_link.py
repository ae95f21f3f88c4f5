import httpx
import pytest

from agent.link import HttpLink, ServerRefused, ServerUnreachable
from interview.errors import FencedError


def link(answer: httpx.Response | Exception) -> HttpLink:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer secret"
        assert request.url.path.startswith("/internal/v1/sessions/s1/")
        if isinstance(answer, Exception):
            raise answer
        return answer

    return HttpLink("http://server/", "secret", transport=httpx.MockTransport(handle))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(409, json={"code": "fenced"}), FencedError),
        (httpx.Response(409, json={"code": "event_out_of_order"}), ServerRefused),
        (httpx.Response(422, json={"code": "event_invalid"}), ServerRefused),
        (httpx.Response(404, text="<html>"), ServerRefused),
        (httpx.Response(401, json=["odd"]), ServerRefused),
        (httpx.Response(500), ServerUnreachable),
        (httpx.Response(503, json={"code": "x"}), ServerUnreachable),
        (httpx.Response(429), ServerUnreachable),
        (httpx.Response(200, text="<html>"), ServerUnreachable),
        (httpx.ConnectError("refused"), ServerUnreachable),
        (httpx.ReadTimeout("slow"), ServerUnreachable),
    ],
)
async def test_every_answer_has_its_error(
    answer: httpx.Response | Exception, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await link(answer).heartbeat("s1", 1, 2.5)


async def test_says_nothing_when_all_is_well() -> None:
    answer = httpx.Response(200, json={"record": True})
    assert (await link(answer).heartbeat("s1", 1, 2.5)).record is True
