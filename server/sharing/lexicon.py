"""The words by which the anonymiser knows names. Names come from Faker's lists (MIT)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from faker.providers.lorem.en_US import Provider as Lorem

from interview.anonymise import Lexicon
from interview.anonymise_words import EVERYDAY, NAMES_THAT_ARE_WORDS
from interview.scenario import Scenario, scenario_to_dict

# Those written in Latin letters.
_LOCALES = (
    *("en_US", "en_GB", "en_IE", "en_IN", "en_NG", "en_KE", "en_PK", "de_DE", "fr_FR", "es_ES"),
    *("es_MX", "it_IT", "pt_BR", "pt_PT", "nl_NL", "pl_PL", "cs_CZ", "sv_SE", "no_NO", "da_DK"),
    *("fi_FI", "hu_HU", "ro_RO", "hr_HR", "tr_TR", "id_ID", "vi_VN", "yo_NG"),
)
# Common names of places whose lists are not in Latin letters.
_ROMANISED_GIVEN = """
    wei jing xiao ming hua lei yan yang jun ying li na fang min tao chen yuki haruto sakura hiroshi
    kenji takashi yuto aiko naoko akira jisoo minho jiwoo seojun hyun soo sergei dmitri ivan olga
    natasha svetlana anastasia vladimir mikhail boris igor yuri alexei ekaterina ahmed mohammed
    muhammad fatima aisha omar youssef layla hassan hussein khalid mariam zainab yusuf ibrahim priya
    rahul ananya arjun rohan aditya neha pooja vikram sanjay deepak anjali kavya shreya ravi amit
    suresh ramesh rajesh mukesh mei ling ngozi thandiwe sipho thabo lakshmi meera nikhil siddharth
    ishaan aarav diya kiran
"""
_ROMANISED_FAMILY = """
    zhang wang liu chen yang huang zhao zhou xu zhu lin guo luo liang song zheng xie tang feng
    tanaka suzuki sato takahashi watanabe yamamoto nakamura kobayashi kato kim park choi jung kang
    cho yoon ivanov petrov smirnov kuznetsov popov sokolov sharma patel singh gupta kumar verma
    reddy iyer nair khan hussain ahmed okafor adeyemi mensah nguyen tran pham
"""


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    given, family = set(_ROMANISED_GIVEN.split()), set(_ROMANISED_FAMILY.split())
    for locale in _LOCALES:
        provider: Any = import_module(f"faker.providers.person.{locale}").Provider
        for kind, into in (("first_names", given), ("last_names", family)):
            for ending in ("", "_male", "_female"):
                for name in getattr(provider, kind + ending, ()):
                    into.update(part.casefold() for part in re.split(r"[ -]", str(name)))
    latin = re.compile(r"[^\W\d_][\w']+")
    return tuple(frozenset(n for n in names if latin.fullmatch(n)) for names in (given, family))  # type: ignore[return-value]


@cache
def base() -> Lexicon:
    """Names, and ordinary words that are in no scenario."""
    given, family = _names()
    given |= NAMES_THAT_ARE_WORDS
    words = {word.lower() for word in Lorem.word_list} | EVERYDAY
    return Lexicon(given_names=given, family_names=family, vocabulary=frozenset(words))


def lexicon_of(scenarios: Iterable[Scenario], known: Iterable[str]) -> Lexicon:
    """For interviews on `scenarios`. `known`: names and addresses of everybody with an account."""
    words: set[str] = set()
    terms: set[str] = set()
    for scenario in scenarios:
        # Who wrote the sources is named there.
        own: Mapping[str, Any] = {**scenario_to_dict(scenario), "resources": []}
        text = " ".join(_strings(own))
        words.update(re.findall(r"\b[a-z][a-z'-]+", text))
        for term in scenario.terms:
            terms.update(part.lower() for part in term.split())
    parts = {
        part
        for name in known
        for part in re.findall(r"[^\W\d_]{2,}", name.partition("@")[0].casefold())
    }
    start = base()
    return Lexicon(
        given_names=start.given_names,
        family_names=start.family_names,
        vocabulary=start.vocabulary | words,
        terms=frozenset(terms),
        known=frozenset(parts),
    )


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
