"""Council papers: everything in them comes from the findings or from people, and what is open is seen."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import texts
from scoring.model.answers import Answer, Context, Sheet
from scoring.model.declension import OwnNoun
from scoring.model.spreads import Spread
from scoring.model.wording import LANGUAGES, Language
from selfcheck.council.annex import annex
from selfcheck.council.draft import (
    GAP,
    KINDS,
    LISTS,
    LONG,
    OPTIONS,
    PROPOSALS,
    ROLES,
    SHORT,
    Draft,
    Station,
    begin,
    priorities,
    turned,
)
from selfcheck.council.draft_files import read_draft, write_draft
from selfcheck.council.files import paper_file
from selfcheck.council.oparl import oparl
from selfcheck.council.paper import StillOpen, open_points, paper
from selfcheck.council.route import route
from selfcheck.reading import answer_files, catalogue
from selfcheck.reading.files import UnusableFile, read_bytes
from selfcheck.reports.blocks import Bullets, Heading, Outline, Paragraph, Table
from selfcheck.reports.html import html
from selfcheck.reports.pdf import pdf
from selfcheck.words.findings import Findings
from tests.commands import ROOT, run
from tests.drawn import examples
from tests.selfcheck.test_reports import complaints, outside

EXAMPLES = ("anfaengerkreis", "stadt-ein-dezernat", "zersplitterter-kreis", "leer")


def example(name: str = "zersplitterter-kreis", language: Language = "de") -> Findings:
    return answer_files.findings(ROOT / "examples" / f"{name}.yaml", language)


def said(outline: Outline) -> str:
    return "\n".join([outline.municipality, outline.title, outline.subtitle, *_texts(outline.blocks)])


def _texts(part: Any) -> Iterator[str]:
    match part:
        case str():
            yield part
        case tuple():
            for inner in part:
                yield from _texts(inner)
        case Table():
            yield part.caption
            for column in part.columns:
                yield column.title
            yield from _texts(part.rows)
        case _ if is_dataclass(part):
            for field in fields(part):
                if field.name not in {"style", "kind"}:
                    yield from _texts(getattr(part, field.name))


def under(outline: Outline, heading: str) -> list[Any]:
    """The blocks between a heading and the next one."""
    found: list[Any] = []
    inside = False
    for block in outline.blocks:
        if isinstance(block, Heading):
            inside = heading in block.text
        elif inside:
            found.append(block)
    return found


def complete(findings: Findings, **changed: Any) -> Draft:
    """A draft in which people have filled in everything, without a digit of their own."""
    draft = begin(findings, "decision")
    filled = {name: f"ausgefüllt: {name}" for name in (*SHORT, *LONG)}
    words = {**filled, "subject": draft.subject, "earlier": ("keine",), "option": "steps"}
    sequence = (Station("Jugendhilfeausschuss", "preliminary", "im Mai"), Station("Kreistag", "decision", "im Juni"))
    return replace(draft, **({"sequence": sequence} | words | changed))


# --- nothing is invented


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_digit_comes_from_the_findings_the_questionnaire_or_a_section(
    language: Language, name: str, kind: Any
) -> None:
    findings = example(name, language)
    outline = paper(begin(findings, kind), findings)
    assert digits(said(outline)) <= known_digits(findings, outline)


@examples(40)
@given(data=st.data())
def test_every_digit_comes_from_them_whatever_was_answered_and_whatever_was_filled_in(data: st.DataObject) -> None:
    questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    stages = st.sampled_from([None, 0, 1, 2, 3, 4])
    answers = {id: Answer(data.draw(stages)) for id in questionnaire.items}
    findings = Findings(questionnaire, Sheet(questionnaire.id, questionnaire.version, answers=answers), "de")
    draft = drafts(data, findings)
    outline = paper(draft, findings)
    own = digits(" ".join(_texts(draft)))
    assert digits(said(outline)) <= known_digits(findings, outline) | own


def drafts(data: st.DataObject, findings: Findings, text: st.SearchStrategy[str] | None = None) -> Draft:
    """Any draft that people might send."""
    words = (
        text
        if text is not None
        else st.sampled_from(["", "20.000 Euro", "Beschluss 17/2031", "⟦offen⟧", "Ämter & <b>"])
    )
    stations = st.builds(Station, body=words, role=st.sampled_from(ROLES), day=words)
    drawn: dict[str, Any] = {name: data.draw(words) for name in (*SHORT, *LONG)}
    drawn |= {name: tuple(filter(None, data.draw(st.lists(words, max_size=3)))) for name in LISTS}
    return Draft(
        kind=data.draw(st.sampled_from(KINDS)),
        proposal=data.draw(st.sampled_from(PROPOSALS)),
        public=data.draw(st.booleans()),
        option=data.draw(st.sampled_from(OPTIONS)),
        sequence=tuple(data.draw(st.lists(stations, max_size=4))),
        focus=data.draw(st.sampled_from([(), ("P1",), ("P2", "P8", "P5")])),
        **drawn,
    )


def digits(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def known_digits(findings: Findings, outline: Outline) -> set[str]:
    """Numbers of the result, of the questionnaire's words, and of sections and annexes."""
    questionnaire, say = findings.questionnaire, findings.say
    words = [questionnaire.version, *questionnaire.items, findings.sheet.municipality, outline.subtitle, "1"]
    words += [say.say(p.name) + say.say(p.definition) + p.id for p in questionnaire.perspectives]
    words += [say.say(item.name) for item in questionnaire.items.values()]
    for step in questionnaire.recommendations:
        words += [say.say(w) for w in (step.step, step.prepares, step.decides, step.effort.estimate)]
        words += [str(step.from_stage), str(step.to_stage)]
    numbers = [len(questionnaire.perspectives), 0, 4, 15]
    results = findings.result.perspectives
    words += [findings.value(one) + " " + findings.range(one) for one in results]
    numbers += [n for one in results for n in (one.answered, one.asked)]
    numbers += [sum(one.answered for one in results), sum(one.asked for one in results)]
    numbers += range(1, 1 + sum(isinstance(block, Heading) and block.level == 2 for block in outline.blocks))
    if isinstance(findings.sheet.date, str):
        words.append(findings.sheet.date)
    return digits(" ".join([*words, *map(str, numbers)]).replace("–", " "))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_values_of_the_table_are_those_of_the_result(language: Language, name: str) -> None:
    findings = example(name, language)
    outline = paper(begin(findings), findings)
    table = next(block for block in outline.blocks if isinstance(block, Table) and len(block.columns) == 5)
    assert [row[1] for row in table.rows] == [findings.value(one) for one in findings.result.perspectives]
    assert [row[3] for row in table.rows] == [findings.range(one) for one in findings.result.perspectives]


def test_a_first_draft_says_nothing_of_amounts_dates_and_names() -> None:
    draft = begin(example(), "decision")
    named = {name for name in (*SHORT, *LONG) if getattr(draft, name)}
    assert named == {"subject", "climate"}
    assert not any(station.day for station in draft.sequence)


def test_consequences_are_quoted_from_the_source_and_derived_from_definitions_only() -> None:
    findings = example()
    blocks = under(paper(begin(findings, "decision"), findings), "Folgen des Nichthandelns")
    quoted, own, lead, bullets = blocks
    assert "(Quelle, Zeile 15)" in quoted.text
    assert findings.say.say(findings.questionnaire.perspective("P1").definition) in quoted.text
    assert own.text == "Folgen vor Ort: ⟦Folgen vor Ort, mit örtlichen Daten belegt⟧"
    assert (
        lead.text == "Ohne weitere Schritte bleibt ganz oder teilweise unerreicht, was diese Perspektiven beschreiben:"
    )
    assert [item.partition(": ")[2] for item in bullets.items] == [
        findings.say.say(findings.questionnaire.perspective(id).definition) for id in priorities(findings)
    ]


def test_what_people_wrote_inside_the_check_never_gets_into_a_paper() -> None:
    findings = example()
    text = said(paper(begin(findings, "decision"), findings)) + said(annex(begin(findings), findings))
    inside = [
        one for answer in findings.sheet.answers.values() for one in (answer.remark, answer.evidence, answer.dissent)
    ]
    assert [one for one in inside if one and one in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_lacks_the_note_on_what_the_values_can_say(language: Language) -> None:
    note = {
        "de": "Die Werte beruhen auf einer Selbsteinschätzung der Beteiligten. Sie sind keine Prüfung, nicht repräsentativ und "
        "ohne gemeinsame Abstimmung nicht mit anderen Kommunen vergleichbar.",
        "en": "They are no audit, not representative",
    }[language]
    findings = example(language=language)
    for kind in KINDS:
        assert note in said(paper(begin(findings, kind), findings))
    assert note in said(annex(begin(findings), findings))


def test_a_covert_round_is_told_with_the_number_of_ratings() -> None:
    findings = example()
    assert "verdeckt" not in said(paper(begin(findings), findings))
    sheet = replace(findings.sheet, spreads={"P1.1": Spread({1: 4, 2: 3}), "P1.2": Spread({1: 5})})  # type: ignore[dict-item]
    text = said(paper(begin(findings), replace(findings, sheet=sheet)))
    assert "verdeckt und jeweils für sich eingeschätzt (Einzeleinschätzungen je ausgewertetem Merkmal: 5–7)" in text


# --- what is open


def test_a_final_paper_is_refused_while_anything_is_open() -> None:
    findings = example()
    with pytest.raises(StillOpen) as refused:
        paper_file(begin(findings, "decision"), findings, "pdf", final=True)
    assert ("Beschlussvorschlag", "⟦Betrag oder Stellenanteile⟧") in {(p.section, p.gap) for p in refused.value.points}


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_a_draft_with_everything_filled_in_has_nothing_open_and_becomes_final(proposal: Any) -> None:
    findings = example()
    draft = complete(findings, proposal=proposal)
    assert open_points(draft, findings) == ()
    final, marked = (page_texts(paper_file(draft, findings, "pdf", final=final)) for final in (True, False))
    assert [page[:80].count("Entwurf") for page in final] == [0] * len(final)
    assert [page[:80].count("Entwurf") for page in marked] == [1] * len(marked)


@pytest.mark.parametrize("name", sorted({*SHORT, *LONG, "option"}))
def test_each_text_of_a_decision_counts_as_open_while_it_is_missing(name: str) -> None:
    findings = example()
    assert len(open_points(complete(findings, **{name: ""}), findings)) >= 1


@examples(25)
@given(data=st.data())
def test_open_points_are_exactly_the_gaps_of_the_paper(data: st.DataObject) -> None:
    findings = example("stadt-ein-dezernat")
    draft = drafts(data, findings)
    found = {point.gap for point in open_points(draft, findings)}
    assert found == set(GAP.findall(said(paper(draft, findings))))


def test_an_order_without_a_body_that_decides_leaves_that_body_open() -> None:
    findings = example()
    draft = complete(findings, sequence=(Station("Jugendhilfeausschuss", "preliminary", "im Mai"),))
    assert "⟦entscheidendes Gremium⟧" in {point.gap for point in open_points(draft, findings)}


def test_without_answers_the_paper_says_what_is_missing() -> None:
    findings = example("leer")
    gaps = {point.gap for point in open_points(begin(findings, "decision"), findings)}
    assert {"⟦Kommune⟧", "⟦Monat und Jahr⟧", "⟦Schwerpunkte⟧"} <= gaps


# --- the proposal


def test_a_single_body_gets_no_letter_and_several_get_one_each() -> None:
    findings = example()
    one = under(paper(begin(findings), findings), "Beschlussvorschlag")
    assert [block.text for block in one] == [
        "⟦Gremium⟧: Die Ergebnisse der Selbsteinschätzung werden zur Kenntnis genommen."
    ]
    sequence = (
        Station("Jugendhilfeausschuss", "preliminary"),
        Station("Beirat für Inklusion", "hearing"),
        Station("Ausschuss für Soziales", "recommendation"),
        Station("Kreistag", "decision"),
        Station("Schulausschuss", "note"),
    )
    blocks = under(paper(complete(findings, sequence=sequence), findings), "Beschlussvorschlag")
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "a) Der Jugendhilfeausschuss berät die Drucksache vor und empfiehlt dem Kreistag, wie unter d) vorgeschlagen "
        "zu beschließen.",
        "b) Beirat für Inklusion: Es besteht Gelegenheit, zur Drucksache Stellung zu nehmen.",
        "c) Der Ausschuss für Soziales empfiehlt dem Kreistag, wie unter d) vorgeschlagen zu beschließen.",
        "d) Der Kreistag beschließt:",
        "e) Der Schulausschuss nimmt die Ergebnisse der Selbsteinschätzung zur Kenntnis.",
    ]


@pytest.mark.parametrize(
    ("council", "told", "begins"),
    [
        (
            "stadtverordnetenversammlung",
            "empfiehlt der Stadtverordnetenversammlung, wie",
            "Die Stadtverordnetenversammlung",
        ),
        ("gemeinderat", "empfiehlt dem Gemeinderat, wie", "Der Gemeinderat"),
        (OwnNoun("Runder Tisch", "der", "Runde Tische"), "empfiehlt dem Runden Tisch, wie", "Der Runde Tisch"),
    ],
)
def test_the_own_word_for_the_council_stands_in_the_right_case(council: Any, told: str, begins: str) -> None:
    findings = example()
    context = replace(findings.sheet.context, words={"K6": {"council": council, "paper": "vorlage"}})
    findings = replace(findings, sheet=replace(findings.sheet, context=context))
    name = begin(findings, "decision").sequence[-1].body
    sequence = (Station("Schulausschuss", "recommendation", "im Mai"), Station(name, "decision", "im Juni"))
    text = said(paper(complete(findings, sequence=sequence), findings))
    assert told in text
    assert f"{begins} beschließt:" in text
    assert "Planungsfachkräfte formulieren die Vorlage" in route(findings)[0]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Jugend- und Sozialausschuss", "Der Jugend- und Sozialausschuss nimmt"),
        ("Sozialausschuss und Schulausschuss", "Sozialausschuss und Schulausschuss: Die Ergebnisse"),
        ("Zuständiger Ausschuss", "Zuständiger Ausschuss: Die Ergebnisse"),
        ("Kommission für Inklusion", "Kommission für Inklusion: Die Ergebnisse"),
        ("", "⟦Gremium⟧: Die Ergebnisse"),
    ],
)
def test_an_article_is_written_only_where_it_is_certain(body: str, told: str) -> None:
    findings = example()
    draft = replace(begin(findings), sequence=(Station(body),))
    (block,) = under(paper(draft, findings), "Beschlussvorschlag")
    assert block.text.startswith(told)


def test_a_paper_for_decision_may_ask_only_to_note() -> None:
    findings = example()
    outline = paper(complete(findings, proposal="note"), findings)
    assert outline.title == "Beschlussvorlage"
    assert not any(isinstance(block, Bullets) for block in under(outline, "Beschlussvorschlag"))
    assert "b) Der Kreistag nimmt die Ergebnisse der Selbsteinschätzung zur Kenntnis." in said(outline)


def test_the_proposal_names_the_sections_where_its_reasons_stand() -> None:
    findings = example()
    outline = paper(complete(findings), findings)
    steps = next(
        block.text for block in outline.blocks if isinstance(block, Heading) and "Nächste Schritte" in block.text
    )
    assert f"die Schritte in Abschnitt {steps.partition(' ')[0]} bis" in said(outline)


def test_the_focus_is_at_most_three_and_by_default_what_has_priority() -> None:
    findings = example()
    assert begin(findings).focus == priorities(findings) == ("P3", "P4", "P5")
    chosen = under(paper(complete(findings, focus=("P8",)), findings), "P8 Gegenstromprinzip")
    assert chosen
    assert under(paper(complete(findings, focus=("P8",)), findings), "P3 (Dezernenten-)Verfügung") == []


def test_turning_a_paper_into_the_other_kind_keeps_what_people_wrote() -> None:
    findings = example()
    draft = replace(begin(findings), office="Stabsstelle")
    other = turned(draft, findings)
    assert (other.kind, other.proposal, other.office) == ("decision", "decide", "Stabsstelle")
    assert other.sequence == begin(findings, "decision").sequence
    assert turned(other, findings) == draft


# --- formats


def page_texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_and_annex_pass_the_checkers_and_stay_within_their_margins(language: Language) -> None:
    findings = example(language=language)
    for outline in (paper(begin(findings, "decision"), findings), annex(begin(findings), findings)):
        data = pdf(outline)
        assert complaints(data) == []
        assert outside(data) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_annex_has_at_most_two_pages(name: str) -> None:
    findings = example(name)
    assert len(page_texts(pdf(annex(begin(findings), findings)))) <= 2


HOSTILE = '<script>alert(1)</script> #panic("x") {council:gen} {0} %(x)s {{7*7}} \\ & \''


def test_hostile_texts_stay_texts() -> None:
    findings = example()
    draft = replace(
        complete(findings, **dict.fromkeys((*SHORT, *LONG), HOSTILE)),
        sequence=(Station(HOSTILE, "preliminary", HOSTILE), Station("Kreistag", "decision", HOSTILE)),
        earlier=(HOSTILE,),
        measures=(HOSTILE,),
    )
    outline = paper(draft, findings)
    source = html(outline)
    assert "<script>alert(1)" not in source
    assert said(outline).count("{council:gen} {0} %(x)s {{7*7}}") >= len(SHORT)
    written = " ".join("".join(page_texts(pdf(outline))).split())
    assert "#panic" in written


def test_the_oparl_draft_has_the_shape_and_invents_no_id() -> None:
    findings = example()
    data = oparl(complete(findings, day="12.05.2031", number="2031/17"), findings)
    assert data["type"] == "https://schema.oparl.org/1.1/Paper"
    assert (data["date"], data["reference"], data["paperType"]) == ("2031-05-12", "2031/17", "Beschlussvorlage")
    assert [(one["role"], one["authoritative"]) for one in data["consultation"]] == [
        ("Vorberatung", False),
        ("Entscheidung", True),
    ]
    assert data["selfcheck:draft"] is True
    assert '"id"' not in json.dumps(data)
    assert "reference" not in oparl(begin(findings), findings)
    assert "date" not in oparl(begin(findings), findings)


# --- draft files


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_file_that_nobody_has_filled_in_is_the_first_draft(language: Language, kind: Any) -> None:
    findings = example(language=language)
    draft = begin(findings, kind)
    text = write_draft(draft, findings)
    assert text.count("⟦") > 15
    assert read_draft(read_bytes(text.encode(), "draft.yaml"), findings) == draft


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    [
        "yes",
        "1e3",
        "null",
        "- a",
        "# x",
        "a: b",
        "„“",
        '"',
        "\\",
        "0x1",
        "2031-05-12",
        "|",
        "Zeile\n\n  zwei\nd\u2028rei",
    ]
)


@examples(60)
@given(data=st.data())
def test_what_is_written_is_read_again(data: st.DataObject) -> None:
    findings = example()
    draft = drafts(data, findings, TEXTS)
    kept = read_draft(read_bytes(write_draft(draft, findings).encode(), "draft.yaml"), findings)
    once_more = read_draft(read_bytes(write_draft(kept, findings).encode(), "draft.yaml"), findings)
    assert once_more == kept
    for name in (*SHORT, *LONG):
        before, after = getattr(draft, name), getattr(kept, name)
        meant = texts.line(before) if name in SHORT else texts.paragraphs(before)
        assert after == meant or GAP.fullmatch(before.strip())


@pytest.mark.parametrize(
    ("wrong", "line", "message"),
    [
        ("kind: report", 1, "eins von: information, decision"),
        ("kind: decision\nproposal: note\namont: x", 3, "„amont“ ist hier nicht vorgesehen"),
        ("kind: decision\nproposal: note\namount: 20000", 3, "in Anführungszeichen"),
        ("kind: decision\nproposal: note\nfocus: [P1, P2, P3, P4]", 3, "höchstens 3 Schwerpunkte"),
        ("kind: decision\nproposal: note\nfocus: [P9]", 3, "eins von: P1"),
        ("kind: decision\nproposal: note\nfocus: [P1, P1]", 3, "steht zweimal da"),
        ("kind: decision\nproposal: note\nsequence:\n  - {body: Rat, role: king}", 4, "eins von: preliminary"),
        ("kind: decision\nproposal: note\nearlier: keine", 3, "eine Liste"),
        ("kind: decision\nproposal: note\npublic: ja", 3, "true oder false"),
        ("[]", 1, "eine Zuordnung"),
    ],
)
def test_a_mistake_in_a_draft_file_is_told_with_its_line(wrong: str, line: int, message: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_draft(read_bytes(wrong.encode(), "draft.yaml"), example())
    assert any(problem.line == line and message in problem.message.de for problem in refused.value.problems)


# --- the command


def test_the_command_writes_a_paper_its_annex_and_a_draft_file(tmp_path: Path) -> None:
    paper_, annex_, draft = (tmp_path / name for name in ("paper.pdf", "annex.pdf", "draft.yaml"))
    answers = ROOT / "examples" / "stadt-ein-dezernat.yaml"
    answer = run("paper", answers, "--kind", "decision", "-o", paper_, "--annex", annex_, "--write-draft", draft)
    assert answer.exit_code == 0, answer.stderr
    assert "Noch offen:" in answer.stderr
    assert paper_.read_bytes().startswith(b"%PDF")
    assert annex_.read_bytes().startswith(b"%PDF")
    assert "kind: decision" in draft.read_text(encoding="utf-8")
    refused = run("paper", answers, "--draft", draft, "--final", "-o", tmp_path / "final.pdf", "--lang", "en")
    assert refused.exit_code == 1
    assert "no final paper was written, because this is still open:" in refused.stderr
    assert "Proposed resolution: ⟦budget year⟧" in refused.stderr
    assert not (tmp_path / "final.pdf").exists()


def test_the_command_tells_mistakes_in_the_draft_with_their_line(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("kind: information\nproposal: note\noffice: [x]\n", encoding="utf-8")
    answer = run("paper", ROOT / "examples" / "leer.yaml", "--draft", draft, "-o", tmp_path / "p.pdf")
    assert answer.exit_code == 2
    assert "draft.yaml:3: office:" in answer.stderr


def test_the_kind_alone_writes_nothing(tmp_path: Path) -> None:
    answer = run("paper", ROOT / "examples" / "leer.yaml", "--kind", "decision")
    assert answer.exit_code == 2
    assert "--write-draft" in answer.stderr


def test_a_word_context_is_not_needed() -> None:
    questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    findings = Findings(questionnaire, Sheet(questionnaire.id, questionnaire.version, context=Context()), "de")
    assert begin(findings, "decision").sequence[-1].body == ""
