"""Percentiles as every measurement here reports them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Linear between neighbours; None of nothing."""
    return float(np.percentile(values, percent)) if values else None


def rounded(value: float | None) -> int | None:
    return None if value is None else round(value)


def milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
