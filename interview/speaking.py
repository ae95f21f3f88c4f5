"""Turns an intent into words at the moment they can be spoken, and keeps one Say out at a time."""

from __future__ import annotations

from dataclasses import replace

from interview import director, phrasing, recall, requests, turn_moves, turn_phrasing
from interview.answering import answer, aside
from interview.asked import questions_in
from interview.commands import EnterSegment, Hush, Move, Say
from interview.conversation import Planned
from interview.floor import is_backchannel
from interview.language import lower_first, normal
from interview.owing import followed_by, made_good, statements_of, told_before
from interview.patience import Patience, patience
from interview.scenario import Scenario
from interview.situation import Situation, acknowledge
from interview.state import KEEPS_TURN, Intent, IntentKind, Speech, State
from interview.wire import Plan

# A Say that nobody answered after this many seconds, plus its own length, counts as failed.
SAY_TIMEOUT_S = 30.0
WORDS_PER_SECOND = 2.0
# After an interruption that turned out to be no words, in seconds.
FALSE_ALARM_S = 4.0
# Between one part of a long move and the next, to which the voice adds what it takes to begin;
# after a noise of the candidate, whose words may be on their way; in seconds.
BREATH_S = 0.1
NOISE_BREATH_S = 2.0
# So long a "yes" to ending the interview is waited for before anything else is said, in seconds.
YES_OR_NO_S = 8.0
QUIET_BEFORE_WARNING_S = 4.0
SPOKEN_WARNING_MIN_S = 120.0

# Before the first question of a segment was heard, these bring that question instead, or what is
# still owed.
_NEEDS_A_QUESTION = {
    "answer",
    "hint",
    "nudge",
    "rejoined",
    "repeat",
    "rephrase",
    "resumed",
    "returned",
    "unheard",
}
_LEADS = {
    "resumed": turn_phrasing.OWED_RESUMED,
    "returned": turn_phrasing.OWED_RETURNED,
    "rejoined": turn_phrasing.OWED_REJOINED,
}
# Says in a reason that the line begins with the answer to what was asked as the time ran out.
LAST_QUESTION = "a question at the end of the time"
_WARNED_WITH = {"ask", "probe", "reflect", "answer"}
_WARNED_AFTER: set[IntentKind] = {"hold_over"}


class Speaker:
    """Speaks for one interview. Holds no state of its own."""

    def __init__(self, plan: Plan, scenario: Scenario, name: str, state: State) -> None:
        self._plan = plan
        self._scenario = scenario
        self._name = name
        self._state = state

    def situation(self) -> Situation:
        ledger = self._state.ledger
        return Situation(
            scenario=self._scenario,
            segment=self._scenario.segments[ledger.index],
            index=ledger.index,
            remaining=ledger.remaining,
            allotted=ledger.allotted[ledger.index],
            difficulty=self._plan.difficulty,
            tone=self._plan.tone,
            rate=self._plan.speaking_rate,
            talk=self._state.talk,
            coverage=self._state.coverage,
        )

    @property
    def patience(self) -> Patience:
        return patience(self._state.ledger.index, self._plan.difficulty)

    def speak(self, intent: Intent) -> None:
        """Say it now, or as soon as what is being said has been hushed."""
        state = self._state
        if state.speech is None:
            self._utter(intent)
            return
        if state.intent is None or intent.rank >= state.intent.rank:
            state.intent = intent
        if not state.speech.hushed:
            state.speech.hushed = True
            state.out.append(Hush())

    def speak_waiting(self) -> bool:
        """Say what has been waiting; False when nothing was."""
        intent, self._state.intent = self._state.intent, None
        if intent is None:
            return False
        self._utter(intent)
        return True

    def again(self, speech: Speech) -> None:
        """A second try with another wording."""
        self._state.owed = None
        self._issue(_reworded(speech.planned, self._state), speech.intent, retried=True)

    def listen(self, *, false_alarm: bool = False) -> None:
        """Leave the floor to the candidate, and come back when nothing is said for too long."""
        state = self._state
        if state.hold_s is not None and state.phase == "live" and state.silent:
            if "hold" not in state.wakes.armed:
                state.wakes.arm(state.out, "hold", state.at + state.hold_s)
            return
        if state.owed and state.phase == "live" and state.silent:
            breath = NOISE_BREATH_S if false_alarm else BREATH_S
            if requests.OFFERED_TO_END in state.talk.marks:
                breath = YES_OR_NO_S
            state.wakes.arm(state.out, "rest", state.at + breath)
        if state.phase != "live" or not state.free:
            return
        if state.warn_due:
            state.wakes.arm(state.out, "quiet", state.at + QUIET_BEFORE_WARNING_S)
        delays = self.patience.nudge, self.patience.offer, self.patience.leave
        unheard = state.talk.open is not None and not state.talk.open.heard
        if unheard and false_alarm:
            delay = FALSE_ALARM_S
        elif state.silences < len(delays):
            delay = delays[state.silences]
        elif unheard:
            delay = delays[0]
        else:
            return
        state.wakes.arm(state.out, "silence", state.at + delay)

    def _utter(self, intent: Intent) -> None:
        planned = self._with_more(intent, self._plan_move(intent))
        if planned is None and intent.kind in {"answer", "hint", "repeat", "rephrase"}:
            planned = director.follow_up(self.situation(), intent.text)
        if planned is None:
            self._state.unclear = 0
            if intent.kind not in KEEPS_TURN:
                self._state.unanswered.clear()
            self.listen()
            return
        self._issue(planned, intent, retried=False)

    def _with_more(self, intent: Intent, planned: Planned | None) -> Planned | None:
        """`planned` and what else was asked for in the same turn."""
        if planned is None or intent.kind not in requests.SERVED_TOGETHER:
            return planned
        also, self._state.also = self._state.also, ()
        for kind in also:
            planned = requests.together(planned, self._plan_move(Intent(kind)))
        return planned

    def _issue(self, planned: Planned, intent: Intent, *, retried: bool) -> None:
        state = self._state
        warns = False
        if (
            state.warn_due
            and state.phase == "live"
            and (planned.kind in _WARNED_WITH or intent.kind in _WARNED_AFTER)
        ):
            left = requests.warning(self.situation())
            planned, warns = planned.prefixed(left), left is not None
        if state.owed is not None and intent.kind not in KEEPS_TURN:
            planned = followed_by(planned, state.owed.planned)
            state.owed = None
        segment = self._scenario.segments[state.ledger.index].id
        move = planned.move(segment, self._scenario)
        state.says += 1
        say_id = f"say-{state.epoch}-{state.says}"
        state.speech = Speech(
            say_id=say_id,
            planned=planned,
            intent=intent,
            line=move.line,
            warns=warns or planned.kind == "warn",
            retried=retried,
        )
        state.move_of[say_id] = (segment, planned.kind)
        if intent.kind not in KEEPS_TURN:
            state.unanswered.clear()
            state.release()
        state.unclear = 0
        state.gave_up_at = None
        state.wakes.cancel(state.out, "silence", "quiet", "floor", "rest")
        state.out.append(Say(say_id=say_id, move=move, interruptible=not intent.cut))
        self._arm_timeout(move)

    def _arm_timeout(self, move: Move) -> None:
        seconds = len(move.line.split()) / (WORDS_PER_SECOND * self._plan.speaking_rate)
        self._state.wakes.arm(self._state.out, "say", self._state.at + SAY_TIMEOUT_S + seconds)

    def _plan_move(self, intent: Intent) -> Planned | None:
        state = self._state
        if intent.kind == "bridge":
            return self._enter_next(intent)
        s = self.situation()
        if state.owed is not None:
            planned = self._owed(s, intent)
            if planned or state.owed is None:
                return planned
        if state.talk.open is None and intent.kind in _NEEDS_A_QUESTION:
            return recall.way_in(s, state.talk.pick(phrasing.ASK_LEAD))
        match intent.kind:
            case "greet":
                total = sum(self._plan.segment_seconds)
                return recall.greeting(s, self._name, total)
            case "answer":
                return director.reply(s, intent.text)
            case "farewell":
                return self._farewell(s, intent)
            case "extended":
                return requests.extended(s, intent.seconds)
            case "nudge":
                planned = turn_moves.nudge(s, state.silences)
                state.silences += 1
                return planned
            case "unheard":
                return director.ask_unheard(s)
            case "warn":
                line = requests.warning(s)
                reason = "little time is left and both have been silent"
                return Planned(kind="warn", reason=reason, parts=(line,)) if line else None
            case "feedback":
                return recall.feedback(s)
            case "rest":
                return None
            case "hold":
                return turn_moves.hold(s, intent.seconds)
            case "hold_over":
                return turn_moves.hold_over(s)
            case "go_on":
                return turn_moves.go_on(s)
            case "leave":
                return turn_moves.leave(s)
            case "stay":
                ending = requests.OFFERED_TO_END in s.talk.marks
                return requests.not_ended(s) if ending else turn_moves.stay(s)
            case "end_asked":
                return requests.end_asked(s)
            case "unclear":
                return turn_moves.unclear(s)
            case "unclear_on":
                return turn_moves.unclear_on(s)
            case "redirect":
                return requests.redirect(s, intent.text)
            case "paused":
                return requests.paused(s)
            case "still_paused":
                return requests.still_paused(s)
            case "resumed":
                return requests.resumed(s)
            case "returned":
                return requests.returned(s)
            case "rejoined":
                return requests.rejoined(s)
            case "repeat":
                return requests.repeat(s)
            case "rephrase":
                return requests.rephrase(s)
            case "hint":
                return requests.hint(s)

    def _owed(self, s: Situation, intent: Intent) -> Planned | None:
        """What is owed, or an answer that comes before it; None when `intent` is to be served as
        ever. What is owed is given up when it cannot be said in a new way."""
        state, owed = self._state, self._state.owed
        unasked = state.talk.open is None or not state.talk.open.heard
        lead: str | None = None
        if owed is None:
            return None
        if intent.kind == "answer":
            direct = aside(s, intent.text, normal(intent.text)) or answer(s, intent.text)
            if direct:
                return direct
            lead = None if is_backchannel(intent.text) else acknowledge(s, intent.text)
            length = sum(len(part.split()) for part in (lead or "", *owed.planned.parts))
            if length > recall.MOST_WORDS_OF_THE_PROBLEM:
                lead = None
        elif intent.kind in {"repeat", "rephrase"} and unasked and not owed.broken:
            again = (f"{lead} {lower_first(state.last_said)}" for lead in turn_phrasing.LAST_AGAIN)
            line = next((line for line in again if s.talk.new_line(line)), None)
            reason = "the candidate asked to hear it again"
            if line and state.last_said:
                return Planned(kind="repeat", reason=reason, parts=(line,))
        elif intent.kind in _NEEDS_A_QUESTION and unasked:
            lead = state.talk.pick(_LEADS.get(intent.kind, ()))
        elif intent.kind != "rest":
            return None
        state.owed = None
        return made_good(s, owed, lead)

    def _enter_next(self, intent: Intent) -> Planned:
        """The next segment begins to run here, when its bridge is asked for."""
        state = self._state
        reply = self._last_reply(intent)
        state.ledger.enter(state.ledger.index + 1)
        state.entered_at = state.at
        state.phase = "live"
        state.turn_over()
        state.owed = None
        state.last_said = ""
        state.silences = 0
        state.warned = state.warn_due = state.grace_over = False
        state.talk.open = None
        s = self.situation()
        state.out.append(EnterSegment(segment=s.segment.id, index=s.index))
        onward = recall.bridge(s, cut=intent.cut)
        if reply is None:
            return onward
        reason = f"{onward.reason}, after {reply.reason}"
        answered = replace(onward.prefixed(*reply.parts), facts=reply.facts, reason=reason)
        if sum(len(part.split()) for part in answered.parts) <= recall.MOST_WORDS_OF_THE_PROBLEM:
            return answered
        lead = (*reply.parts, *onward.parts[:1])
        rest = replace(onward, parts=onward.parts[1:])
        first = Planned(kind=onward.kind, reason=reason, parts=lead, facts=reply.facts)
        return replace(first, rest=rest)

    def _last_reply(self, intent: Intent) -> Planned | None:
        """What a question asked at the very end is answered with, and nothing asked in return."""
        if not questions_in(intent.text):
            return None
        s = self.situation()
        # Of the problem, which comes next, nothing is known in the first part.
        in_part = answer(s, intent.text) if s.index else None
        direct = aside(s, intent.text, normal(intent.text)) or in_part
        told = statements_of(direct and replace(direct, rest=None))
        if direct and direct.facts:
            return Planned(
                kind="answer",
                reason=f"{LAST_QUESTION}; {direct.reason}",
                parts=direct.parts[:1],
                ref=direct.ref,
                facts=direct.facts,
            )
        lines = told[:1] or [line for line in [s.pick(turn_phrasing.LATER)] if line]
        if not lines:
            return None
        reason = f"{LAST_QUESTION}; {'answered' if told else 'put off'}"
        return Planned(kind="answer", reason=reason, parts=tuple(lines))

    def _farewell(self, s: Situation, intent: Intent) -> Planned:
        early = self._state.finish == "ended_early"
        words = recall.farewell(s, self._name, early=early)
        reply = self._last_reply(intent)
        owed, self._state.owed = self._state.owed, None
        if early:
            return words
        given = "feedback" in self._state.talk.marks
        left = (owed.planned if owed else None) if given else recall.feedback(s)
        words = told_before(left, words)
        if reply:
            reason = f"{words.reason}, after {reply.reason}"
            words = replace(words.prefixed(*reply.parts), facts=reply.facts, reason=reason)
        lead = s.talk.pick(phrasing.BRIDGE_CUT) if intent.cut and words.rest else None
        if lead is None:
            return words
        reason = "the time is used up; stops the candidate before the last words"
        return Planned(kind="redirect", reason=reason, parts=(lead,), rest=words)


def _reworded(planned: Planned, state: State) -> Planned:
    """The same move again: the question's other wording, or without what leads up to it."""
    question = planned.question
    base = question.base if question else None
    if base and planned.parts[-1] == base.ask and state.talk.fresh(base.rephrase):
        return replace(planned, parts=(*planned.parts[:-1], base.rephrase))
    return replace(planned, parts=planned.parts[1:] if len(planned.parts) > 1 else planned.parts)
