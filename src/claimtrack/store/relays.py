"""Where a search for findings about sources can find anything at all."""

from __future__ import annotations

import sqlalchemy as sa

from claimtrack.store import schema


def events_with_relays_or_contradictions(connection: sa.Connection) -> list[str]:
    """List the events in which one tells what another said, or claims that cannot all hold."""
    e, q, c, a = schema.events, schema.questions, schema.claims, schema.assertions
    link, k, contested = schema.attributions, schema.contradictions, schema.contested_questions
    relayed = (
        sa.select(q.c.event_id)
        .join_from(link, a, a.c.id == link.c.assertion_id)
        .join(c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
    )
    contradicted = sa.select(k.c.event_id).union(sa.select(contested.c.event_id))
    query = sa.select(e.c.slug).where(e.c.id.in_(relayed) | e.c.id.in_(contradicted))
    return list(connection.scalars(query.order_by(e.c.slug)))
