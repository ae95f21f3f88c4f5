"""`viva bench NAME` on the command line: the options of each measurement, and what it prints."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from viva.errors import CommandError


def add_benches(parser: argparse.ArgumentParser) -> None:
    benches = parser.add_subparsers(required=True, metavar="NAME")
    turn = benches.add_parser("turn", help="how fast the interviewer answers and stops")
    turn.add_argument("--scenario", default="general-ml-system-design", metavar="ID")
    _bench_options(turn)
    turn.set_defaults(run=_bench_turn)
    conduct = benches.add_parser("conduct", help="how it behaves with every persona")
    conduct.add_argument("--personas", metavar="A,B", help="some of them, in this order")
    conduct.add_argument(
        "--scenario", default="each", metavar="ID", help="or `each` in turn (%(default)s)"
    )
    conduct.add_argument(
        "--seconds", metavar="W,F,S,D,R", help="lengths of the segments; else each persona's own"
    )
    conduct.add_argument("--difficulty", help="guided, standard, senior or staff")
    conduct.add_argument("--tone", help="warm, neutral or direct")
    conduct.add_argument(
        "--at-once", type=count, default=1, metavar="N", help="interviews side by side"
    )
    _bench_options(conduct)
    conduct.set_defaults(run=_bench_conduct)

    recovery = benches.add_parser("recovery", help="what is lost when a part dies")
    recovery.add_argument(
        "--kills", type=_kills, metavar="N", help="of each kind (default 20)", default=20
    )
    recovery.add_argument("--kinds", metavar="A,B", help="some of job, worker, server, sfu")
    recovery.add_argument(
        "--at-once", type=count, default=1, metavar="N", help="interviews side by side"
    )
    recovery.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")
    recovery.add_argument(
        "--parts-log", type=Path, metavar="FILE", help="write the lines of all parts there"
    )
    recovery.add_argument("--json", action="store_true", help="one JSON object at the end")
    recovery.set_defaults(run=_bench_recovery)

    writers = benches.add_parser("writers", help="eight interviews written down at once")
    writers.add_argument("--json", action="store_true", help="one JSON object at the end")
    writers.set_defaults(run=_bench_writers)

    recorder = benches.add_parser("recorder", help="what is lost of the sound when it is killed")
    recorder.add_argument(
        "--kills", type=_kills, default=50, metavar="N", help="(default %(default)s)"
    )
    recorder.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")
    recorder.add_argument("--json", action="store_true", help="one JSON object at the end")
    recorder.set_defaults(run=_bench_recorder)

    context = benches.add_parser("context", help="what a model is sent, early and late")
    context.add_argument("--scenario", default="general-ml-system-design", metavar="ID")
    context.add_argument("--json", action="store_true", help="one JSON object at the end")
    context.set_defaults(run=_bench_context)

    words = benches.add_parser("words", help="how well the recogniser knows when words are said")
    words.add_argument("--sentences", type=count, default=80, metavar="N", help="(%(default)s)")
    words.add_argument("--json", action="store_true", help="one JSON object at the end")
    words.set_defaults(run=_bench_words)

    judge = benches.add_parser("judge", help="the report card of a judge")
    judge.add_argument(
        "--judge", choices=["built-in", "model"], default="built-in", help="(%(default)s)"
    )
    judge.add_argument("--no-spoken", action="store_true", help="leave out what is spoken")
    judge.add_argument(
        "--times", type=count, default=3, metavar="N", help="each transcript (default %(default)s)"
    )
    judge.add_argument(
        "--mistakes", action="store_true", help="list what is not as intended, of the dev half"
    )
    judge.add_argument("--json", action="store_true", help="one JSON object at the end")
    judge.set_defaults(run=_bench_judge)


def _bench_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="a running Viva; else one is started for this")
    parser.add_argument("--json", action="store_true", help="one JSON object at the end")


def count(text: str) -> int:
    """The type of an option that is a number from 1 to 16."""
    if not text.isdecimal() or not 1 <= int(text) <= 16:
        raise argparse.ArgumentTypeError(f"{text!r}: expected 1 to 16")
    return int(text)


def _kills(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r}: expected 1 to 1000")
    return int(text)


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _bench_context(arguments: argparse.Namespace) -> int:
    from viva.bench_context import context, summary

    figures = context(arguments.scenario)
    print(json.dumps(figures, indent=2) if arguments.json else summary(figures))
    return 0


def _bench_words(arguments: argparse.Namespace) -> int:
    from viva.bench_words import table, words

    figures = words(arguments.sentences)
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))
    return 0


def _bench_recovery(arguments: argparse.Namespace) -> int:
    from viva.bench_recovery import RecoveryConfig, recovery
    from viva.parts import KINDS
    from viva.recovery_figures import table

    wanted = arguments.kinds.split(",") if arguments.kinds else list(KINDS)
    if unknown := [kind for kind in wanted if kind not in KINDS]:
        raise CommandError(f"no kind {unknown[0]!r}; give some of {', '.join(KINDS)}")
    config = RecoveryConfig(
        kills=arguments.kills,
        kinds=tuple(kind for kind in KINDS if kind in wanted),
        at_once=arguments.at_once,
        seed=arguments.seed,
        parts_log=arguments.parts_log,
    )
    figures = asyncio.run(recovery(config, _progress))
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))
    return 130 if figures["interrupted"] else 0


def _bench_writers(arguments: argparse.Namespace) -> int:
    from viva.bench_writers import table, writers

    figures = asyncio.run(writers(_progress))
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))
    return 0


def _bench_recorder(arguments: argparse.Namespace) -> int:
    from viva.bench_recorder import recorder, table

    figures = asyncio.run(recorder(_progress, kills=arguments.kills, seed=arguments.seed))
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))
    return 0


def _bench_conduct(arguments: argparse.Namespace) -> int:
    from viva.bench_conduct import PERSONAS, ConductConfig, conduct, table
    from viva.simulate import segment_seconds

    chosen = arguments.personas.split(",") if arguments.personas else PERSONAS
    figures = asyncio.run(
        conduct(
            ConductConfig(
                url=arguments.url,
                personas=tuple(chosen),
                scenario=arguments.scenario,
                seconds=segment_seconds(arguments.seconds, 1.0),
                difficulty=arguments.difficulty,
                tone=arguments.tone,
                at_once=arguments.at_once,
            ),
            _progress,
        )
    )
    print(json.dumps(figures, indent=2) if arguments.json else table(figures))
    return 130 if figures["interrupted"] else 0


def _bench_turn(arguments: argparse.Namespace) -> int:
    from viva.bench import turn

    figures = asyncio.run(turn(arguments.url, arguments.scenario, _progress))
    if arguments.json:
        print(json.dumps(figures, indent=2))
    else:
        local = figures["setups"]["local"]
        print(
            f"{figures['turns']} turns: gap p50 {local['gap_p50_ms']} ms, "
            f"p95 {local['gap_p95_ms']} ms; stops {local['barge_in_p50_ms']} ms after a barge-in; "
            f"{local['false_cuts']} cuts; first word after {figures['first_word_p50_ms']} ms"
        )
    return 0


def _bench_judge(arguments: argparse.Namespace) -> int:
    from viva.judge_command import run

    return run(arguments)
