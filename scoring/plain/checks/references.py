"""Whether the sources that something rests on are listed."""

from scoring.model.origin import Origin
from scoring.model.questionnaire import Questionnaire
from scoring.plain.problems import Place, Problems, unknown


def listed_sources(q: Questionnaire, place: Place, origin: Origin) -> Problems:
    """Sources named that the questionnaire does not list."""
    known = {reference.id for reference in q.references}
    for reference in origin.references:
        if reference not in known:
            yield unknown((*place, "references"), "Die Quelle", "reference", reference)
