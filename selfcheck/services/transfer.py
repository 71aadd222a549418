"""One assessment as one document: everything is taken out, and put back in on another installation.

Individual ratings, respondents, invitations and links never leave the installation. What comes in is read strictly:
nothing is begun while anything is wrong, and every value has to come out here as it did there.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, get_args

from sqlalchemy.orm import Session

from scoring.assess.assess import assess
from scoring.follow.measure_files import parse_measure, write_measure
from scoring.follow.measures import Measure
from scoring.follow.repeat import Why
from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Wording
from scoring.modules.entries import ModuleSheet
from scoring.modules.model import Module
from scoring.modules.sheets import module_identity, parse_module_sheet
from scoring.plain.problems import Invalid, Problem
from scoring.plain.reading import Node, shown
from scoring.plain.sheets import identity, parse_sheet
from scoring.roadmap.calendar import HalfYear
from scoring.roadmap.entries import RoadmapEntries, half_year, parse_entries, read_entries
from scoring.roadmap.kept import Beginnings
from selfcheck import __version__
from selfcheck.ground.days import day_of
from selfcheck.models import Assessment, Snapshot, StoredRoadmap
from selfcheck.reading import answer_files, catalogue, fingerprints, modules_catalogue
from selfcheck.reading.files import Document, UnusableFile, located
from selfcheck.services import assessments, measures, modules, roadmaps, rounds
from selfcheck.services.snapshots import content_of, digest_of
from selfcheck.tables import exact_values, result_data
from selfcheck.words.findings import Findings

MARK, FORMAT = "selfcheck-export", 1
CONTENT = ("questionnaire_fingerprint", "answers", "values")
MOST_SNAPSHOTS = 100
LONGEST_LABEL = 200
YEARS = range(2000, 2101)
PARCEL_LIMIT = 8_000_000
"""Bytes of a parcel; a full assessment with long remarks and ten snapshots stays below a tenth of it."""
HASH = re.compile(r"[0-9a-f]{64}")

WHILE_RATING = {
    "de": "Als diese Datei entstand, wurden verdeckte Einzeleinschätzungen gesammelt. Sie verlassen die Installation nie "
    "und sind hier nicht enthalten; anderswo geht es mit der offenen Konsensrunde weiter.",
    "en": "Individual ratings were being collected when this file was made. They never leave the installation and are "
    "not part of this file; elsewhere work goes on with the open consensus round.",
}


def parcel(assessment: Assessment) -> dict[str, Any]:
    """Everything of one assessment but what would lead to single persons or let somebody in."""
    findings = Findings(assessments.questionnaire_of(assessment), assessments.sheet_of(assessment), "de")
    running = rounds.is_running(assessment)
    return {
        MARK: FORMAT,
        "product_version": __version__,
        **({"note": WHILE_RATING} if running else {}),
        "mode": rounds.OPEN if running else assessment.mode,
        "again": dict(assessment.again),
        **content_of(assessment),
        **({"ars": assessment.ars} if assessment.ars else {}),
        "snapshots": [
            {
                "taken": one.taken.astimezone(UTC).isoformat(timespec="microseconds"),
                "label": one.label,
                "content": one.content,
                "digest": one.digest,
            }
            for one in sorted(assessment.snapshots, key=lambda one: (one.taken, one.digest))
        ],
        "modules": [one.content for one in sorted(assessment.modules, key=lambda one: one.module)],
        **({"roadmap": _kept(assessment.roadmap)} if assessment.roadmap else {}),
        **({"measures": kept} if (kept := [write_measure(one) for one in measures.all_of(assessment)]) else {}),
        **({"proposals": proposed} if (proposed := _proposals(assessment)) else {}),
        "result": result_data(findings),
    }


def _proposals(assessment: Assessment) -> list[dict[str, Any]]:
    """What the municipality has told of itself; to be read again, never sent again by being put back in."""
    return [
        {"agency": one.agency.name, "state": one.state, "sent": day_of(one.sent).isoformat(), **one.content}
        for one in assessment.proposals
        if one.content
    ]


def as_json(document: dict[str, Any]) -> bytes:
    """A parcel as the bytes of a file."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Sealed:
    """One snapshot of a parcel."""

    taken: datetime
    label: str
    content: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A kept roadmap of a parcel; whether it fits the answers is seen when it is shown."""

    kept: datetime
    entries: RoadmapEntries
    begins: Beginnings


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a parcel holds, found to be sound. A warning names a questionnaire that is worded differently here."""

    questionnaire: Questionnaire
    sheet: Sheet
    last_change: date
    mode: str
    again: Mapping[str, str]
    snapshots: tuple[Sealed, ...]
    modules: tuple[tuple[Module, ModuleSheet], ...]
    roadmap: Roadmap | None
    measures: tuple[Measure, ...]
    warnings: tuple[Wording, ...]
    ars: str | None = None


def _module(node: Node) -> tuple[Module, ModuleSheet] | None:
    """The entries in one module, as its own answer file would hold them."""
    try:
        module = modules_catalogue.load(*module_identity(node.value))
        return module, parse_module_sheet(node.value, module)
    except Invalid as invalid:
        node.problems.extend(Problem((*node.place, *one.place), one.message) for one in invalid.problems)
    except UnusableFile as unusable:
        node.problems.extend(Problem(node.place, one.message) for one in unusable.problems)
    return None


def adopt_file(session: Session, document: Document) -> tuple[Assessment, tuple[Wording, ...]]:
    """Begin an assessment with an answer file or a parcel; returns it with warnings. Raises UnusableFile."""
    if isinstance(document.data, Mapping) and MARK in document.data:
        read = read_parcel(document)
        return adopt_parcel(session, read), read.warnings
    return assessments.adopt(session, *answer_files.interpret(document)), ()


def adopt_parcel(session: Session, read: Parcel) -> Assessment:
    """Begin an assessment with everything that was taken out elsewhere."""
    assessment = assessments.adopt(session, read.questionnaire, read.sheet)
    assessment.mode, assessment.again, assessment.ars = read.mode, dict(read.again), read.ars
    assessment.changed = datetime.combine(read.last_change, time(), UTC)
    for one in read.snapshots:
        sealed = {"taken": one.taken, "label": one.label, "content": one.content, "digest": one.digest}
        session.add(Snapshot(assessment_id=assessment.id, **sealed))
    for module, sheet in read.modules:
        modules.keep(session, assessment, module, sheet)
    if read.roadmap:
        roadmaps.put(assessment, read.roadmap.entries, read.roadmap.begins, read.roadmap.kept)
    for measure in read.measures:
        measures.adopt(session, assessment, measure)
    session.flush()
    session.expire(assessment)
    return assessment


def read_parcel(document: Document) -> Parcel:
    """What a parcel holds. Raises UnusableFile with every problem."""
    reader = _Reader()
    node = Node(document.data)
    try:
        read = reader.parcel(node)
        node.raise_problems()
    except Invalid as invalid:
        raise located(document, invalid) from invalid
    assert read is not None
    return read


@dataclass(slots=True)
class _Reader:
    """Reads a parcel and remembers which questionnaires are worded differently here."""

    reworded: dict[str, None] = field(default_factory=dict)

    def parcel(self, node: Node) -> Parcel | None:
        """The parcel, or nothing when it can't be read; what is wrong stands in the node."""
        if not _is_known_format(node):
            return None
        fields = ("product_version", "mode", "again", *CONTENT, "snapshots", "result")
        entries = node.fields((MARK, *fields), ("note", "ars", "modules", "roadmap", "measures", "proposals"))
        entries["product_version"].line(LONGEST_LABEL)
        entries["result"].is_mapping()
        if "note" in entries:
            entries["note"].wording()
        mode = entries["mode"].one_of((rounds.OPEN, rounds.COVERT))
        snapshots = self._snapshots(entries["snapshots"])
        found = self._content(entries)
        if found is None:
            return None
        questionnaire, sheet = found
        return Parcel(
            questionnaire,
            sheet,
            _day(entries["answers"], sheet.date),
            mode,
            _again(entries["again"], questionnaire),
            snapshots,
            tuple(filter(None, entries["modules"].each(_module))) if "modules" in entries else (),
            _roadmap(entries["roadmap"], questionnaire) if "roadmap" in entries else None,
            _measures(entries["measures"], questionnaire) if "measures" in entries else (),
            tuple(_reworded(name) for name in self.reworded),
            _ars(entries["ars"]) if "ars" in entries else None,
        )

    def _content(self, entries: dict[str, Node]) -> tuple[Questionnaire, Sheet] | None:
        """The answers, when this installation makes the same values of them."""
        fingerprint = _hash(entries["questionnaire_fingerprint"])
        found = _sheet(entries["answers"])
        if found is None:
            return None
        questionnaire, sheet = found
        same = fingerprint == fingerprints.of_questionnaire(questionnaire.id, questionnaire.version)
        if not same:
            self.reworded[f"{questionnaire.id} {questionnaire.version}"] = None
        _compare(entries["values"], exact_values(assess(questionnaire, sheet)), same)
        return found

    def _snapshots(self, node: Node) -> tuple[Sealed, ...]:
        if isinstance(node.value, list) and len(node.value) > MOST_SNAPSHOTS:
            node.problem(
                f"{len(node.value)} festgehaltene Stände; höchstens {MOST_SNAPSHOTS} sind möglich",
                f"{len(node.value)} snapshots; at most {MOST_SNAPSHOTS} are possible",
            )
            return ()
        return node.each(self._snapshot)

    def _snapshot(self, node: Node) -> Sealed:
        entries = node.fields(("taken", "label", "content", "digest"))
        content, digest = entries["content"], _hash(entries["digest"])
        self._content(content.fields(CONTENT))
        if isinstance(content.value, Mapping) and digest and not _fits(content.value, digest):
            entries["digest"].problem(
                "passt nicht zum Inhalt: Dieser Stand wurde verändert, nachdem er festgehalten war. Aus unveränderter Quelle "
                "neu ausgeben, oder dort diesen Stand löschen",
                "does not fit the content: this snapshot was changed after it had been taken. Export again from an "
                "unchanged source, or delete this snapshot there",
            )
        label = "" if entries["label"].value == "" else entries["label"].line(LONGEST_LABEL)
        return Sealed(_moment(entries["taken"]), label, content.value, digest)


def _is_known_format(node: Node) -> bool:
    mark = node.at(MARK, node.value[MARK])
    if type(mark.value) is int and mark.value == FORMAT:
        return True
    mark.problem(
        f"das Format „{shown(mark.value)}“ kennt diese Installation nicht; sie liest Format {FORMAT}",
        f'this installation does not know the format "{shown(mark.value)}"; it reads format {FORMAT}',
    )
    return False


def _sheet(node: Node) -> tuple[Questionnaire, Sheet] | None:
    """The answers at this place and their questionnaire; what is wrong is noted here."""
    try:
        questionnaire = catalogue.load(*identity(node.value))
        return questionnaire, parse_sheet(node.value, questionnaire)
    except Invalid as invalid:
        node.problems.extend(Problem((*node.place, *one.place), one.message) for one in invalid.problems)
    except UnusableFile as error:
        for one in error.problems:
            version = node.at("version", None)
            version.problem(f"„{shown(one.file)}“: {one.message.de}", f'"{shown(one.file)}": {one.message.en}')
    return None


def _compare(node: Node, here: Mapping[str, Mapping[str, str | None]], same_wording: bool) -> None:
    """Note every value that this installation computes differently."""
    there = node.fields(tuple(here))
    why = (
        ("", "")
        if same_wording
        else ("; der Fragebogen lautet hier anders", "; the questionnaire is worded differently")
    )
    for perspective, numbers in here.items():
        for key, entry in there[perspective].fields(tuple(numbers)).items():
            if entry.value != numbers[key]:
                was, now = shown("–" if entry.value is None else entry.value), numbers[key] or "–"
                entry.problem(
                    f"aus denselben Antworten ergibt sich hier „{now}“ statt „{was}“{why[0]}",
                    f'the same answers give "{now}" here instead of "{was}"{why[1]}',
                )


def _fits(content: Any, digest: str) -> bool:
    try:
        return digest_of(content) == digest
    except (TypeError, ValueError):  # keys of several kinds, half characters
        return False


def _ars(node: Node) -> str | None:
    """The key in the official register; whether it is known there is not asked here."""
    if isinstance(node.value, str) and re.fullmatch("[0-9]{12}", node.value):
        return node.value
    node.expected("ein Schlüssel (ARS) aus 12 Ziffern", "a key (ARS) of 12 digits")
    return None


def _hash(node: Node) -> str:
    if isinstance(node.value, str) and HASH.fullmatch(node.value):
        return node.value
    node.expected("eine Prüfsumme aus 64 Ziffern und Buchstaben von a bis f", "a hash of 64 digits and letters a to f")
    return ""


def _moment(node: Node) -> datetime:
    try:
        read = datetime.fromisoformat(node.value)
        if read.tzinfo and read.year in YEARS and read.astimezone(UTC).year in YEARS:
            return read.astimezone(UTC)
    except (TypeError, ValueError):
        pass
    wanted = "2026-03-16T09:30:00+00:00"
    node.expected(f"ein Zeitpunkt mit Zeitzone wie {wanted}", f"a moment with a time zone such as {wanted}")
    return datetime.min.replace(tzinfo=UTC)


def _day(answers: Node, written: str) -> date:
    """The day of the last change, which an assessment must have."""
    try:
        read = date.fromisoformat(written)
        if read.isoformat() == written and read.year in YEARS:
            return read
    except ValueError:
        pass
    answers.at("date", written or None).expected("ein Datum wie 2026-03-16", "a date such as 2026-03-16")
    return date.min


def _again(node: Node, questionnaire: Questionnaire) -> dict[str, str]:
    entries = node.fields((), tuple(questionnaire.items))
    return {item: entry.one_of([*get_args(Why), assessments.ANSWERED_AGAIN]) for item, entry in entries.items()}


def _kept(stored: StoredRoadmap) -> dict[str, Any]:
    """A kept roadmap as it leaves the installation."""
    kept = stored.kept.astimezone(UTC).isoformat(timespec="microseconds")
    return {"kept": kept, "entries": stored.asked, "begins": stored.begins}


def _roadmap(node: Node, questionnaire: Questionnaire) -> Roadmap:
    """A kept roadmap whose entries can be read and whose steps are those of the questionnaire."""
    fields = node.fields(("kept", "entries", "begins"))
    kept, entries = _moment(fields["kept"]), parse_entries(fields["entries"])
    steps = tuple(step.id for step in questionnaire.recommendations)
    read = read_entries(entries, steps, day_of(kept))
    for place, problem in read.problems.items():
        fields["entries"].at(place, None).problem(problem.de, problem.en)
    begins = {step: _half_year(at) for step, at in fields["begins"].fields((), steps).items()}
    return Roadmap(kept, roadmaps.with_first(read), begins)


def _measures(node: Node, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """The measures; what people set out to do is no part of any value."""
    if isinstance(node.value, list) and len(node.value) > measures.MOST:
        node.problem(
            f"{len(node.value)} Maßnahmen; höchstens {measures.MOST} sind möglich",
            f"{len(node.value)} measures; at most {measures.MOST} are possible",
        )
        return ()
    return node.each(lambda one: parse_measure(one, questionnaire))


def _half_year(node: Node) -> HalfYear | None:
    found = half_year(node.value) if isinstance(node.value, str) else None
    if node.value is not None and found is None:
        node.expected("ein Halbjahr wie 2027-2", "a half-year such as 2027-2")
    return found


def _reworded(name: str) -> Wording:
    return Wording(
        f"Der Fragebogen {name} lautet hier anders als dort, wo die Datei entstand. Alle Werte sind gleich; bitte prüfen Sie "
        "Aussagen und Stufenbeschreibungen, bevor Sie weiterarbeiten.",
        f"The questionnaire {name} is worded differently here than where the file was made. All values are the same; "
        "please check statements and stage descriptions before you go on.",
    )
