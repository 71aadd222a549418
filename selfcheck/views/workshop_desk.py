"""What all pages of one workshop share: its questionnaire in neutral words, and what municipalities are told of it."""

from scoring.assess.words import Speaker, neutral
from scoring.model.wording import Language
from selfcheck.extensions import language
from selfcheck.models import Workshop
from selfcheck.reports.invitation import Occasion
from selfcheck.services import workshops
from selfcheck.views.doors import workshop_here


def occasion(workshop: Workshop) -> Occasion:
    """What a municipality is told about a workshop before it agrees."""
    plan = workshops.plan_of(workshop)
    return Occasion(plan.title, plan.purpose, plan.day, plan.start, plan.keep_until, plan.threshold)


def say_here() -> Speaker:
    """The workshop's questionnaire in neutral words, in the language of the request."""
    return neutral(workshops.questionnaire_of(workshop_here()), wanted())


def wanted() -> Language:
    """The language of the request."""
    return language()
