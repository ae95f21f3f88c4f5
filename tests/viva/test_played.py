"""What must hold with every persona, whoever hears the words."""

import pytest

from tests.shipped import SCENARIOS
from tests.viva.played import play
from viva.bench_conduct import PERSONAS


@pytest.mark.parametrize("name", PERSONAS)
def test_no_private_fact_is_told_unasked_and_every_line_has_its_reason(name: str) -> None:
    conduct = play(name, SCENARIOS["general-ml-system-design"])
    assert conduct.facts_leaked == 0, conduct.faults
    assert conduct.moves_without_reason == 0
    assert len(conduct.segment_errors_s) == 5
    assert conduct.interviewer_words > 100
