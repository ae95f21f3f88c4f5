"""Word lists and patterns of the guard rails. What the move's own line says is exempt from all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from interview.wordforms import stem

# Words that carry no subject: never counted as content.
_FUNCTION = """
haven't hasn't hadn't mustn't needn't a about above across actually after again against ago all
almost along already also although always am an and another any anybody anyone anything anyway are
aren't around as at away back be became because been before begin being below beside besides
between beyond both but by can can't cannot come could couldn't day did didn't different do does
doesn't doing don't done down during each either else enough even ever every everybody everyone
everything exactly except far few for from further gave get give go goes going gone got had half
hand happen hardly has have having he hear help her here hers him his how however i i'd i'll i'm
i've if in indeed inside instead into is isn't it it'd it'll it's its itself just keep kind know
last later least less let let's like likely little long look lot made make many may maybe me mean
might mind mine moment more most much must my myself near nearly need never next no nobody none
nor not nothing now of off often okay on once one only onto or other others our ours out outside
over own part per perhaps place please point possible pretty put quite rather really right run
said same say see seem shall she should shouldn't since so some somebody someone something
sometimes somewhere soon sort start still stuff such suppose sure take talk tell than thanks that
that'd that's the their theirs them themselves then there there's these they they'd they'll
they're they've thing think this those though through time to today together too toward try turn
two under unless until up upon us use very walk want was wasn't way we we'd we'll we're we've well
went were what what's whatever when whenever where where's wherever whether which while who who's
whoever whole whom whose why will wish with within without won't word would wouldn't yes yet you
you'd you'll you're you've your yours yourself mm hm uh um ok hey hi oh alright
"""
# What a question may be turned with, without asking for anything else.
_PLAIN = """
afraid aloud exclude excluding excluded loud roughly add answer ask assume bad begin best better
big bit bring build call carry case change check choose clear close come concrete consider
continue cover cut dig difference draw easy end example expect explain face fair feel figure find
first fit follow form free front full general guess guide handle happy hard head hold hope hurry
idea important interest involve issue large lead learn leave lean less level light line list
listen live main make matter maybe mention mind minute miss move name new note number offer old
open order other picture piece pick plan play prefer press problem proceed project quick quickly
rate reach read ready reason rest rough rush second sense set shape share short show side simple
single sit size small sound specific spend stage stand state stay step stick stop story suggest
system take team term think thought time top touch true understand wait watch weigh while word
work world worry year yet
"""
FUNCTION_WORDS = frozenset(stem(word) for word in _FUNCTION.split()) | {"", "s", "t", "d", "ll"}
PLAIN_WORDS = FUNCTION_WORDS | frozenset(stem(word) for word in _PLAIN.split())

# Different words for one thing to ask: a wording may swap them.
_SAME = """
measure quantify gauge metric figure number track estimate tell know evaluate assess
build make create design construct put-together develop implement set-up
use apply rely take pick employ choose go-with
choose pick select decide opt choice
find retrieve fetch get locate spot
change alter adapt differ modify switch redo
fail break wrong fall crash trouble down
notice detect see spot tell catch recognise know learn find-out
first start begin initial earliest
user people person customer someone anyone everyone reader viewer buyer
machine-learning ml model
big large size scale many much
fast quick quickly latency speed long soon
cheap cost expensive price budget pay
hard difficult tough tricky challenge struggle
worry concern trouble risk fear keep-awake
explain walk describe talk tell lay
data information record log example
label annotation tag ground-truth
metric measure figure number kpi
roll-back revert undo back rollback
launch ship release deploy live production
test try experiment check verify validate
split divide share separate
trust believe rely confidence confident sure
why reason because
need want require
assumption assume suppose
constraint limit limitation restriction
important matter weight care count
weak weakest fragile thin least
improve better help gain lift
different otherwise change
watch monitor observe look keep-eye
design system architecture solution approach plan
decision choice call choose decide
hand-back carry-on go-ahead over-to
wrong incorrect bad mistaken false
lose loss cost give-up sacrifice trade price
learn teach take-away
project system work
"""
SYNONYMS: Mapping[str, frozenset[int]] = {
    word: frozenset(
        index
        for index, group in enumerate(_SAME.strip().splitlines())
        if word in {stem(part) for item in group.split() for part in item.split("-")}
    )
    for word in {stem(part) for item in _SAME.split() for part in item.split("-")}
}

# Verdicts on what the candidate said or on the candidate.
VERDICT = re.compile(
    r"\b(?:great|excellent|perfect|perfectly|awesome|amazing|fantastic|brilliant|impressive"
    r"|wonderful"
    r"|superb|terrific|outstanding|well done|good job|nice job|nicely (?:done|put|said)|well put"
    r"|well said|spot on|exactly(?: right)?|precisely|absolutely|correct|incorrect|bravo|kudos"
    r"|congratulations|clever|insightful|thoughtful|sensible|excellently|terrible|awful|poor(?:ly)?"
    r"|disappointing|mistaken|nonsense|love (?:it|that|this|how|your)|not quite right|not right"
    r"|i agree|i disagree|couldn't agree|makes (?:a lot of |perfect |total |good )?sense"
    r"|(?:a |very |really |such a )?(?:good|nice|strong|solid|smart|valid|fair|weak|bad|wise|sound"
    r"|reasonable|interesting|wrong|right) (?:point|idea|answer|choice|thinking|call|approach"
    r"|question|start|reasoning|observation|instinct|plan|one|work|design|example|response|thought)"
    r"|(?:that|this|it|which|what you said)(?:'s| is| was| sounds| seems| looks) (?:a |an |very "
    r"|really "
    r"|quite |so |pretty |all |exactly )*(?:good|nice|right|wrong|strong|weak|solid|smart"
    r"|interesting"
    r"|helpful|reasonable|promising|fine(?! to\b)|better|best|too vague|vague|thin|shallow|bad"
    r"|off|clear"
    r"|thorough|convincing|unconvincing)"
    r"|you(?:'re| are|'ve| have) (?:absolutely |quite |exactly |not |done )*(?:right|wrong|well"
    r"|good"
    r"|doing (?:great|well|fine|badly)|on the right track|off track)|i like (?:that|how|your|it"
    r"|this)"
    r"|(?:smart|sharp|neat|lovely|super|wow|bingo|solid|strong)(?=[.!])|good(?=[.,!;:]| -|$)"
    r"|nice(?=[.,!;:]|$)|cool(?=[.,!;:]|$)|right answer|wrong answer"
    r"|better (?:answer|idea|choice) would|you should(?:'ve| have) (?:said|mentioned|used)"
    r"|not (?:so |too |that |very |really )?(?:bad|good|great|enough|convinced|sure (?:about|that"
    r"|i)|how i)|i(?:'m| am) (?:impressed|sceptical|skeptical|unconvinced|convinced|not sold)|i"
    r" (?:really )?(?:doubt|prefer|disagree|agree)|doubtful|on ?to something"
    r"|you keep \w+ing|you always|what an? \w+(?=[.!])|nope|nah|agreed|indeed"
    r"|(?:wrong|true|false|yes|no|yep|fair|bad|weak|poor|better|worse)(?=[.,;!])|(?:will|would|does"
    r"|do|can|could|should|might|may)(?: not|n't|not)? (?:work|scale|fly|suffice|be enough)"
    r"(?=[.,!;]|$)|(?:works|scales) (?:well|fine|badly|poorly)?(?=[.,!;]|$)"
    r"|(?:is|are|was|were|'s|'re|be|seems?|looks?|sounds?) (?:not |very |really |quite |so |pretty"
    r" |too |a bit |rather |just |simply )*(?:good|wrong|better|best|worse|worst|poor"
    r"|mistaken|pointless|useless|overkill|naive|premature|sensible|reasonable|enough)(?=[.,;!]|$"
    r"| here| though| for| because| than)"
    r"|you(?:'ve| have)? (?:forgot(?:ten)?|missed|overlooked|neglected|left out|ignored|skipped"
    r"|didn't mention|haven't mentioned))(?!\w)",
    re.IGNORECASE,
)
# The machinery of the interview: nothing of it is spoken of.
MACHINERY = re.compile(
    r"\b(?:scor(?:e|es|ed|ing) (?:you|your|card|this|is|of|out|on|for)|your (?:score|grade|mark"
    r"|rating"
    r"|level|result)s?|scorecard|(?:full|top|high|low|good|bad) (?:marks?|scores?|grades?|ratings?)"
    r"|rubrics?|grading|graded on|rat(?:e|ed|ing) (?:you|your)|out of (?:ten|five|four|10|5|4)"
    r"|points? (?:for|off)|assess(?:ed|ing|ment)? (?:you|your|of you)|evaluat(?:e|ed|ing|ion)"
    r" (?:you\b"
    r"|your (?:answer|response|performance))"
    r"|(?:this|next|last|current|final|first|second|another) (?:segment|stage of the interview"
    r"|phase of"
    r" the interview)|segments?|self-introduction stage|warm-up (?:stage|phase)|deep dive"
    r" (?:stage|phase"
    r"|segment)|wrap-up (?:stage|phase)|hint ladder|next hint level|(?:listed )?(?:criterion"
    r"|criteria)"
    r"|system (?:prompt|message)|(?:my|the|your|these|previous) (?:prompt|instructions?"
    r"|guidelines|rules"
    r"|script|programming|configuration|system)s? (?:say|says|tell|tells|are|is|do|does|don't|won't"
    r"|forbid|require)|i (?:was|am|'m|have been|'ve been) (?:told|instructed|programmed|designed"
    r"|asked|"
    r"required) to|my (?:prompt|instructions|guidelines|rules|script|programming)|state machine"
    r"|scripted (?:line|wording|move)|the (?:scripted |next )?move (?:is|now|kind)|purpose of"
    r" this part"
    r"|facts? (?:the candidate|i may)|reference answer"
    r"|(?<!let the )(?<!have the )model answer(?! from)|answer key|expected answer"
    r"|private facts?|json|tokens? (?:limit|left)|context window|the candidate('s)?)\b",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"\b(?:as an? (?:ai|a\.i\.|artificial|llm|large|language|assistant|chatbot|bot|virtual)"
    r"|i(?:'m| am) "
    r"(?:just |only |actually )?(?:an? )?(?:ai|a\.i\.|artificial intelligence|bot|chatbot|machine"
    r"|program|computer|language model|llm|assistant|virtual)|(?:large )?language model|chatgpt"
    r"|gpt-?\d?"
    r"|openai|anthropic|llama|mistral|i(?:'m| am) (?:a )?(?:real )?(?:human|person)|i(?:'m| am)"
    r" not (?:a "
    r"|an )?(?:machine|robot|ai|bot)|training data cut|knowledge cut-?off)\b",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"\b(?:i(?:'m| am) (?:very |really |so |truly )?(?:sorry|afraid)[,;]? (?:but |that )?i"
    r" (?:can't|cannot"
    r"|can not|won't|am not able|'m not able|am unable|'m unable|must decline|have to decline"
    r"|don't)"
    r"|(?:sorry|apologies)[,;]? (?:but )?i (?:can't|cannot|won't|'m unable|am unable|'m not able"
    r"|am not"
    r" able)|i(?: can't| cannot| can not| won't| will not| am not able to|'m not able to| am"
    r" unable to"
    r"|'m unable"
    r" to) (?:help|assist|comply|do that|continue with|fulfil|fulfill|provide|support|engage"
    r"|answer that"
    r"|discuss|participate|generate|create|respond)|i must (?:decline|refuse)|i(?:'d| would) have"
    r" to decline"
    r"|as an ai|against my (?:policy|policies|guidelines)|(?:violates?|violating) (?:our|the|my) "
    r"(?:policy|policies|guidelines|terms)|content policy|not appropriate for me|i apologi[sz]e,"
    r" but"
    r"|i do not (?:have|feel) (?:the ability|comfortable)|(?:unable|not able) to (?:assist|help"
    r"|comply))\b",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"\b(?:(?:be|stay|keep|get|getting) (?:back )?in touch|(?:we|i|someone|somebody|they)(?:'ll|"
    r" will) (?:get "
    r"back to|let you know|reach out|contact|email|e-mail|call|phone|send|follow up|inform|notify"
    r"|review)"
    r"|hear (?:back )?from (?:us|me|the team)|next (?:round|interview|interviewer)|recruit(?:er"
    r"|ing|ment)"
    r"|hiring (?:manager|team|decision|committee)|job offer|an offer|start date|salary|we(?:'ll|"
    r" will) hire"
    r"|you(?:'re| are) hired|you (?:passed|pass|failed|fail)|move(?:d)? (?:you )?forward|i promise"
    r"|i guarantee|second interview|your application)\b",
    re.IGNORECASE,
)
# A practice interviewer has no past to speak of.
INVENTED = re.compile(
    r"\b(?:in my (?:experience|career|last|previous|own|time|team|day)|when i (?:worked|was|built"
    r"|ran|led)"
    r"|back when i|years ago,? i|my (?:old|former|previous|last|own) (?:team|company|job|employer"
    r"|project"
    r"|colleague)|at (?:google|facebook|meta|amazon|netflix|microsoft|apple|uber|spotify|twitter"
    r"|airbnb)"
    r"|i once|we at|i(?:'ve| have) (?:seen|built|worked|shipped|found|had)|i used to (?:work"
    r"|build|run)"
    r"|as (?:an engineer|a colleague|someone who))\b",
    re.IGNORECASE,
)
# The model talks to whoever asked it instead of to the candidate.
ASIDE = re.compile(
    r"^\W*(?:(?:sure|certainly|of course|okay|ok|absolutely)\W+)?(?:here(?:'s| is| are|'re)|this"
    r" is) (?:the|a|an|my"
    r"|your|one)?\s?(?:possible |rephrased |reworded |revised |next )?(?:line|wording|version"
    r"|rephrasing"
    r"|rewording|response|move|question|way to say)"
    r"|^\W*(?:interviewer|assistant|ai|system|candidate|user|bot|speaker|response|answer|output"
    r"|line"
    r"|wording|say|spoken)\s*[:>\]]"
    r"|\b(?:i(?:'d| would) say|you could say|let me rephrase the line|rephrased|reworded|note:"
    r"|\(note)\b",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"[*#`~^|\\<>{}\[\]_=]|^\s*(?:[-\u2022\u2013\u2014+]|\d+[.)])\s|\n\s*(?:[-\u2022+]|\d+[.)])\s"
    r"|&\w+;"
    r"|^\s*(?:step|option|question) \d",
    re.IGNORECASE | re.MULTILINE,
)
STAGE = re.compile(
    r"\([^)]*\)|\b(?:pauses?|nods?|smiles?|laughs?|chuckles?|sighs?|leans? (?:in|back"
    r"|forward))(?:[.,;]|\s+"
    r"(?:and|briefly|warmly|slightly|softly|thoughtfully))",
    re.IGNORECASE,
)
LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|org|net|io|ai|dev|edu|co|gov)\b|@\w", re.IGNORECASE
)
PLACEHOLDER = re.compile(
    r"\{[^}]*\}|\[[^\]]*\]|<[^>]*>|\b(?:insert|your name|candidate name|company name|xyz|tbd|todo"
    r"|lorem|n/a|null|none"
    r"|undefined|nan)\b(?=[\s.,!?]|$)"
    r"|\.\.\.$|\u2026$|\$\{?\w|%\w|_{2,}",
    re.IGNORECASE,
)
SYMBOL = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u2bff\ufe0f\u200d\ufffd\u0000-\u0008\u000b-\u001f]"
)
NOT_LATIN = re.compile("[\u0370-\u1fff\u2c00-\uffef]")
# Words that are common elsewhere and are no English.
FOREIGN = frozenset(
    """
    der das und ist nicht ein eine einen wie wir sie ich mit auf fuer für von zu dem wuerden
    würden oder auch bitte wenn warum le les des est une dans pour pas vous nous avec que qui sur
    comment pourquoi votre et el los las es una por para con como qué cómo usted su del pero
    porque está você não uma para isso como por que seu sua il gli della perché non come cosa sono
    questo het een niet wat hoe waarom zou voor met och att det som inte är hur varför på jest się
    nie jak dlaczego co czy
    """.split()  # noqa: SIM905
) - {"as", "met", "come", "on", "non", "die", "man", "no", "me", "an", "co", "det", "con", "per"}
QUESTION_WORDS = (
    r"(?:how|what|which|why|when|where|who|whose|would you|could you|can you|will you|do you|did"
    r" you|does it"
    r"|does that|is it|is there|is that|are you|are there|have you|should we|should it)"
)
JOINED_QUESTION = re.compile(
    rf"(?<=[\w\"'])(?:,|;|-)? ?\b(?:and|or|but|also|plus|then)\b,? (?:also |then |if so,? |so,?"
    rf" )?{QUESTION_WORDS}\b",
    re.IGNORECASE,
)
# A question in the form of a request.
REQUEST = re.compile(
    r"^(?:(?:so|okay|right|now|then|and|well|alright|first|next|please|maybe|perhaps)[,"
    r" ]+)*(?:please )?"
    r"(?:tell me|walk me|talk me|take me|describe|explain|give me|show me|name (?:one|a|the|your"
    r"|me)"
    r"|pick (?:one|a)|say (?:how|what|why|which|where|when|who)|help me (?:see|understand)|sketch"
    r"|outline"
    r"|i(?:'d| would) (?:like|love) to (?:know|hear|understand)|i(?:'m| am) (?:curious|wondering"
    r"|interested))\b",
    re.IGNORECASE,
)
# A question that a yes or no does not answer.
OPEN = re.compile(
    r"\b(?:how|what|what's|which|why|when|where|where's|who|who's|whose)\b", re.IGNORECASE
)
AMOUNT = re.compile(r"\bhow (many|long|often|far|fast|large|big|old)\b", re.IGNORECASE)
NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|without|hardly|neither|nor|except|excluding|exclude"
    r"|excluded"
    r"|outside|aside|apart|barely|rarely|\w+n't)\b",
    re.IGNORECASE,
)
