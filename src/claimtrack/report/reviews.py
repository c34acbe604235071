"""Reviews as text and as data: who says what, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimtrack.domain.record import Review, status_of, voices


def review_lines(reviews: Sequence[Review]) -> list[str]:
    """Tell the status and a line a review, oldest first; what its author replaced says so."""
    counting = voices(reviews)
    return [
        f"status: {status_of(reviews)}",
        *(
            f"  {review.at} {review.who}: {review.status}, “{review.why}”"
            + ("" if any(review is voice for voice in counting) else _passed(review))
            for review in reviews
        ),
    ]


def _passed(review: Review) -> str:
    return "" if review.status == "open" else " (replaced later)"


def voices_told(reviews: Sequence[Review]) -> str:
    """Name who says what, where anybody does: "Anna: dismissed; Boris: confirmed"."""
    return "; ".join(f"{voice.who}: {voice.status}" for voice in voices(reviews))


def reviews_json(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Give every review, oldest first; `counts` where it is its author's word today."""
    counting = voices(reviews)
    return [
        {
            "status": review.status,
            "who": review.who,
            "at": review.at,
            "why": review.why,
            "counts": any(review is voice for voice in counting),
        }
        for review in reviews
    ]
