"""The words in which a candidate asks the interviewer for something: patterns over lower-case
words, each for a whole request."""

from __future__ import annotations

_MODAL = (
    r"(?:(?:can|could|would|will|may|might|should|shall) (?:you|we|i) "
    r"|(?:i'd|i would|we'd|we would) (?:really |just )?(?:like|love|prefer|want) (?:you )?to "
    r"|(?:i'd|i would|we'd) rather |(?:i think |maybe |perhaps )?we (?:can|could|should) "
    r"|let's |let us |(?:i|we) (?:really )?(?:want|need|have|would need) to |please "
    r"|(?:is it|would it be|is that) (?:okay|ok|possible|alright|all right|fine)"
    r" (?:if (?:we|i|you)|to|for (?:me|us) to) (?:could )?"
    r"|(?:do|would) you mind if (?:we|i) |mind if (?:we|i) |(?:how|what) about we |what if we "
    r"|why don't we |(?:i was wondering|i wonder) if (?:we|you|i) (?:could|can) "
    r"|(?:is there |any )(?:any )?chance (?:that )?(?:we|you|i) (?:could|can) "
    r"|do you think (?:we|you|i) (?:could|can) |is there (?:a|any) way to )?"
    r"(?:(?:please|just|maybe|possibly|perhaps|also|quickly|really|actually|simply|at least"
    r"|kindly|try to|go ahead and|please) )*"
)
_ASKED = r"(?:question|part|bit|thing|sentence|half|one|piece)"
_THAT = (
    rf"(?:that|it|this|(?:(?:part|some|half|most|the (?:end|start|beginning|rest)) of )?"
    rf"(?:the|that|your) (?:(?:last|whole|first|second|final|previous|entire) )?"
    rf"{_ASKED}(?: of (?:the question|that|it|your question))?|what you (?:just )?(?:said|asked))"
)
_MORE = r"(?:again|once more|one more time|a second time|another time|once again)"
_PART = (
    r"(?:(?:part|one|section|question|topic|point|segment|thing|stage|bit)"
    r"(?: of the interview)?)"
)
_HERE = rf"(?:this(?: {_PART})?|that(?: {_PART})?|here|it|the {_PART})"
TAIL = (
    r"(?: (?:please|now|then|for me|again|thanks|thank you|sorry|if possible|okay|there|here"
    r"|for (?:a|one|a few|a couple of|two|five|ten) (?:moments?|minutes?|seconds?|sec|bit)"
    r"|if that's (?:okay|ok|all right|fine|possible)|if you can|if you don't mind"
    rf"|(?:on|for|with|in|to|about) {_HERE}|real quick|quickly|if i may|first|would you"
    r"|will you|right now|for (?:today|now)|today|at this point|instead|(?:a )?(?:little|bit)"
    r"|a little bit|actually|just))*"
)
_BREAK = (
    r"(?:(?:short|quick|little|small|brief|two|three|five|ten|two-minute|five-minute|ten-minute"
    r"|coffee|bathroom|bio|water|toilet) )*(?:minutes? )?(?:break|pause|breather)"
)
_HELP = r"(?:(?:hint|clue|nudge|pointer|tip|push)s?|guidance)"
_ON = r"(?: (?:what|on|for|about|as to|where|how|which)(?: [\w']+){1,9})?"
_SOME = (
    r"(?:just )?(?:a|an|another|one|some|one more|any|the)(?: (?:next|small|little|tiny|quick|first"
    r"|bit of|bit of a|little bit of|little bit of a))?"
)
_OTHERWISE = (
    r"(?:differently|(?:in )?(?:another|some other) way|in other words"
    r"|(?:in )?(?:a )?(?:different|simpler|clearer|plainer|easier)(?: way| words| terms)?"
    r"|(?:more )?(?:simply|clearly|plainly)|in (?:plain|simple|simpler|other|easier|layman's)"
    r" (?:english|terms|words))"
)
_MUCH = (
    r"(?:some|a bit|a little|a little bit|a few|a couple of|a couple|an|one|two|three|four|five|ten"
    r"|any|another|another few|much|just a bit|just a little)"
)
_LONGER = r"(?:(?:a (?:little )?bit|a little|some|slightly|any|much) )?(?:longer|more)"
_MINUTES = r"(?:minutes?|mins?)"
_ASKING = r"(?:asking(?: (?:me|for|about|me for))?|looking for|after|getting at|trying to ask)"
_I_DONT = (
    r"(?:i'm afraid )?i(?:'m not sure (?:that )?i| (?:don't|didn't|do not|did not|couldn't|can't"
    r"|cannot))(?: (?:quite|really|fully|think i|actually))?"
)

# Nothing else may be said beside it.
INTERJECTED = (
    r"(?:(?:oh|sorry|excuse me|okay) )*(?:pardon(?: me)?|sorry|what|come again|say again|once more"
    r"|what was that)(?: (?:please|sorry|again))*"
)
# No wish beside it.
ALONE: tuple[tuple[str, str], ...] = (
    ("rephrase", r"in other words"),
    ("next", r"(?:pass|next(?= please))"),
)
# A statement from which a wish follows, unless something is asked for in as many words.
STATED: tuple[tuple[str, str], ...] = (
    (
        "repeat",
        r"(?:i (?:just )?missed (?:that|it|what you said|(?:the|that) (?:last |first )?"
        rf"{_ASKED})|{_I_DONT} (?:catch|hear)"
        rf"(?: (?:you|all of that|any of that|{_THAT}))?"
        r"|i (?:think i )?missed (?:part|some|most|half|the (?:end|start|beginning|rest)) of"
        r" (?:that|it|the question|what you said)"
        r"|you (?:cut|broke|dropped)(?: (?:out|off|up))?|i lost (?:you|track)(?: there)?"
        r"|i (?:zoned out|wasn't listening|got distracted|forgot the question)"
        r"|(?:my|the|your) (?:connection|sound|audio|headset|line|voice|mic|internet)"
        r" (?:just |is |was |keeps )*(?:dropped|dropping|cut out|cutting out|broke up|breaking up"
        r"|froze|bad|choppy|went|gone|lagging)(?: (?:out|off|away))?)",
    ),
    (
        "rephrase",
        rf"(?:{_I_DONT} (?:understand|understood|follow|get)"
        r"(?: (?:you|what you(?:'re| are)? (?:mean|saying|want(?: from me)?)"
        rf"|what you(?:'re| are) {_ASKING}|{_THAT}))?"
        r"|i'm (?:a bit |a little )?(?:confused|lost)(?: (?:by|about|with) (?:the|your|this)"
        r" question)?|(?:the|your|that) question (?:is|was) (?:unclear|not clear|confusing)"
        r"|not sure i (?:follow|understand|get)(?: (?:that|it|you|the question))?"
        r"|(?:i'm )?not (?:quite )?sure what (?:you mean|you(?:'re| are)"
        rf" {_ASKING}|the question is)(?: by that)?)",
    ),
    (
        "hint",
        r"(?:(?:i'm|i am|i'm kind of|we're) (?:(?:completely|totally|a bit|really|a little|quite"
        r"|so|just) )?stuck|i (?:don't|do not) (?:really )?know (?:where|how) to"
        r" (?:start|begin|approach|tackle|go about|go on)(?: (?:this|it|that))?"
        r"|i'm drawing a blank|my mind (?:is|went) blank|i'm out of ideas"
        r"|i'm not sure (?:where|how) to (?:start|begin|approach (?:this|it)))",
    ),
    (
        "next",
        rf"(?:(?:i'm |i am |we're )?(?:done|finished) with (?:this|that)(?: {_PART})?"
        r"|(?:i'm |i am |we're )?ready (?:to move on|for the next (?:question|part|one)))",
    ),
)
# Asked for in as many words.
SPOKEN: tuple[tuple[str, str], ...] = (
    (
        "repeat",
        rf"{_MODAL}(?:repeat(?: {_THAT})?(?: {_MORE})?(?: (?:a bit )?(?:slower|louder"
        rf"|more slowly|slowly))?|(?:say|ask|read)(?: me)? {_THAT} {_MORE}"
        rf"|ask me {_MORE}|(?:hear|have) {_THAT} {_MORE}|go (?:over|through) {_THAT} {_MORE}"
        rf"|run (?:that|it) by me(?: {_MORE})?|say (?:that|it) (?:louder|slower|more slowly)"
        r"|speak up|tell me (?:the question|what the question was)(?: again)?)",
    ),
    ("repeat", r"what was it you (?:asked|said)|once again(?= please)"),
    ("repeat", r"what exactly (?:was|is) (?:the|your) question(?: again)?"),
    ("repeat", rf"(?:would|do) you mind (?:repeating|saying|asking)(?: {_THAT})?(?: {_MORE})?"),
    (
        "repeat",
        r"(?:what(?:'s| was| is| were) (?:the question|your question|you asking|you saying|that"
        r" (?:last bit|last part|question)"
        r"|the last (?:part|bit|question|thing)(?: you (?:said|asked))?)(?: again)?"
        r"|(?:what|how) did you (?:just )?(?:say|ask)(?: again)?|say that again|one more time"
        r"|(?:the|that) question again|again(?= please))",
    ),
    (
        "rephrase",
        rf"is there (?:another|a different|a simpler) way (?:you (?:could|can)|to) (?:say|ask|put)"
        rf" {_THAT}",
    ),
    (
        "rephrase",
        rf"{_MODAL}(?:(?:rephrase|reword|reformulate)(?: {_THAT})?"
        rf"|(?:put|say|give me|ask|phrase|word|explain|frame) {_THAT} {_OTHERWISE}"
        rf"|(?:clarify|explain)(?: (?:{_THAT}|what you mean(?: by (?:that|it))?"
        rf"|what you(?:'re| are) {_ASKING}))(?: (?:a bit|a little)(?: more| better)?)?"
        rf"|(?:make {_THAT}|be) (?:a bit |a little )?(?:clearer|simpler|more (?:specific|concrete)"
        rf"|easier)|break {_THAT} down|simplify {_THAT}|elaborate on (?:the|your|that) question"
        r"|use (?:other|different|simpler) words)",
    ),
    (
        "rephrase",
        r"(?:what (?:exactly )?do you (?:mean|want)"
        r"(?: (?:by (?:that|it)|exactly|with that|from me))*"
        rf"|what (?:exactly )?(?:are you|is it (?:that )?you(?:'re| are)) {_ASKING}(?: exactly)?"
        rf"|(?:would|do) you mind (?:rephrasing|rewording|clarifying|explaining)(?: {_THAT})?)",
    ),
    (
        "hint",
        rf"{_MODAL}(?:(?:give|offer|throw) (?:me|us) {_SOME} (?:{_HELP}|help){_ON}"
        rf"|(?:have|get|use|take|need|want|ask for) {_SOME} (?:{_HELP}|help)"
        r"|give (?:me|us) (?:something|anything) to (?:start|work|go) (?:with|on|from)"
        r"|give (?:me|us) (?:a little|some) help|give me a (?:little )?hand"
        r"|help (?:me|us)(?: out)?(?: (?:a bit|a little|a little bit))?|help(?= (?:me|us|please))"
        r"|(?:nudge|guide) me(?: (?:a bit|a little))?|(?:point|push) me in the right direction"
        r"|steer me(?: a (?:bit|little))?"
        rf"|hear {_SOME} {_HELP})",
    ),
    (
        "hint",
        rf"(?:i (?:could|could really|really could|can|would|think i) (?:use|need|do with)"
        rf"|i (?:really )?(?:need|want)|i'd (?:really )?(?:like|love|take|appreciate)) {_SOME}"
        rf" (?:{_HELP}|help)",
    ),
    (
        "hint",
        rf"(?:{_SOME} )?(?:hint|clue|nudge|pointer)s?"
        r"(?: would (?:really )?(?:help|be (?:good|nice|great|helpful"
        r"|appreciated))| you (?:could|can) (?:give|offer)(?: me)?)?",
    ),
    ("hint", rf"(?:can|could|may) i (?:please )?(?:have|get) {_SOME} {_HELP}{_ON}"),
    ("hint", rf"(?:would|do) you mind giving me {_SOME} {_HELP}{_ON}"),
    ("hint", rf"any chance (?:of|for|at) {_SOME} (?:{_HELP}|help)"),
    ("hint", rf"(?:do you have|have you got|is there|are there|got) {_SOME} {_HELP}"),
    (
        "next",
        rf"{_MODAL}(?:(?:move|go|carry|get) on(?: (?:to|with) (?:something else|another {_PART}"
        rf"|(?:the|a|your) (?:next|different|new|other) {_PART}))?(?<!carry on)(?<!go on)"
        rf"|(?:go|go on|continue|proceed|move|skip|jump|carry on|go ahead|get)(?: ahead| straight)?"
        rf" (?:to|with) (?:the|your) next {_PART}"
        rf"|skip (?:(?:over|past) )?(?:ahead|{_HERE}|the question)"
        rf"|(?:do|have|hear|try|take) (?:the next|another) (?:question|one|part|topic)"
        rf"|(?:ask|give) me (?:something else|(?:the next|another|a different) (?:question|one))"
        r"|(?:talk|speak) about something else|leave (?:this|that) (?:one|question)"
        r"|(?:do|try|take) something else|change (?:the )?(?:topic|subject)|drop this(?: (?:one"
        r"|question))?)",
    ),
    ("next", r"(?:can|could|shall|should) we (?:please |just )?(?:go|carry) on"),
    ("next", rf"(?:(?:the )?next {_PART}|something else(?= please)|moving on(?= please))"),
    (
        "pause",
        rf"{_MODAL}(?:(?:make a )?pause(?: (?:this|it|here|the (?:interview|clock|session|call)"
        rf"|everything))?|(?:take|have|get|need|use|do|make) (?:a |an |another )?{_BREAK}|take five"
        r"|stop the (?:clock|timer)|hold the interview|put (?:this|it|the interview) on hold"
        r"|(?:stop|break|halt)(?= for (?:a|one|a few|a couple of|two|five|ten) (?:moments?|minutes?"
        r"|seconds?|sec|bit))|(?:go )?(?:and )?(?:grab|get|fetch|have|drink)"
        r" (?:some|a (?:quick )?(?:glass of|sip of|drink of|cup of)|a|my) (?:water|drink|coffee|tea"
        r"|charger|headset|headphones)|(?:use|go to) the (?:bathroom|restroom|toilet|loo)"
        r"|(?:get|answer|see to) (?:the|my) (?:door|phone)|step (?:away|out|outside)"
        r"|run to the (?:bathroom|restroom|toilet|loo|door))",
    ),
    ("pause", rf"(?:i|we)'d (?:really )?(?:love|like|take|appreciate) (?:a |another )?{_BREAK}"),
    ("pause", rf"{_MODAL}take (?:a few|five|two|ten|a couple of) minutes off"),
    ("pause", rf"(?:i|we) (?:really |could )*(?:need|want|use|do with) (?:a |another )?{_BREAK}"),
    ("pause", rf"{_MODAL}give (?:me|us) a (?!(?:break|pause|breather)\b){_BREAK}"),
    (
        "pause",
        r"let me (?:just |quickly )?(?:go )?(?:and )?(?:grab|get|fetch|drink) (?:some|a|a glass of"
        r"|my) (?:water|drink|coffee|tea|charger|headset|headphones)",
    ),
    ("pause", rf"(?:time out|(?:a )?{_BREAK}(?= please))"),
    (
        "extend",
        rf"{_MODAL}(?:have |get |give (?:me |us )|take |add |spend |use |need |ask for )?"
        rf"(?:{_MUCH} )?"
        rf"(?:more time|more {_MINUTES}|extra (?:time|{_MINUTES})|{_MINUTES} (?:more|extra|longer)"
        r"(?: minutes?)?)",
    ),
    (
        "extend",
        rf"(?:i(?:'d|'ll)?|we(?:'ll)?) (?:(?:could|would|will|can|may|might|really) )*"
        rf"(?:need|want|use|do with|like|appreciate) (?:{_MUCH} )?"
        rf"(?:more (?:time|{_MINUTES})|extra time|longer|{_MINUTES} more)",
    ),
    ("extend", rf"{_MODAL}(?:had|got|spent|took) (?:{_MUCH} )?(?:more time|longer)"),
    ("extend", rf"{_MODAL}(?:have|get|take|need) (?:{_MUCH} )?longer"),
    ("extend", rf"{_MODAL}(?:have|get) another (?:few|couple of|two|three|five|ten) {_MINUTES}"),
    ("extend", rf"(?:can|could) (?:this|the) {_PART} (?:be|go|last|run) {_LONGER}"),
    ("extend", rf"any chance (?:of|for) (?:{_MUCH} )?(?:more|extra) time"),
    ("extend", rf"{_MODAL}add (?:{_MUCH} )?(?:more )?{_MINUTES}"),
    (
        "extend",
        rf"{_MODAL}(?:(?:stay|be|remain|keep|go|linger|continue|dwell)(?: (?:on|with|in|at|going)"
        rf")*(?: {_HERE})?(?: for)? {_LONGER}(?: {_MINUTES})?(?<!go more)(?<!be more))",
    ),
    (
        "extend",
        rf"{_MODAL}(?:extend|prolong|lengthen) (?:{_HERE}|the time|my time)"
        rf"(?: by (?:{_MUCH})(?: more)? {_MINUTES}| a (?:bit|little))?",
    ),
    ("extend", rf"{_MODAL}(?:spend|spent|take) (?:{_MUCH} )?(?:longer|more time)"),
    ("extend", r"(?:is|do we have|have we got) (?:there )?(?:any |some )?(?:more|extra) time"),
    (
        "end",
        rf"{_MODAL}(?:(?:end|stop|finish|quit|wrap up|conclude|terminate|cancel|abort|leave)"
        r" (?:(?:this|the|our) )?(?:interview|call|session|meeting)(?: early)?"
        r"|(?:end|quit) (?:it|this)|end(?= here)|quit|call it a day)",
    ),
    ("end", r"(?:i'm|i am|we're) (?:done|finished) with (?:the|this) interview"),
)
# An end that a slip of the tongue or of the recogniser may have made: asked back before it is
# granted.
UNSURE_END = (
    rf"(?:{_MODAL}call it quits|(?:i|we) (?:really )?(?:should|must|had better|better|ought to)"
    r" (?:probably |really )?(?:go|leave|stop|get going|be going|be off|head out|end it)"
    r"|i'm out of time|(?:it's )?time for me to (?:go|leave|stop)"
    rf"|{_MODAL}(?:(?:stop|finish)(?: (?:it|this))?|stop here|finish(?= (?:here|now))"
    r"|wrap (?:it|this|things) up|leave it(?= (?:here|there))|be done|go(?! to| on| over| back)"
    r"(?: home)?|leave|head (?:off|out)|run|jump off|drop off|hang up|give up on the interview)"
    r"|(?:i've|i have|i) got to (?:go|leave|run|stop)"
    r"|(?:i think )?that's (?:enough|it|all) for (?:today|me today)"
    r"|i (?:can't|cannot|don't want to) (?:do this|go on|continue)(?: any ?more| any longer)?"
    r"|i(?:'m| am) (?:leaving|going|off)(?= now))"
)
# Words of the above that ask for nothing: a verb or a measure may well be a whole answer.
BARE = (
    r"(?:go|run|leave|stop|finish|be done|stop this|finish this|just go|just run|hang up"
    rf"|(?:just )?(?:{_MUCH} )?(?:more|extra) (?:time|{_MINUTES})|{_MUCH} {_MINUTES} (?:more|extra"
    r"|longer))"
)
# What changes one's mind, and staying with the question.
CORRECTED = (
    r"(?:(?:oh |um )?(?:no|wait|actually|sorry)(?: (?:no|wait|actually|sorry))+|scratch that"
    r"|never ?mind(?: that)?|forget (?:it|that|about it)|on second thoughts?|or rather"
    r"|wait(?: a (?:second|minute|moment))?|no|don't|i take that back|actually)"
)
STAY = (
    r"(?:(?:(?:no )?(?:let's|let us|i want to|i'd like to|i'd rather|can we|we can|let me) )?"
    rf"(?:just )?(?:stay|stick|continue|carry on|keep going|go on|keep at it|try(?: again)?)"
    rf"(?: (?:here|(?:on|with|at) {_HERE}|this|it|first))*"
    r"|(?:i'll|let me) (?:try|have a go|give it a try|answer(?: it| this)?)(?: (?:first|it))?"
    r"|i (?:have|got|just had|think i have) (?:an idea|something|it)|i'm (?:fine|good|okay)"
    r"|don't)"
)
# What somebody says of themself before or after asking plainly for something.
REMARK = (
    r"(?:i'm|i am|i was|i wasn't|i can't|i couldn't|i didn't|i don't|i only|i've|i have"
    r"|i had|i heard|i lost|my|i think i'm|i have to admit)"
    r"(?: (?!and|but|so|then|can|could|would|may|please)[a-z']+){1,5}"
)
# Said before, between and after, and no request: one a time.
ASIDE = (
    r"(?:hello|i (?:was|am) (?:muted|on mute)|i'm (?:muted|on mute)"
    r"|i don't have anything (?:else|more)(?: to (?:add|say))?|apologies|my apologies"
    r"|my bad|let's not move on(?: yet)?"
    r"|sorry|okay|ok|so|well|yeah|yes|please|hey|hi|actually|excuse me|pardon(?: me)?|no"
    r"|oh|alright|all right|right|good|i think|i guess|maybe|and|but|then|and then|also|or|perhaps"
    r"|i'm (?:good|fine|happy)(?: (?:here|with (?:this|that)))?"
    r"|look|listen|wait|hang on|hold on|sure|i'm (?:very |so |really )?sorry|i'm afraid|honestly"
    r"|to be honest|if you don't mind|if that's okay|thanks|thank you|great|first|after that"
    r"|that's (?:all|it)(?: (?:from me|i have|i've got|i can (?:say|think of)))?"
    r"(?: (?:on|for|about) (?:this|that|it|now|this (?:one|part|question)))?"
    r"|(?:i(?: have|'ve got| have got)? )?(?:nothing|not much)(?: more| else)?(?: to (?:add|say))?"
    r"(?: from (?:me|my side))?"
    r"(?: (?:here|there|on this|to that|about (?:it|this|that)))?"
    r"|i (?:really )?(?:don't|do not) (?:really )?(?:know|have an answer)"
    r"(?: (?:this|that|this one|the answer))?"
    r"|i(?:'ve| have)(?: got)? no (?:idea|clue)|i'm not sure|i give up(?: on (?:this|that)"
    r"(?: (?:one|question))?)?|i'm not (?:done|finished|there)(?: yet)?"
    r"(?: (?:with (?:this|that)|here|yet))?"
    r"|that(?:'s| is| was) (?:a )?(?:really |very |quite )?(?:hard|tricky|tough|good|difficult"
    r"|interesting|long)(?: (?:one|question))?|i (?:have|had|need) (?:a )?more to say"
    r"|(?:because |as |since )?(?:someone(?:'s| is) at (?:the|my) door|(?:my|the) (?:phone"
    r"|doorbell|bell|door|alarm)(?: bell)?(?:'s| is| just)? (?:ringing|rang|going off)"
    r"|i(?:'m| am) (?:thirsty|not feeling well|feeling (?:sick|unwell)|tired|late|running late"
    r"|in a hurry)|i(?:'ve| have)?(?: got)?(?: have)? (?:another|a) (?:meeting|call|appointment"
    r"|train(?: to catch)?)|my (?:train|bus|taxi|ride|flight|stop) is (?:here|leaving|coming|next)"
    r"|my (?:battery|laptop) is (?:dying|low|almost empty)"
    r"|something (?:came|has come) up|i need (?:some |a )?(?:water|air|drink|rest)"
    r"|there's (?:someone|somebody) at the door|it's (?:too )?(?:loud|noisy) here"
    r"|my (?:dog|cat|baby|kid|son|daughter) (?:is )?(?:barking|crying|woke up|needs me)))"
)
