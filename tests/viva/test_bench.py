from viva.bench import turn_figures
from viva.outcome import Result


def test_the_keys_are_the_public_ones_and_unmeasured_peers_are_null() -> None:
    rounds = [
        Result("a", first_word_ms=1000, gaps_ms=[100, 200], cut_ins=1),
        Result("b", first_word_ms=3000, gaps_ms=[300]),
    ]
    figures = turn_figures(rounds, Result("c", first_word_ms=2000, barge_in_ms=[400, 500, 600]))
    assert figures["rounds"] == 2
    assert figures["turns"] == 3
    assert figures["setups"]["local"] == {
        "gap_p50_ms": 200,
        "gap_p95_ms": 290,
        "barge_in_p50_ms": 500,
        "false_cuts": 1,
    }
    assert figures["first_word_p50_ms"] == 2000
    assert set(figures["ratios"]) == {
        "local_p50_vs_bare",
        "local_p95_vs_bare",
        "simulated_p50_vs_bare",
        "simulated_p50_vs_pipecat",
        "overhead_vs_bare",
        "overhead_vs_pipecat",
        "barge_in_p50_vs_bare",
    }
    assert set(figures["ratios"].values()) == {None}


def test_nothing_broken_into_has_no_figure() -> None:
    figures = turn_figures([Result("a")], Result("b"))
    assert figures["setups"]["local"]["barge_in_p50_ms"] is None
    assert figures["first_word_p50_ms"] is None
