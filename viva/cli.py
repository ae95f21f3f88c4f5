"""The `viva` command."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import load_dotenv

from viva import bench_cli
from viva.errors import CommandError
from viva.persona import names
from viva.places import ROOT
from viva.ports import Ports, free_ports

_USUAL = Ports()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit status."""
    # Variables that are set win over the file.
    load_dotenv(ROOT / ".env")
    try:
        arguments = _parser().parse_args(argv)
        return int(arguments.run(arguments))
    except CommandError as error:
        print(f"viva: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="viva", description="A spoken practice interview.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    up = commands.add_parser("up", help="start everything on this machine, in the foreground")
    _ports_options(up)
    up.add_argument("--ports", choices=["auto"], help="choose free ports, for several side by side")
    _data_dir(up)
    up.set_defaults(run=_up)

    doctor = commands.add_parser("doctor", help="the state of every part, and what to do")
    doctor.add_argument("--json", action="store_true", help="one JSON object")
    _ports_options(doctor)
    _data_dir(doctor)
    doctor.set_defaults(run=_doctor)

    simulate = commands.add_parser(
        "simulate", help="a simulated candidate that speaks, through the real room"
    )
    simulate.add_argument("--scenario", default="general-ml-system-design", metavar="ID")
    simulate.add_argument(
        "--persona", default="steady", metavar="NAME|FILE", help=f"one of {', '.join(names())}"
    )
    simulate.add_argument(
        "--answers",
        action="store_true",
        help="answer the scenario's questions, at the persona's level, as in bench/judge",
    )
    lengths = simulate.add_mutually_exclusive_group()
    lengths.add_argument("--minutes", metavar="W,F,S,D,R", help="lengths of the five segments")
    lengths.add_argument("--seconds", metavar="W,F,S,D,R", help="the same in seconds")
    simulate.add_argument("--difficulty", help="guided, standard, senior or staff")
    simulate.add_argument("--tone", help="warm, neutral or direct")
    simulate.add_argument(
        "--wav", type=Path, nargs="+", default=[], metavar="FILE", help="say these instead"
    )
    simulate.add_argument("--url", default=_default_url(), help="a running Viva (%(default)s)")
    simulate.add_argument("--email", help="an account that exists; else a fresh one is made")
    simulate.add_argument(
        "--password", help="better given as VIVA_PASSWORD: an argument is seen by other users"
    )
    simulate.add_argument(
        "--record", action="store_true", help="be recorded, and compare the recording"
    )
    simulate.add_argument("--json", action="store_true", help="one JSON object at the end")
    simulate.set_defaults(run=_simulate)

    bench = commands.add_parser("bench", help="a measurement; see bench/README.md")
    bench_cli.add_benches(bench)

    agreement = commands.add_parser(
        "agreement", help="how far people and judges agree on the levels they gave"
    )
    agreement.add_argument("--json", action="store_true", help="one JSON object")
    _data_dir(agreement)
    agreement.set_defaults(run=_agreement)

    admin = commands.add_parser("admin", help="roles, and links to set a password")
    _admin_options(admin)
    admin.set_defaults(run=_admin)

    shared = commands.add_parser(
        "export-shared", help="the anonymised transcripts of those who agreed, as JSON lines"
    )
    shared.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    _data_dir(shared)
    shared.set_defaults(run=_export_shared)

    seed = commands.add_parser("seed", help="mock users with weeks of interviews")
    seed.add_argument(
        "--users", type=bench_cli.count, default=6, metavar="N", help="(default %(default)s)"
    )
    seed.add_argument("--seed", type=int, default=1, metavar="N", help="of who and what there is")
    seed.add_argument("--fresh", action="store_true", help="in a new data directory of its own")
    seed.add_argument(
        "--anyway", action="store_true", help="also where real people have their accounts"
    )
    seed.add_argument(
        "--recordings",
        type=int,
        choices=range(21),
        default=1,
        metavar="N",
        help="of so many interviews, the shortest first, two minutes each (default %(default)s)",
    )
    _data_dir(seed)
    seed.set_defaults(run=_seed)

    check = commands.add_parser("check-scenario", help="validate one scenario file")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check_scenario)
    return parser


def _admin_options(parser: argparse.ArgumentParser) -> None:
    whats = parser.add_subparsers(required=True, metavar="WHAT", dest="what")
    make = whats.add_parser("make", help="an admin; the account is made when there is none")
    make.add_argument("email", metavar="EMAIL")
    make.add_argument("--name", help="of a new account (default: what is before the @)")
    role = whats.add_parser("role", help="give an account a role")
    role.add_argument("email", metavar="EMAIL")
    role.add_argument("role", choices=["candidate", "reviewer", "admin"], metavar="ROLE")
    link = whats.add_parser("link", help="print a link that sets a password, good once, for a day")
    link.add_argument("email", metavar="EMAIL")
    listing = whats.add_parser("list", help="who has an account")
    listing.add_argument("--json", action="store_true", help="one JSON array")
    for what in (make, role, link, listing):
        _data_dir(what)


def _ports_options(parser: argparse.ArgumentParser) -> None:
    _port(parser, "--port", "VIVA_PORT", _USUAL.server, "the page")
    _port(parser, "--livekit-port", "VIVA_LIVEKIT_PORT", _USUAL.livekit, "the media server")
    _port(parser, "--rtc-port", "VIVA_RTC_PORT", _USUAL.rtc, "sound, UDP")
    _port(parser, "--agent-port", "VIVA_AGENT_PORT", _USUAL.agent, "the interviewer's health")


def _port(
    parser: argparse.ArgumentParser, option: str, variable: str, default: int, what: str
) -> None:
    # A string default goes through `type`, so a wrong variable is refused like a wrong option.
    parser.add_argument(
        option,
        type=_port_number,
        default=os.environ.get(variable) or default,
        help=f"{what} (default {default}, or {variable})",
    )


def _port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; expected 1 to 65535")
    return int(text)


def _data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=Path(os.environ.get("VIVA_DATA_DIR") or ROOT / "var"),
        help="where everything is kept (default var, or VIVA_DATA_DIR)",
    )


def _ports(arguments: argparse.Namespace) -> Ports:
    return Ports(
        server=arguments.port,
        livekit=arguments.livekit_port,
        rtc=arguments.rtc_port,
        agent=arguments.agent_port,
    )


def _up(arguments: argparse.Namespace) -> int:
    from viva import up
    from viva.stack import check_settings, plan_stack

    ports = free_ports() if arguments.ports == "auto" else _ports(arguments)
    stack = plan_stack(ports, arguments.data_dir, os.environ)
    check_settings(stack)
    print(up.describe(stack, arguments.data_dir), flush=True)
    return up.run(stack)


def _doctor(arguments: argparse.Namespace) -> int:
    from viva.doctor import examine, report

    findings = asyncio.run(examine(arguments.data_dir, _ports(arguments), os.environ))
    if arguments.json:
        print(json.dumps(findings.as_dict(), indent=2))
    else:
        print(report(findings))
    return 0 if findings.ok else 1


def _simulate(arguments: argparse.Namespace) -> int:
    from viva.outcome import summary
    from viva.persona import load
    from viva.private import private_scenarios
    from viva.simulate import SimulateConfig, segment_seconds, simulate
    from viva.written import prepared

    # With --json, standard output is the object alone.
    lines = sys.stderr if arguments.json else sys.stdout
    unit = 60.0 if arguments.minutes else 1.0
    persona = load(arguments.persona)
    scenario = private_scenarios().get(arguments.scenario)
    if arguments.answers and scenario is not None:
        persona = prepared(persona, scenario, random.Random(arguments.scenario))  # noqa: S311
    config = SimulateConfig(
        url=arguments.url,
        scenario=arguments.scenario,
        persona=persona,
        segment_seconds=segment_seconds(arguments.minutes or arguments.seconds, unit),
        difficulty=arguments.difficulty,
        tone=arguments.tone,
        email=arguments.email,
        password=arguments.password or os.environ.get("VIVA_PASSWORD"),
        wavs=tuple(arguments.wav),
        record=arguments.record,
        private=scenario,
        on_line=lambda line: print(line, file=lines, flush=True),
    )
    result = asyncio.run(simulate(config))
    print(json.dumps(result.as_dict(), indent=2) if arguments.json else summary(result))
    return 0


def _admin(arguments: argparse.Namespace) -> int:
    from viva.admin import run

    return run(arguments)


def _export_shared(arguments: argparse.Namespace) -> int:
    from viva.export_shared import run

    return run(arguments)


def _agreement(arguments: argparse.Namespace) -> int:
    from viva.agreement import run

    return run(arguments)


def _seed(arguments: argparse.Namespace) -> int:
    from viva.seed import run

    return run(arguments)


def _default_url() -> str:
    return f"http://127.0.0.1:{os.environ.get('VIVA_PORT') or _USUAL.server}"


def _check_scenario(arguments: argparse.Namespace) -> int:
    from viva.check_scenario import check

    return check(arguments.file)
