"""The scenario file format: one YAML file an interview.

Everything the interviewer says is written here or worded from it. Spoken are `ask`, `rephrase`,
`hints`, `opening` and a fact's `answer`: they are speech, so no markup, no lists, one question at
most and that one last, 35 words (60 in a part of an `opening`). No line may occur twice in a file.
Text that YAML would take for something else (yes, 10, a colon followed by a space) goes in quotes.
Aliases (`*name`) are refused.

An annotated example, complete but for its length:

```yaml
id: example                     # lower-case letters, digits, dashes; unique among all scenarios
title: An example               # shown to the candidate, as are summary, segment title and purpose
summary: One sentence on what is to be designed.
default: false                  # optional; true in exactly one file of a directory
talk: design                    # optional; or basics or stories, where nothing is designed: what
                                # no author wrote then speaks of models and data, or of people
difficulties: [guided, standard, senior, staff]     # the ones on offer
terms: [NDCG, two tower]        # optional; words that the speech recogniser should expect
spoken: {NDCG: N D C G}         # optional; how a written form is said aloud

facts:                          # what the interviewer knows, and tells only when asked
  - id: traffic                 # ids of facts, questions and probes are unique in the file
    about: [traffic, how many users]                # words in a question that ask for this
    answer: About two million people open it every day.
    topic: how many people use it                   # optional; completes "you never asked ..."

segments:                       # always these five, in this order
  - id: warm_up
    title: Warm-up
    seconds: 300                # 5 to 7200; the candidate may choose others
    purpose: Settle in and talk about something you built.
    goal: Hear one real project.                    # only for the interviewer
    opening:                    # optional but in problem_framing, where it is the problem itself
      - Let's start with something you know well.
    questions:                  # in the order of asking
      - id: proud
        ask: Which system that you built are you proud of?
        rephrase: Tell me about one piece of work that went well, and what was your part in it?
        listens_for: [I built, I designed]          # if already said, the question is skipped
        difficulties: [guided, standard, senior, staff]     # optional; without it: for all
        hints:                  # optional; three at most, mildest first, never the answer
          - Any size will do, as long as you made decisions in it.
        probes:                 # optional; follow-ups
          - kind: number        # depth, trade_off, number, failure or contradiction
            when: [faster, latency]                 # optional; any turn fits without it
            unless: [milliseconds]                  # optional; not when this was said too
            ask: You said {said}. How much was it in numbers?   # {said}: the word of `when` heard
          - kind: failure       # its id is made of question and kind: proud.failure
            id: proud-regret    # ... unless given, as two of a kind in one question need
            ask: What would you do differently today?
  - id: problem_framing
    title: Problem framing
    seconds: 600
    purpose: Turn a loose request into a problem worth solving.
    goal: See a metric and a scope before any model.
    opening: [Picture a shop with ten thousand articles., Find out why people leave it.]
    questions:
      - {id: success, ask: How would you know that it works?, rephrase: What would you measure?,
         listens_for: [metric]}
  - id: solution_exploration
    title: Solution
    seconds: 900
    purpose: Lay out the whole system.
    goal: Data, features, model, serving, all of it once.
    questions:
      - {id: sketch, ask: What are the main parts?, rephrase: What would you draw first?,
         listens_for: [component]}
  - id: deep_dive
    title: Deep dive
    seconds: 600
    purpose: Go to the bottom of one part.
    goal: Find where the knowledge ends.
    questions:
      - {id: risk, ask: Which part worries you most?, rephrase: Where would it break first?,
         listens_for: [risk]}
  - id: wrap_up
    title: Wrap-up
    seconds: 300
    purpose: Look back together.
    goal: A fair end.
    questions:
      - {id: again, ask: What would you change with a second attempt?,
         rephrase: Which decision would you revisit?, listens_for: [change]}

rubric:                         # what is judged
  - id: framing
    title: Framing
    levels:                     # four, weakest first
      - Starts with a model.
      - Names a metric when asked.
      - Ties a metric to the goal.
      - Also says what the metric misses.
    signals: [metric, goal]     # words that show that this was touched
    strength: you tied the design to what it's for  # optional; completes 'When you said "...", '
    missing: which metric you'd watch               # optional; completes "I'd have liked to hear "

resources:                      # optional; what to read afterwards
  - {title: "Designing Machine Learning Systems, Chip Huyen", note: Chapter two on framing.}
```
"""

from __future__ import annotations

from interview.errors import ScenarioError
from interview.scenario_model import Scenario
from interview.scenario_nodes import MAX_BYTES, Problems, compose, refuse_oversize
from interview.scenario_reader import ScenarioReader


def decode_scenario(data: bytes, name: str) -> Scenario:
    """The scenario in the bytes of a file, which must be UTF-8; a byte order mark is allowed."""
    refuse_oversize(len(data), name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScenarioError(f"{name}:{line}: not UTF-8 text; save the file as UTF-8") from error
    return parse_scenario(text, name)


def parse_scenario(text: str, name: str) -> Scenario:
    """The scenario in `text`; `name` is the file's, for messages.

    Raises ScenarioError: one problem a line, each `name:LINE: field `path`: what is wrong; what to
    do`, all that were found in the order of their lines."""
    refuse_oversize(len(text.encode(errors="replace")), name)
    problems = Problems(name)
    scenario = ScenarioReader(problems).scenario(compose(text, problems))
    problems.raise_if_any()
    return scenario


__all__ = ["MAX_BYTES", "decode_scenario", "parse_scenario"]
