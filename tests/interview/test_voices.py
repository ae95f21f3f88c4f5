"""Which voices follow from the settings of speech."""

from __future__ import annotations

from interview.voices import OPENAI_VOICES, chosen, openai_voices, piper_voices


def test_piper_has_the_voices_that_are_named_the_usual_one_first() -> None:
    found = piper_voices("joe, /srv/voices/en_GB-alba-medium.onnx,joe")
    assert [(v.id, v.title, v.source) for v in found] == [
        ("joe", "Joe", "joe"),
        ("en_GB-alba-medium", "Alba (en-GB, medium)", "/srv/voices/en_GB-alba-medium.onnx"),
    ]


def test_openai_has_its_own_and_another_server_only_what_is_named() -> None:
    found = [voice.id for voice in openai_voices("coral", own=False)]
    assert found[0] == "coral"
    assert sorted(found) == sorted(OPENAI_VOICES)
    assert [voice.id for voice in openai_voices("af_heart,bm_george", own=True)] == [
        "af_heart",
        "bm_george",
    ]


def test_a_voice_that_is_gone_gives_way_to_the_usual_one() -> None:
    voices = openai_voices("coral", own=False)
    assert chosen(voices, "nova").id == "nova"
    assert chosen(voices, None).id == chosen(voices, "gone").id == "coral"
