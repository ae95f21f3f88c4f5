import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.errors import EventError
from interview.events import AnyEvent
from interview.transcript import Word
from interview.wire import EVENT_TYPES, decode_event, encode_event

st.register_type_strategy(float, st.floats(0, 1e6, allow_nan=False))
_words = st.builds(
    Word,
    text=st.text(max_size=8),
    start_ms=st.integers(0, 10**7),
    end_ms=st.integers(0, 10**7),
    confidence=st.none() | st.floats(0, 1),
)
st.register_type_strategy(Word, _words)


@pytest.mark.parametrize("kind", get_args(AnyEvent), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_event_survives_the_wire(kind: type, data: st.DataObject) -> None:
    event = data.draw(st.from_type(kind))
    type_, at, body = encode_event(event)
    assert type_ in EVENT_TYPES
    assert decode_event(type_, at, json.loads(json.dumps(body))) == event


def test_bad_events_name_type_and_field() -> None:
    with pytest.raises(EventError, match="unknown event type 'sneeze'"):
        decode_event("sneeze", 0, {})
    with pytest.raises(EventError, match=r"'extend_requested'.*'seconds'"):
        decode_event("extend_requested", 0, {"seconds": "many"})
