"""What may be shown of several municipalities together, so that none of the covered ones can be found out.

A municipality that agreed to appear "only in numbers together with others" is *covered*. Whoever looks knows the values
of all that appear by themselves, sees every number that was ever shown, and may add and subtract them: over filters and
over time. The rule (decision 9) is about the covered part of each group whose numbers are shown:

* a group has at least k municipalities, and none or at least k covered ones;
* all covered parts that were ever shown for a quantity cut the covered municipalities into pieces: those that lie in
  exactly the same parts. Each piece that lies in any part has at least k. Every sum that can be had by adding and
  subtracting is a sum over whole pieces, so it is never about fewer than k;
* what is counted as one is not a municipality but a municipality with a value (`element`): whoever changes a value is
  somebody else from then on. Joining, leaving and changing are thereby the same as another filter;
* whoever has ever appeared by themselves with a value is known with it and covers nobody; and who was counted among
  covered ones may appear only if enough others are left (`may_appear`);
* under a filter, whoever appears under an alias is not counted: otherwise a filter would betray who hides behind it.

A quantity is an item or a perspective. A ledger keeps for each quantity which covered parts were shown; it holds no value.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.workshop.members import Filter, Member

Element = str
"""Stands for one covered municipality with one value of one quantity, without telling either."""
CoveredPart = frozenset[Element]


def element(key: bytes, member: str, quantity: str, value: Fraction) -> Element:
    """The mark of a covered municipality with a value; without the key it says nothing.

    `member` has to stay the same when the municipality leaves and comes back: under another one its unchanged value
    would pass for a new one, and the others could be found by subtraction.
    """
    return hmac.digest(key, f"{member} {quantity} {value}".encode(), "sha256").hex()[:24]


@dataclass(frozen=True, slots=True)
class MemberGroup:
    """The municipalities that have a value of a quantity under a filter: how many appear by themselves, who is covered."""

    quantity: str
    visible: int
    covered: CoveredPart

    @property
    def size(self) -> int:
        """All of them."""
        return self.visible + len(self.covered)


@dataclass(frozen=True, slots=True)
class GroupTooSmall:
    """The group is smaller than the threshold, or its covered part is: how small is not told, it would be a number, too."""

    threshold: int


@dataclass(frozen=True, slots=True)
class Derivable:
    """Together with what was shown before, numbers of fewer than the threshold could be found by subtraction."""

    threshold: int


Withheld = GroupTooSmall | Derivable


@dataclass(frozen=True)
class Ledger:
    """By quantity: which covered parts were shown, and whose values are known because they appeared by themselves."""

    shown: Mapping[str, frozenset[CoveredPart]] = field(default_factory=dict)
    known: Mapping[str, CoveredPart] = field(default_factory=dict)

    def holds(self, group: MemberGroup) -> bool:
        """The numbers of this very group were shown; showing them again tells nothing new."""
        return group.covered in self.shown.get(group.quantity, frozenset())

    def against(self, group: MemberGroup, threshold: int) -> Withheld | None:
        """Why the numbers of a group may not be shown; nothing when they may."""
        if group.size < threshold or 0 < len(group.covered - self._known(group.quantity)) < threshold:
            return GroupTooSmall(threshold)
        parts = self.shown.get(group.quantity, frozenset()) | {group.covered}
        return None if _safe(parts, self._known(group.quantity), threshold) else Derivable(threshold)

    def still_shown(self, group: MemberGroup, threshold: int) -> CoveredPart:
        """The largest covered part ever shown that lies whole in the group; empty when there is none.

        Its numbers tell nothing new. Whoever joined later is not among them.
        """
        inside = [one for one in self.shown.get(group.quantity, ()) if one <= group.covered and len(one) >= threshold]
        return max(inside, key=lambda one: (len(one), sorted(one)), default=frozenset())

    def with_shown(self, group: MemberGroup) -> "Ledger":
        """The ledger after the numbers of this group were shown."""
        parts = self.shown.get(group.quantity, frozenset()) | {group.covered}
        return Ledger({**self.shown, group.quantity: parts}, self.known)

    def may_appear(self, values: Mapping[str, Element], threshold: int) -> bool:
        """Whether somebody may appear alone with these values, by quantity.

        Whoever was counted among covered ones takes their cover away by appearing: too few may be left.
        """
        return all(
            _safe(self.shown.get(quantity, frozenset()), self._known(quantity) | {value}, threshold)
            for quantity, value in values.items()
        )

    def may_hide(self, values: Mapping[str, Element]) -> bool:
        """Whether somebody may appear under an alias with these values, by quantity.

        Whoever was counted among covered ones may have been counted under a filter: what is missing there afterwards
        would tell which alias it is.
        """
        return not any(value in part for quantity, value in values.items() for part in self.shown.get(quantity, ()))

    def knows(self, values: Mapping[str, Element]) -> bool:
        """Whether any of these values, by quantity, is known because somebody appeared alone with it."""
        return any(value in self._known(quantity) for quantity, value in values.items())

    def with_known(self, values: Mapping[str, Element]) -> "Ledger":
        """The ledger after somebody appeared alone with these values, by quantity."""
        known = {quantity: self._known(quantity) | {value} for quantity, value in values.items()}
        return Ledger(self.shown, {**self.known, **known})

    def _known(self, quantity: str) -> CoveredPart:
        return self.known.get(quantity, frozenset())

    def written(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "shown": {quantity: sorted(map(sorted, parts)) for quantity, parts in sorted(self.shown.items())},
            "known": {quantity: sorted(known) for quantity, known in sorted(self.known.items())},
        }

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Ledger":
        """What `written` gave, or an empty ledger of nothing."""
        shown, known = data.get("shown", {}), data.get("known", {})
        return cls(
            {quantity: frozenset(frozenset(part) for part in parts) for quantity, parts in shown.items()},
            {quantity: frozenset(one) for quantity, one in known.items()},
        )


def _safe(parts: Iterable[CoveredPart], known: CoveredPart, threshold: int) -> bool:
    """Whether every piece of these parts has enough elements that nobody knows; a piece of known ones is no secret."""
    return min(pieces(part - known for part in parts).values(), default=threshold) >= threshold


def pieces(parts: Iterable[CoveredPart]) -> Counter[frozenset[int]]:
    """How many elements lie in exactly the same parts, for every combination of parts in which any lies."""
    numbered = list(parts)
    inside = {one: frozenset(n for n, part in enumerate(numbered) if one in part) for part in numbered for one in part}
    return Counter(inside.values())


def counted(members: Sequence[Member], filter: Filter) -> Iterator[Member]:
    """Who is counted under a filter: without one everybody, with one nobody that appears under an alias."""
    return (one for one in members if not filter or (one.shown != "alias" and one.fits(filter)))


def wider(filter: Filter) -> Iterator[Filter]:
    """The next larger groups: each with one choice fewer, in the order of the choices."""
    for left_out in filter:
        yield {question: choice for question, choice in filter.items() if question != left_out}
