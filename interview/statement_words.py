"""Word lists and patterns of `guard_statements`: what a statement may be made of."""

from __future__ import annotations

import re

from interview.wordforms import stem


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


# Words that say nothing of themselves. No modal verb of duty, no denial, no comparison.
FREE = _stems(
    """
    a an the this that these those it its i i'm i've i'd i'll me my we we've we're we'd we'll us our
    you you're you've you'd you'll your yours they they're them their he she there there's here
    here's that's it's what's is are was were be been being am do does did doing done have has had
    having will would can could may might to of in on at by for from with about into onto over
    through during after before between under across per as if when while where which who whom whose
    what how why and or but so then now also just still again once both each any some ones other
    another up down out off away back let let's get got give go going come take put keep see make s
    t d ll one not no never don't doesn't didn't haven't hasn't isn't aren't won't can't cannot
    wasn't weren't wouldn't couldn't around upon than without no nor neither excluded
    excluding exclude except aside include included including nobody
    """
)
# What is said about talking itself.
TALK = _stems(
    """
    say mention talk speak tell ask hear bring carry continue start begin stay leave look turn move
    pick aloud loud moment bit little minute later earlier today piece part question time mind want
    know afraid sorry please okay thanks thank allow ready whatever whenever wherever anything
    something roughly imagine suppose picture actually briefly quickly deeper further next return
    walk describe explain hand share think note listen count dig few fine place specifically
    concretely practice practical case detail exactly stick two stuff second rest bit back forward
    across ago while whole ahead together repeat rephrase end
    """
)
# What may follow a question: "How would you measure it, in practice?"
TAIL = _stems(
    "practice practical specifically concretely exactly roughly case detail think say general then"
)
# What attributes something to the candidate.
ATTRIBUTING = _stems(
    """
    propose suggest use plan describe choose pick prefer build want train worry consider point raise
    refer bring rely run work intend start try apply like think earlier before just already
    """
)
# Words around a bare name: "So, position bias then."
FILLS = _stems("the a an your that this then there so and now okay here again of on to for")
BEFORE_A_VERB = _stems(
    """
    i i'd i'll i've we we'd we'll you you'd to would could should will can may might must then just
    also not don't never let's first
    """
)
# Words that judge, compare or oblige: only where the line or the candidate said them.
LOADED = _stems(
    """
    good better best bad worse worst wrong right correct incorrect true false great nice weak
    strong weaker stronger simple simpler simplest easy easier easiest hard harder safe safer cheap
    cheaper fast faster smart smarter wise wiser clear clearly obvious obviously surely certainly
    definitely should must need ought necessary enough important crucial key essential missing miss
    forget forgot overlook ignore neglect help fail matter useful useless prefer preferable
    recommend advise doubt agree disagree sensible reasonable ideal perfect poor interesting problem
    mistake improve solve fix reliable proper appropriate standard usual usually typical typically
    common commonly high higher low lower main real really simply instead unfortunately
    sufficient careful rather opposite unlike most many always never often
    expect expected least only
    """
)
# Those of them that a question is not asked with either.
WEIGHING = LOADED - _stems("""should must need real really main high higher low lower hard
matter right clear usual problem clearly fail work missing miss improve fix help
solve true necessary only most many always never often expect expected least""")
_FILLER = r"(?:so|okay|ok|right|alright|all right|sure|well|and|now|then|too|thanks|thank you)"
# Remarks that say nothing of the answer; the whole of a normalised piece.
REMARK = re.compile(
    rf"(?:{_FILLER} )*(?:{_FILLER}|i see|got (?:it|you|that)|i(?:'ve| have) got (?:it|that)"
    r"|(?:i )?understood|i understand|noted|mm-hm|mhm|mm|hm|hmm|uh-huh|ah|oh|yeah|alright"
    r"|(?:thanks|thank you)(?: very much| a lot| so much)?"
    r"(?: for (?:that|this|the (?:answer|overview|explanation|context|background|detail|details)"
    r"|sharing(?: that)?|explaining(?: that)?|walking me through (?:it|that|this)"
    r"|telling me(?: that)?))?"
    r"|i(?:'m| am) (?:with you|following(?: you)?|listening|here|still (?:here|with you))"
    r"|i (?:hear|follow) you|i(?:'ve| have) (?:heard|noted) (?:that|you|it)|i have that"
    r"|let(?:'s| us) (?:go|move|carry|press|keep) (?:on|going|ahead|along)(?: then| now| from there"
    r"| to (?:the )?next (?:one|question|thing|topic|part))?"
    r"|let(?:'s| us) (?:continue|proceed|begin|start)(?: then| now| there| here)?"
    r"|let(?:'s| us) (?:change|switch|shift) (?:gears|direction|topics?|subjects?|the subject)"
    r"|let(?:'s| us) (?:leave|park) (?:it|that|this)(?: there| here| for now| at that| open)*"
    r"|let(?:'s| us) (?:look|go|turn|try) (?:elsewhere|somewhere else|something else)"
    r"|let me (?:ask|try) (?:you )?(?:something|another thing|about something)"
    r"(?: (?:else|different|new))?|let me ask (?:you )?(?:this|that|it another way)"
    r"|let me (?:put|ask|say|phrase|try) (?:it|this|that) (?:differently|another way|again"
    r"|(?:in )?(?:a different|another) way)|let me (?:rephrase|repeat)(?: (?:it|that|this|the"
    r" question))?|in other words|moving (?:on|along|ahead)|on we go|next(?: one| question)?"
    r"|(?:here(?:'s| is)|i have) (?:a|another|the next|one more) (?:question|one|follow-up)"
    r"|(?:one|a) (?:more|follow-up|quick) ?(?:question|thing|one)?(?: (?:on|about) that)?"
    r"|(?:please |it(?:'s| is) (?:fine|okay) to |do )?(?:take|you can take)"
    r" (?:your time|a moment|all the time you (?:need|like|want))"
    r"|(?:there(?:'s| is) )?no (?:rush|hurry|worries|problem|pressure)(?: at all)?"
    r"|whenever you(?:'re| are) ready|(?:please )?(?:go|carry) (?:on|ahead)(?: from there"
    r"| with that| then)?|please (?:do|continue)|over to you|back to you|of course"
    r"|(?:just )?(?:a|one) (?:moment|second)|for a moment|if i may|if you like|if you will"
    r"|sorry|i(?:'m| am) (?:sorry|curious)|just so you know|by the way|for now|this time|in that"
    r" case|as you like|take it from there|as i said|as (?:you )?(?:said|mentioned)|you said"
    r"|that(?:'s| is) (?:heard|noted)|go for it|keep going|say|suppose|first|to begin|to start"
    r"|one thing|from there|on that note|speaking of which|with that|with that in mind)"
    rf"(?: (?:{_FILLER}|for (?:that|now)))*"
)
ARTICLE = re.compile(r"\b(?:the|an?|your|that|this|those|these)\b", re.IGNORECASE)
SUBJECT = re.compile(r"^(?:they|it|we|i|you|he|she|there)\b", re.IGNORECASE)
# A verb that makes a claim of a name.
ASSERTS = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|does|do|did|will|would|can|could|may|might"
    r"|must|should|need|needs|\w+n't|(?:it|that|this|there|what|he|she)'s|\w+'(?:ll|re|d))\b",
    re.IGNORECASE,
)
# A remark on the talk that is about the candidate or the answer.
ABOUT_THEM = re.compile(
    r"^(?:(?:that|this|it|you|they|he|she)\b(?! may\b)"
    r"|(?:we|our) ?(?:'ve|have|had|do|did|don't)\b|as (?:one|you|we|they|i)\b"
    r"|i (?:can )?(?:see|know|hear|tell) (?:that )?(?:you|it|this|that)(?:'|\b))",
    re.IGNORECASE,
)
# A claim in words that a line or a remark may have, too.
COPULA = re.compile(
    r"^(?!(?:we|i|you|it|that|there|let)\b|.*\b(?:it|that|there)'s\b).*(?:\b(?:is|are|was|were|has|have|had|does|do|did|will"
    r"|would|can|could)\b|\w(?:'s|'re)\b)",
    re.IGNORECASE,
)
CLAIMS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could)(?:n't)?\b|'(?:s|re|ve|d)\b",
    re.IGNORECASE,
)
ASCRIBES = re.compile(r"\b(?:is|are|was|were)\b|\w's\b", re.IGNORECASE)
# A clause with a subject of its own, after what the candidate is said to have said.
OWN_CLAUSE = re.compile(
    r"(?:[,;:]|\b(?:but|because|so|since|though|although|and|as|while|yet))"
    r"\s+(?:(?:it|this|there|they|which|we|i|our)\b|that(?:'s| is| was| will| would))",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:that|which|who)(?:'s|'d| (?:is|was|are|were|has|have|had|would|could|can))\b",
    re.IGNORECASE,
)
# The interviewer's own view.
OPINION = re.compile(
    r"\b(?:i|we) (?:really |also |just |actually |do |would |'d )*(?:doubt|prefer|believe|suspect"
    r"|agree|disagree|feel|recommend|suggest|advise|guess|bet|worry|expect|assume|hope|favou?r"
    r"|think)\b"
    r"|\b(?:(?:i|we)(?:'d| would)|i(?:'ll| will)) (?:(?:just|also|probably|rather|first|always"
    r"|never|simply)"
    r" )*(?!like|love|leave|rather|be|have|still|say|come|go (?:back|on|deeper|over|into|through)"
    r"|stay|ask|move|talk|look|return|pick up|hear|keep|want|just|also|probably|first|always|never"
    r"|simply|take (?:that|it|us)|stop|pause|put|note|add|wait|bring|turn|start (?:there|here|with"
    r" (?:a|the|one) question)|begin (?:there|here))\w+"
    r"|^(?:everyone|everybody|most|many|others|people) \w+"
    r"|^first\b.*\b(?:then|next|after|later)\b"
    r"|\b(?:is|are|'s|be) (?:(?:what|how|where) (?:i|we)(?:'d| would|'ll)|the (?:one|way|thing|key"
    r"|trick|answer|point))\b|\bto be honest\b|\bhonestly\b|\bfrankly\b"
    r"|\b(?:people|teams|everyone|everybody|nobody|companies) (?:usually|often|always|mostly"
    r"|never)",
    re.IGNORECASE,
)
# What the candidate had better do.
ADVICE = re.compile(
    r"\byou(?: (?:really|just|also|first|then|still|always|probably|clearly|definitely))*"
    r"(?: (?:should|shouldn't|must|mustn't|need|needn't|ought|could|can|might|may|cannot|can't"
    r"|couldn't|forgot|forget|missed|miss|overlooked|overlook|ignored|ignore|skipped|skip|left out"
    r"|neglected|have to|had to|had better|lack|lacked|failed)|'ve to|'ll (?:need|have|want)"
    r"|'d (?:need|have to|better|be better|do well)|'d want|'ve (?:forgotten|missed|overlooked"
    r"|ignored|skipped|left out))\b",
    re.IGNORECASE,
)
# Says that the candidate said it, or sums it up as theirs.
ATTRIBUTES = re.compile(
    r"^(?:(?:earlier|before|just now|so|here|there|as|when|since|if|given that|a moment ago|and)"
    r",? )*(?:you|you'd|you're|you've|you'll|your|i heard you|i noted)\b"
    r"|\byou(?:'ve| had| have)? (?:just |also |already |earlier )?(?:said|say|mentioned|mention"
    r"|described|brought|raised|spoke|talked|named|told|proposed|suggested|called|put)\b",
    re.IGNORECASE,
)
SUPPOSES = re.compile(
    r"^(?:(?:let's|let us) )?(?:just )?(?:say|suppose|imagine|picture|assume|pretend)\b",
    re.IGNORECASE,
)
# Says what comes next.
TURN = re.compile(
    r"^(?:(?:let's|let us|let me|i'd (?:like|love) to|i would (?:like|love) to|i want to|we can|we"
    r" could|we'll|i'll|allow me to|i'm going to|we're going to|shall we|can we|time to)"
    r" (?:just |now |also |briefly |quickly |still |first )*(?:stay|go|come|move|look|turn|talk"
    r"|speak|dig|dive|zoom|leave|pick|focus|return|get|keep|bring|shift|switch|step|repeat|rephrase|zoom|ask|hear|know"
    r"|understand|see|take|put|set|begin|start|stop|pause|cut|hold|narrow|make|pursue|follow|explore"
    r"|continue|walk|think|say|suppose|imagine|picture|assume|pretend|learn|drill|revisit|jump|stick"
    r"|hand|open|close|push|probe|consider the|build on)"
    r"|back to|on to|onto|on|about|for|with|as for|as to|regarding|concerning|turning to|moving(?:"
    r" on)? to|coming (?:back )?to|staying (?:with|on)|going back to|returning to|picking up|now"
    r"|next up|next|(?:just )?(?:say|suppose|imagine|picture|assume|pretend)(?: that)?"
    r"|i'm (?:curious|interested|wondering)(?: about| in)?|tell me|a (?:question|word) (?:on|about)"
    r"|(?:one|another|a) (?:more )?(?:question|thing|follow-up) (?:on|about)|that brings (?:us|me)"
    r" to|this brings (?:us|me) to|still on|more on|same for|speaking of)\b",
    re.IGNORECASE,
)
SUBORDINATE = re.compile(
    r"^(?:in|on|at|by|for|with|within|without|of|from|after|before|during|once|when|whenever|if"
    r"|given|even if|as|while|under|over|between|among|across|suppose|say|imagine|picture|assuming"
    r"|supposing|to|about|regarding|looking|thinking|going|coming|staying|back|besides|beyond|apart"
    r"|concretely|specifically|practically|personally|roughly|overall|concerning|until|since"
    r"|whatever|wherever|next)\b",
    re.IGNORECASE,
)
# What turns the word after it around.
LESSENS = re.compile(r"\b(?:less|hardly|barely|rarely|scarcely|too) (\w+)", re.IGNORECASE)
# A remark on what is only to be turned to.
REMARKS_ON = re.compile(
    r"\bwhich\b|[,;:] (?:you|i|we|it|that|this|they)\b|\b(?:and|but|as|so|because|since)"
    r" (?:you|i|we|it|that|this|they)\b",
    re.IGNORECASE,
)
# Grounds for a question, which are claims.
GROUNDS = re.compile(
    r"\b(?:given that|because|since|considering that|knowing that|now that|even though|although"
    r"|though|despite|as long as)\b(?! you(?:'d|'re|'ve| said| mentioned| want)\b)",
    re.IGNORECASE,
)
# Questions that suggest what to answer.
LEADING = re.compile(
    r"\b(?:wouldn't|shouldn't|isn't|aren't|couldn't|can't|won't|don't|doesn't|didn't|haven't"
    r"|hasn't|wasn't|would(?= \w+ not\b)) (?:you|we|it|that|this|there|the|an?|they|\w+)\b"
    r"|\b(?:have|had) you (?:ever |not |also )?(?:considered|thought|tried|looked|heard|checked"
    r"|used)|\b(?:did|do|would|could|will|might|can) you (?:not |also |ever |even |perhaps "
    r"|maybe )?"
    r"(?:consider|think (?:of|about)|try|reconsider|add)\b|\b(?:what|how) about\b|\bwhy not\b"
    r"|\bwhat if (?:you|we)\b"
    r"|\bwould(?: it| that| this)? (?:not )?be (?:better|easier|best|wiser|safer|simpler)"
    r"|\bright\?|\bcorrect\?|\byes\?|\bno\?|\bagreed\?|\bdon't you think|\b(?:do|did) you"
    r" (?:realise|realize|agree|see that)\b|\b(?:should|must|need) you\b"
    r"|\bhadn't\b|\bany reason (?:not|you)|\bwhat's wrong with\b|\bwhat is wrong with\b"
    r"|\bare you (?:sure|certain|aware)\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(
    r",? (?:such as|like|for example|for instance|e\.g\.|perhaps|maybe|possibly|say,|namely"
    r"|including|especially|particularly|using|through|via|by means of|based on|other than|besides"
    r"|rather than|instead of|apart from|beyond)\b",
    re.IGNORECASE,
)
