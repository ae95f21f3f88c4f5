"""How far two raters agree on ordered levels, beyond what chance would give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# Levels of a rubric, weakest first.
LEVELS = (1, 2, 3, 4)


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's kappa with quadratic weights: 1 is perfect, 0 is chance. None where chance alone
    agrees perfectly, so that nothing can be said: no pairs, or one level for everything.

    Source: J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), 213-220: one less the
    ratio of the weighted disagreement seen to that expected from both raters' own shares."""
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum((a - b) ** 2 for a, b in pairs)
    expected = sum(
        n * m * (a - b) ** 2 / len(pairs) for a, n in first.items() for b, m in second.items()
    )
    return 1 - seen / expected if expected else None


def confusion(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Counts: rows by the first of each pair, columns by the second, both over LEVELS."""
    counts = Counter(pairs)
    return [[counts[a, b] for b in LEVELS] for a in LEVELS]
