"""Where people are on the way through an assessment, and where they go next."""

from dataclasses import dataclass

from flask import url_for

from scoring.assess.context import open_questions
from scoring.model.questionnaire import ChoiceQuestion, MatrixQuestion
from selfcheck.words.findings import Findings


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the way. `total` is 0 for a perspective of which nothing is asked."""

    id: str
    name: str
    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Something was asked, and nothing of it is open any more."""
        return 0 < self.total == self.done


def progress(findings: Findings) -> tuple[Place, ...]:
    """The context and every perspective, with how much of it is done. *Cannot judge* is an answer too."""
    questions = [q for q in findings.questionnaire.context if isinstance(q, ChoiceQuestion | MatrixQuestion)]
    missing = len(open_questions(findings.questionnaire, findings.sheet.context))
    places = [Place("context", "", len(questions) - missing, len(questions))]
    for perspective in findings.questionnaire.perspectives:
        items = findings.asked_in(perspective)
        answers = (findings.sheet.answers.get(item.id) for item in items if item.id not in findings.pending)
        done = sum(answer is not None and not answer.is_open for answer in answers)
        places.append(Place(perspective.id, findings.say.say(perspective.name), done, len(items)))
    return tuple(places)


def minutes_for(findings: Findings) -> int:
    """About how long one person takes to rate, to five minutes: a minute for each item."""
    return max(5, len(findings.asked) // 5 * 5)


def next_place(findings: Findings, here: str) -> str:
    """The address after this page: the next perspective with something to ask, else the result."""
    places = [place.id for place in progress(findings) if place.total or place.id == here]
    after = places[places.index(here) + 1 :]
    return url_for("assessment.perspective", perspective_id=after[0]) if after else url_for("assessment.result")
