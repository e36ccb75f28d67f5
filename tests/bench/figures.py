"""Many measurements as few numbers."""

import math
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    return percentile(values, 50)


def percentile(values: Sequence[float], rank: float) -> float:
    """The smallest value that at least `rank` percent of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * rank / 100) - 1)]


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    return {"median_ms": round(median(milliseconds), 2), "p99_ms": round(percentile(milliseconds, 99), 2)}
