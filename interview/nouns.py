"""The nouns of this trade, by what can be asked about them.

English does not tell nouns from verbs by their form, and a recogniser leaves out punctuation; so a
phrase is only picked up when its last word is one of these or one of the scenario's terms.
"""

from __future__ import annotations

from typing import Literal

# A "thing" is a term of the scenario whose last word is none of these.
NounKind = Literal["part", "data", "metric", "check", "risk", "thing"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Singular nouns that take an article: "the inverted index", but "candidate generation".
COUNTED = _words(
    """
algorithm autoencoder baseline budget cache canary classifier counter dashboard database detector
distribution encoder engine experiment fallback filter fingerprint forest funnel graph heuristic
holdout index loop metric model network objective pipeline policy queue ranker rate regression
retriever rollout rule server service stage store stream survey system table test threshold tower
transformer tree window
"""
)
HEADS: dict[NounKind, frozenset[str]] = {
    "part": _words(
        """
algorithm architecture autoencoder bandit baseline blending cache caching calibration classifier
clustering counter database detector distillation embedding encoder engine exploration fallback
filter filtering fingerprint forest function generation graph heuristic index inference learning
logic matrix model network objective personalisation personalization pipeline policy
quantisation quantization queue ranker ranking regression reranker retrieval retriever rule sampling
search server service serving shard sharding stage store stream streaming system table threshold
tower training transformer tree
"""
    ),
    "data": _words(
        """
annotation click data example feature history image impression interaction judgement label log
negative outcome positive purchase query sample session signal view
"""
    ),
    "metric": _words(
        """
accuracy auc budget conversion ctr diversity engagement freshness latency loss metric mrr ndcg
precision quality rate recall relevance retention revenue satisfaction throughput
"""
    ),
    "check": _words(
        """
alert alerting backtest canary dashboard evaluation experiment holdout interleaving mode monitoring
review rollback rollout survey test validation
"""
    ),
    "risk": _words(
        """
abuse attack bias chargeback clickbait delay drift failure fraud imbalance leakage loop noise
outage overfitting shift skew spam start takeover testing
"""
    ),
}
KIND_OF: dict[str, NounKind] = {word: kind for kind, words in HEADS.items() for word in words}

# Nouns that stand alone; the others need a word before them to say which one is meant.
ALONE = _words(
    """
calibration conversion distillation diversity drift embeddings exploration freshness interleaving
latency leakage personalisation personalization precision quantisation recall retention
retrieval satisfaction sharding spam throughput
"""
)
MODIFIERS = _words(
    """
account approval approximate async author batch biased boosted buyer canary candidate card
champion churn cleaned click click-through clustered collaborative concept content content-based
contextual conversion cost cost-sensitive counterfactual cross current customer daily decision
decline deep delayed demand dense device distributed document dynamic embedding error evaluation
explicit exploration false feature feedback feed first-stage fraud fresh global gradient graph hard
heavy heavier historical hit hourly human hybrid image implicit incremental inverted item
keyword label language large latent lexical lightweight light linear listing live local logistic
long-term manual merchant missing model multi-armed multi-task nearest negative neural nightly
noisy offline old online pairwise listwise payment personal point-in-time popularity position
positive post price product propensity purchase query random ranking raw real-time realtime
recommendation relevance relevant request response retrieval review risk rule-based sampled search
second-stage selection seller semantic sequence serving session shadow shallow similarity simple
skewed small sparse stale static streaming survey synthetic text time title topic traffic training
transaction tree two-stage two-tower unbiased user validation vector velocity weekly weighted
"""
)
# Verbs as often as nouns: a phrase begins with one of them only where a noun must stand.
VERBS_TOO = _words(
    """
alert alerts attack attacks boost cache caches click clicks cost costs delay delays embedding
experiment experiments feature features filter filters fraud hit image index label labels log logs
model models monitor post posts price purchase purchases query rank request requests review reviews
rule sample samples score search searches serving shadow shard shift signal signals stream survey
table test tests time title train training retrieval view views sampling ranking caching
filtering streaming batch testing monitoring blending clustering
"""
)
