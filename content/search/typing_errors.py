"""What a mistyped word was meant to be."""

from collections.abc import Iterable


def distance(first: str, second: str) -> int:
    """How many letters were left out, added, exchanged or swapped with their neighbour.

    The optimal string alignment distance: Damerau (1964), each place changed once.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(typed: str, candidates: Iterable[str]) -> str:
    """The candidate that `typed` was most likely meant to be; empty if all are too far.

    Of three or four letters one may be wrong, of up to eight two, of more three.
    """
    allowed = 1 if len(typed) <= 4 else 2 if len(typed) <= 8 else 3
    scored = ((distance(typed, word), word) for word in candidates if abs(len(word) - len(typed)) <= allowed)
    found = min((pair for pair in scored if pair[0] <= allowed), default=None, key=lambda pair: pair[0])
    return found[1] if found else ""
