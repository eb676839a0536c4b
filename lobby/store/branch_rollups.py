"""The days of many branches, added up by stretches of time: one query, whatever their number."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np
from sqlalchemy import Connection, case, literal, select

from lobby.store.histograms import unpacked
from lobby.store.kinds import RollupPart
from lobby.store.rollups import Tally
from lobby.store.tables_reports import ROLLUPS

SUMMED = (
    *("tickets", "served", "wait_us", "kept", "due", "called", "missed", "in_line", "gave_up"),
    *("serving_us", "signed_in_us", "breaks_us", "eligible", "completed", "accepted", "returned"),
)
"""What branches are compared by; the other figures of these tallies stay nothing."""

COUNTED = [SUMMED.index("tickets"), SUMMED.index("signed_in_us")]
"""Days with any of these are counted."""

Stretches = Sequence[tuple[date, date]]
"""First and last day of each, in order of time and without a gap."""


def branches_rolled_up(
    connection: Connection, branch_ids: Collection[str], stretches: Stretches, waits_from: date
) -> Mapping[str, list[Tally]]:
    """A tally for each stretch of each branch that has any day in them. `days` counts those on
    which somebody took a number, `staffed_days` those on which anybody sat at a counter. Histograms
    of waits are read from `waits_from` on alone: they are most of what there is to read."""
    first, last = stretches[0][0], stretches[-1][1]
    waits = case((ROLLUPS.c.business_day >= waits_from, ROLLUPS.c.waits), else_=literal(b""))
    columns = [ROLLUPS.c[name] for name in ("branch_id", "business_day", *SUMMED)]
    rows = connection.execute(
        select(*columns, waits).where(
            ROLLUPS.c.branch_id.in_(branch_ids),
            ROLLUPS.c.part == RollupPart.DAY,
            ROLLUPS.c.business_day.between(first, last),
        )
    ).all()
    if not rows:
        return {}
    names = sorted({row[0] for row in rows})
    places = {name: index * len(stretches) for index, name in enumerate(names)}
    groups = [places[row[0]] + _stretch(stretches, row[1]) for row in rows]
    of = len(names) * len(stretches)
    figures = np.array([row[2:-1] for row in rows], dtype=np.int64)
    sums = np.zeros((of, len(SUMMED) + 2), dtype=np.int64)
    np.add.at(sums, groups, np.column_stack([figures, figures[:, COUNTED] > 0]))
    bins = unpacked([row[-1] for row in rows], groups, of)
    tallies = []
    for values, counts in zip(sums.tolist(), bins, strict=True):
        tally = Tally(waits=counts, days=values[-2], staffed_days=values[-1])
        tally.figures.update(zip(SUMMED, values, strict=False))
        tallies.append(tally)
    return {name: tallies[index : index + len(stretches)] for name, index in places.items()}


def _stretch(stretches: Stretches, day: date) -> int:
    return next(index for index, (_first, last) in enumerate(stretches) if day <= last)
