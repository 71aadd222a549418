"""What a roadmap says, in words: whole sentences in both languages. Steps are named by their ids, as everywhere."""

from collections.abc import Sequence
from typing import assert_never

from scoring.assess.words import listed
from scoring.model.wording import Wording
from scoring.roadmap.calendar import Calendar
from scoring.roadmap.plan import (
    BookedOut,
    Bounded,
    Contradiction,
    Delay,
    Impossible,
    Infeasible,
    Kept,
    Missing,
    NoSuchStep,
    NotFound,
    ObjectiveName,
    OnlyFor,
    Optimal,
    PlanStatus,
    PromisesTogether,
    Proof,
    StaffShort,
    TooLong,
)
from scoring.roadmap.problem import DaysBound, FinishBy, NotBefore, PerspectiveLeftOut
from scoring.roadmap.rules import (
    After,
    BeyondEnd,
    DeadlineMissed,
    Hindrance,
    Late,
    NoMeeting,
    NoMoney,
    NotYet,
    Overbooked,
    StaffFull,
    Unknown,
    Violation,
)
from scoring.roadmap.sizes import DaysFrom

OBJECTIVE_NAMES: dict[ObjectiveName, Wording] = {
    "stages": Wording("fehlende Stufen bis zum Soll", "stages missing to the target"),
    "gaps": Wording("Verteilung der Lücken", "how the gaps are spread"),
    "days": Wording("Personentage", "person-days"),
    "last": Wording("Halbjahre bis zum letzten Schritt", "half-years until the last step"),
    "ends": Wording("frühe Abschlüsse", "early ends"),
}
"""What is made as good as possible, for the page that shows how far the search is."""

DAYS_FROM: dict[DaysFrom, Wording] = {
    "estimate": Wording(
        "Unsere Schätzung: die höchste Zahl, die beim Schritt steht",
        "Our estimate: the highest number given with the step",
    ),
    "class": Wording(
        "Unsere Schätzung nach der Aufwandsklasse, beim Schritt steht keine Zahl",
        "Our estimate by the effort class, no number is given with the step",
    ),
    "municipality": Wording("Ihre Angabe", "Your entry"),
}


def why_no_way(left_out: PerspectiveLeftOut) -> Wording:
    """Why a perspective with a target gets no steps of its own."""
    match left_out.why:
        case "not-applicable":
            return Wording("Die Praxisperspektive ist hier nicht anwendbar.", "The perspective does not apply here.")
        case "no-value":
            return Wording(
                "Zu wenige Merkmale sind eingeschätzt. Ohne Wert lässt sich kein Weg zum Soll planen.",
                "Too few items are rated. Without a value no way to the target can be planned.",
            )
        case "no-steps":
            return Wording(
                "Für diese Praxisperspektive hat der Fragebogen keine Schritte.",
                "The questionnaire has no steps for this perspective.",
            )
        case "reached":
            return Wording("Das Soll ist erreicht.", "The target is reached.")


def delay(of: Delay, calendar: Calendar) -> Wording:
    """Why a step cannot begin in some half-years."""
    first, last = (calendar.half_year(at).name for at in (of.first, of.last))
    why = hindrance(of.why, calendar)
    if of.first == of.last:
        return Wording(f"Beginn im {first.de} nicht möglich. {why.de}", f"Cannot begin in the {first.en}. {why.en}")
    return Wording(
        f"Beginn vom {first.de} bis zum {last.de} nicht möglich. {why.de}",
        f"Cannot begin from the {first.en} to the {last.en}. {why.en}",
    )


def hindrance(of: Hindrance, calendar: Calendar) -> Wording:
    """What keeps a step from beginning, as a sentence."""
    match of:
        case BeyondEnd():
            return Wording("Der Schritt dauert länger, als Zeit ist.", "The step takes longer than there is time.")
        case NotYet(half_year):
            name = calendar.half_year(half_year).name
            return Wording(
                f"Festgelegt ist, dass er nicht vor dem {name.de} beginnt.",
                f"A commitment says that it does not begin before the {name.en}.",
            )
        case After(steps):
            return Wording(
                f"Vorher abzuschließen: {listed(steps, 'de')}.", f"To be finished before: {listed(steps, 'en')}."
            )
        case NoMoney():
            return Wording(
                "Er braucht Geld, und bis dahin gibt es keinen Haushalt, für den es noch angemeldet werden kann.",
                "It needs money, and until then there is no budget for which it can still be applied for.",
            )
        case DeadlineMissed(deadline, steps):
            name = calendar.half_year(deadline).name
            return Wording(
                "Er braucht Geld. Die letzte Anmeldefrist dafür liegt im "
                f"{name.de}; bis dahin ist nicht abgeschlossen: {listed(steps, 'de')}.",
                f"It needs money. The last deadline to apply for it lies in the {name.en}; "
                f"not finished by then: {listed(steps, 'en')}.",
            )
        case NoMeeting(half_year):
            name = calendar.half_year(half_year).name
            return Wording(
                f"Ein Gremium muss entscheiden, und im {name.de} ist kein Sitzungstermin.",
                f"A body has to decide, and there is no committee date in the {name.en}.",
            )
        case StaffFull():
            return _staff_full(of, calendar)
        case _:
            assert_never(of)


def _staff_full(of: StaffFull, calendar: Calendar) -> Wording:
    name = calendar.half_year(of.half_year).name
    german = f"Im {name.de} reichen die Personentage nicht: nötig {of.needed}, frei {of.left}."
    english = f"There are not enough person-days in the {name.en}: {of.needed} needed, {of.left} free."
    if of.steps:
        german += f" Sie gehen an {listed(of.steps, 'de')}."
        english += f" They go to {listed(of.steps, 'en')}."
    if of.bound:
        german += f" Anderweitig gebunden: {_days(of.bound).de}."
        english += f" Bound by other work: {_days(of.bound).en}."
    return Wording(german, english)


def missing(of: Missing, calendar: Calendar) -> Wording:
    """Why a step is not in the plan."""
    match of:
        case After(steps):
            return Wording(
                f"Vorher nötig und selbst nicht im Plan: {listed(steps, 'de')}.",
                f"Needed before and not in the plan itself: {listed(steps, 'en')}.",
            )
        case TooLong(why):
            reason = hindrance(why, calendar)
            return Wording(
                f"Bis zum Ende des Zeitraums auch mit mehr Personal nicht abzuschließen. {reason.de}",
                f"Cannot be finished by the end of the period even with more staff. {reason.en}",
            )
        case StaffShort(needed, left):
            return _staff_short(needed, left)
        case OnlyFor(steps):
            return Wording(
                f"Nur nötig für {listed(steps, 'de')}; ohne diese bringt er das Soll nicht näher.",
                f"Only needed for {listed(steps, 'en')}; without these it brings no target closer.",
            )
        case _:
            assert_never(of)


def contradiction(of: Contradiction, calendar: Calendar) -> Wording:
    """Which inputs contradict each other, and how."""
    match of:
        case BookedOut(half_year, bound, staff):
            name = calendar.half_year(half_year).name
            return Wording(
                f"Im {name.de} sind {_days(bound).de} gebunden, es gibt aber nur {staff}.",
                f"{_days(bound).en} are bound in the {name.en}, but there are only {staff}.",
            )
        case NoSuchStep(step):
            return Wording(
                f"Eine Festlegung nennt {step}; diesen Schritt gibt es im Fragebogen nicht.",
                f"A commitment names {step}; the questionnaire has no such step.",
            )
        case Impossible(promise, ends, why):
            return _impossible(promise, ends, hindrance(why, calendar), calendar)
        case PromisesTogether(promises):
            return _together(promises)
        case _:
            assert_never(of)


def _impossible(promise: FinishBy, ends: int | None, why: Wording, calendar: Calendar) -> Wording:
    step, by = promise.step, promise.half_year.name
    if ends is None:
        return Wording(
            f"{step} kann bis zum {by.de} nicht abgeschlossen werden, auch später im Zeitraum nicht. {why.de}",
            f"{step} cannot be finished by the {by.en}, nor later in the period. {why.en}",
        )
    at = calendar.half_year(ends).name
    return Wording(
        f"{step} kann bis zum {by.de} nicht abgeschlossen werden, frühestens im {at.de}. {why.de}",
        f"{step} cannot be finished by the {by.en}, at the earliest in the {at.en}. {why.en}",
    )


def _together(promises: Sequence[FinishBy]) -> Wording:
    german = listed([f"{one.step} bis zum {one.half_year.name.de}" for one in promises], "de")
    english = listed([f"{one.step} by the {one.half_year.name.en}" for one in promises], "en")
    if len(promises) == 1:
        return Wording(
            f"Diese Festlegung ist mit den Personentagen nicht zu halten: {german}.",
            f"This commitment cannot be kept with the person-days there are: {english}.",
        )
    return Wording(
        f"Diese Festlegungen sind mit den Personentagen nicht gemeinsam zu halten: {german}. Ohne eine davon ginge es.",
        f"These commitments cannot be kept together with the person-days there are: {english}. Without one of them they could.",
    )


def commitment(of: DaysBound | FinishBy | NotBefore) -> Wording:
    """A commitment as a sentence."""
    name = of.half_year.name
    match of:
        case DaysBound(_, days):
            return Wording(
                f"Im {name.de} anderweitig gebunden: {_days(days).de}.",
                f"Bound by other work in the {name.en}: {_days(days).en}.",
            )
        case FinishBy(step):
            return Wording(
                f"{step} ist spätestens im {name.de} abgeschlossen.",
                f"{step} is finished in the {name.en} at the latest.",
            )
        case NotBefore(step):
            return Wording(f"{step} beginnt nicht vor dem {name.de}.", f"{step} does not begin before the {name.en}.")
        case _:
            assert_never(of)


def idle(of: FinishBy | NotBefore) -> Wording:
    """Why a commitment changes nothing."""
    return Wording(
        f"{of.step} ist hier nicht zu planen: schon erledigt, nicht anwendbar oder für das Soll nicht nötig. "
        "Die Festlegung ändert nichts.",
        f"{of.step} need not be planned here: it is done, does not apply or no target needs it. "
        "The commitment changes nothing.",
    )


def status(of: PlanStatus) -> Wording:
    """What is known of the plan as a whole. What contradicts each other is said by `contradiction`."""
    match of:
        case Optimal():
            return Wording(
                "Einen besseren Plan gibt es unter diesen Angaben nicht; das ist bewiesen.",
                "There is no better plan with these entries; this is proven.",
            )
        case Bounded():
            return Wording(
                "Die Rechenzeit war zu Ende, bevor feststand, dass es keinen besseren Plan gibt. Alle Regeln sind eingehalten.",
                "The time was over before it was clear that there is no better plan. All rules are kept.",
            )
        case Infeasible():
            return Wording(
                "Kein Plan hält alle Angaben ein, denn sie widersprechen sich.",
                "No plan keeps all entries, because they contradict each other.",
            )
        case Kept():
            return Wording(
                "Der festgehaltene Plan hält alle Regeln ein; das ist eben geprüft worden. "
                "Ob es inzwischen einen besseren gibt, ist nicht geprüft.",
                "The plan that was kept keeps all rules; this has just been checked. "
                "Whether there is a better one by now has not been checked.",
            )
        case NotFound():
            return Wording(
                "In der Rechenzeit wurde kein Plan gefunden, der alle Festlegungen einhält. Es kann trotzdem einen geben.",
                "No plan that keeps all commitments was found in time. There may be one all the same.",
            )
        case _:
            assert_never(of)


def violation(of: Violation, calendar: Calendar) -> Wording:
    """Which rule a plan breaks."""
    step = of.step or ""
    match of.rule:
        case Late(half_year):
            name = calendar.half_year(half_year).name
            return Wording(
                f"{step} ist zum {name.de} versprochen und wird bis dahin nicht fertig.",
                f"{step} is promised for the {name.en} and is not finished by then.",
            )
        case Overbooked(half_year):
            name = calendar.half_year(half_year).name
            return Wording(
                f"Im {name.de} braucht der Plan mehr Personentage, als es gibt.",
                f"In the {name.en} the plan takes more person-days than there are.",
            )
        case Unknown():
            return Wording(
                f"{step} liegt vor dem ersten Halbjahr des Plans.",
                f"{step} lies before the first half-year of the plan.",
            )
        case hindered:
            why = hindrance(hindered, calendar)
            return Wording(f"{step}: {why.de}", f"{step}: {why.en}")


def proof(of: Proof) -> Wording:
    """How far the plan can be from the best in one respect; each respect counts only between plans alike so far."""
    name = OBJECTIVE_NAMES[of.objective]
    if of.best is None:
        return Wording(f"{name.de}: nicht mehr geprüft.", f"{name.en}: not examined any more.")
    if of.best == of.value:
        return Wording(f"{name.de}: bewiesen das Beste.", f"{name.en}: proven to be the best.")
    return Wording(
        f"{name.de}: {of.value} im Plan, besser als {of.best} kann kein Plan sein.",
        f"{name.en}: {of.value} in the plan, no plan can be better than {of.best}.",
    )


def _days(number: int) -> Wording:
    if number == 1:
        return Wording("1 Personentag", "1 person-day")
    return Wording(f"{number} Personentage", f"{number} person-days")


def _staff_short(needed: int, left: int) -> Wording:
    german = f"Dieser Schritt und was noch davor nötig ist, brauchen {_days(needed).de}."
    english = f"This step and what is still needed before it take {_days(needed).en}."
    if left >= needed:
        return Wording(
            f"{german} Im ganzen Zeitraum sind zwar {left} frei, aber nicht in den passenden Halbjahren.",
            f"{english} {left} are free in the whole period, but not in the right half-years.",
        )
    if left == 0:
        return Wording(f"{german} Im ganzen Zeitraum ist keiner frei.", f"{english} None is free in the whole period.")
    return Wording(
        f"{german} Im ganzen Zeitraum frei: {_days(left).de}.", f"{english} Free in the whole period: {_days(left).en}."
    )
