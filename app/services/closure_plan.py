"""The plan of a closure: what a person has decided so far, from the choice of its kind to the end.

It is handed from one screen to the next and kept as a draft: plain values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.cash import Count
from app.domain.closing import Terms, TillZ
from app.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class ClosurePlan:
    """A closure to be made: its scope, its end (None: everything), what was typed and counted.

    `seen` are the differences as they were shown and explained, `approved` says that a manager
    accepted them, `confirm_clock` that the PC's clock is right, `by` who: words of this evening,
    which a draft doesn't keep.
    """

    scope: Scope
    until: datetime | None = None
    till_z: tuple[TillZ, ...] = ()
    counts: Mapping[str, Count] = field(default_factory=dict)
    confirm_clock: bool = False
    seen: tuple[int, ...] = ()
    approved: bool = False
    by: str = ""

    def terms(self, now: datetime) -> Terms:
        """What the closure engine is asked, at a moment."""
        return Terms(
            now=now,
            until=self.until,
            by=self.by,
            counts={d: c for d, c in self.counts.items() if c != Count()},
            till_z=self.till_z,
            confirm_clock=self.confirm_clock,
        )

    @property
    def is_begun(self) -> bool:
        """Whether something was counted or typed in already."""
        return bool(self.till_z) or self.has_counts

    @property
    def has_counts(self) -> bool:
        """Whether a drawer was counted, in part at least."""
        return any(count != Count() for count in self.counts.values())

    def with_count(self, drawer: str, count: Count) -> ClosurePlan:
        """The same plan with what a drawer holds; an empty count stays « not counted »."""
        return replace(self, counts={**self.counts, drawer: count})

    def with_typed(self, other: ClosurePlan) -> ClosurePlan:
        """The same plan with what was counted and typed in another (its draft)."""
        return replace(self, counts=other.counts, till_z=other.till_z)

    def with_till_z(self, z: TillZ) -> ClosurePlan:
        """The same plan with a till's own Z, in the place of the one typed before for that till."""
        others = tuple(known for known in self.till_z if known.till != z.till)
        return replace(self, till_z=(*others, z))

    def without_till_z(self, till: str) -> ClosurePlan:
        """The same plan without that till's own Z."""
        return replace(self, till_z=tuple(z for z in self.till_z if z.till != till))

    def confirmed(self, by: str) -> ClosurePlan:
        """The same plan, the PC's clock vouched for by a manager (empty: nobody has a PIN)."""
        return replace(self, confirm_clock=True, by=by or self.by)

    def explained(self, differences: tuple[int, ...]) -> ClosurePlan:
        """The same plan once these differences were seen; others would have to be seen again."""
        return replace(self, seen=differences)

    def accepted(self, by: str) -> ClosurePlan:
        """The same plan, its differences accepted by a manager (empty: nobody has a PIN)."""
        return replace(self, approved=True, by=by or self.by)

    def doubted(self) -> ClosurePlan:
        """The same plan, its differences to be seen and accepted anew."""
        return replace(self, seen=(), approved=False)
