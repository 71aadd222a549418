"""What the domain of workshops says, in both languages, each sentence whole."""

from typing import assert_never

from scoring.model.wording import Wording
from scoring.workshop.comparable import (
    Age,
    DoesNotApply,
    MostlyNotApplicable,
    Note,
    NotPart,
    NotYetAgreed,
    NoValue,
    OtherItems,
    OtherVersion,
    PartlyAnswered,
    RatedIndividually,
    ReasonAgainst,
    SomeNotApplicable,
    TooOld,
)
from scoring.workshop.disclosure import Derivable, GroupTooSmall, Withheld
from scoring.workshop.members import Member


def label(member: Member) -> Wording:
    """What a municipality is called where it appears by itself."""
    if member.shown == "named":
        return Wording(member.name, member.name)
    return Wording(f"Kommune {member.alias}", f"Municipality {member.alias}")


def reason(of: ReasonAgainst) -> Wording:
    """Why something does not stand beside the others."""
    match of:
        case OtherVersion(version):
            return Wording(f"andere Fassung des Fragebogens ({version})", f"another version ({version})")
        case TooOld(months):
            return Wording(f"Antworten {months} Monate alt", f"answers are {months} months old")
        case NotPart():
            return Wording("nicht Teil des Selbstchecks", "not part of the self-check")
        case OtherItems(asked, others):
            return Wording(f"{asked} Merkmale gefragt, sonst {others}", f"{asked} items were asked, elsewhere {others}")
        case DoesNotApply():
            return Wording("nicht anwendbar", "not applicable")
        case MostlyNotApplicable(removed, items):
            return Wording(
                f"{removed} von {items} Merkmalen nicht anwendbar", f"{removed} of {items} items do not apply"
            )
        case NoValue(answered, asked):
            return Wording(f"zu wenig beantwortet: {answered} von {asked}", f"too few answers: {answered} of {asked}")
        case _:
            assert_never(of)


def note(of: Note) -> Wording:
    """What helps to read a value rightly."""
    match of:
        case PartlyAnswered(answered, asked):
            return Wording(f"{answered} von {asked} Merkmalen beantwortet", f"{answered} of {asked} items are answered")
        case SomeNotApplicable(removed):
            return Wording(f"Merkmale, die nicht anwendbar sind: {removed}", f"items that do not apply: {removed}")
        case NotYetAgreed(items):
            return Wording(
                f"Merkmale, die mit dem Median von Einzeleinschätzungen zählen: {items}",
                f"items that count with the median of individual ratings: {items}",
            )
        case RatedIndividually(items):
            return Wording(
                f"Merkmale, die zuerst einzeln eingeschätzt wurden: {items}",
                f"items that were first rated individually: {items}",
            )
        case Age(months):
            return Wording(f"Alter der Antworten in Monaten: {months}", f"age of the answers in months: {months}")
        case _:
            assert_never(of)


def withheld(of: Withheld) -> Wording:
    """Why numbers of several municipalities are not shown."""
    match of:
        case GroupTooSmall(threshold):
            return Wording(
                f"zu wenige: gezeigt ab {threshold} Kommunen",
                f"too few: shown from {threshold} municipalities on",
            )
        case Derivable(threshold):
            return Wording(
                f"nicht gezeigt: mit früher gezeigten Zahlen ließen sich weniger als {threshold} Kommunen herausrechnen",
                f"not shown: with numbers shown before, fewer than {threshold} municipalities could be computed",
            )
        case _:
            assert_never(of)
