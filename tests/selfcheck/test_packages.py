"""Signed packages: nothing but what is allowed leaves, not a byte may change, and whatever is over is refused."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.answers import Answer, Context, Sheet, Target
from scoring.model.declension import OwnNoun
from selfcheck.ground.database import Database
from selfcheck.models import Assessment, IssuedPackage, ReceivedPackage, TrustedKey
from selfcheck.packages.contents import parse_package, written
from selfcheck.packages.fitting import Wish, package_of, refusal_of, unfitting
from selfcheck.packages.keys import KEY_FILE, SigningKey, fingerprint, own_key
from selfcheck.packages.package import Address, Consents, Package
from selfcheck.packages.refusals import (
    Altered,
    DoesNotFit,
    Expired,
    NotAPackage,
    OtherAddressee,
    OtherUse,
    Refusal,
    Refused,
    Revoked,
    Reworded,
    SignedInTheFuture,
    UnknownFormat,
    UnknownQuestionnaire,
    UnknownSigner,
    sentence,
)
from selfcheck.packages.sealed import opened, sealed
from selfcheck.services import agencies, assessments, packages
from tests.commands import run
from tests.drawn import examples
from tests.scoring.strategies import REAL, remarked, sheets, spreads
from tests.web import Person, token_in

ROOT = Path(__file__).parents[2]
AGENCY = "Agentur Beispielland"
SECRET = "GEHEIM-7d1f"
ISSUED = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 17)
EXPIRES = date(2026, 9, 30)
OURS = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHERS = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
THEIRS = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34))))
HERE = packages.Here(THEIRS.public)
WISH = Wish("Vergleichswerkstatt", Address(AGENCY), EXPIRES, "named", "Musterkreis", Consents(screen=True))
SHEET = Sheet(
    REAL.id,
    REAL.version,
    "Musterkreis",
    "2026-03-01",
    context=Context({"K1": "county", "K2": "NW", "K3": "100-250"}),
    answers={id: Answer(number % 5) for number, id in enumerate(REAL.items)} | {"P1.2": Answer(cannot_judge=True)},
    target=Target(2028, {"P1": 3}),
)


def package(wish: Wish = WISH, sheet: Sheet = SHEET, **other: Any) -> Package:
    return replace(package_of(REAL, sheet, wish, ISSUED), **other)


def signed(one: Package, key: SigningKey = OURS) -> bytes:
    return sealed("package", written(one), key)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('packages') / 'test.sqlite3'}")
    made.upgrade()
    return made


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """An agency's installation that trusts our key; nothing of a test stays."""
    with database.writer() as session:
        agencies.add(session, AGENCY)
        packages.trust(session, OURS.public, "Rechenzentrum Muster")
        yield session
        session.rollback()


def received(session: Session, raw: bytes, today: date = TODAY, here: packages.Here = HERE) -> packages.TakenIn:
    return packages.receive(session, raw, "package.json", today, here)


def refused(session: Session, raw: bytes, today: date = TODAY, here: packages.Here = HERE) -> Refusal:
    """Why a file is not taken in, which may change nothing."""
    before = kept(session)
    with pytest.raises(Refused) as caught:
        received(session, raw, today, here)
    assert kept(session) == before
    return caught.value.refusal


def kept(session: Session) -> list[tuple[str, str, bool]]:
    rows = session.scalars(select(ReceivedPackage).order_by(ReceivedPackage.id))
    return [(row.id, row.state, row.content is not None) for row in rows]


# --------------------------------------------------------------------------------------------- there and back
@pytest.mark.parametrize("with_stages", [False, True])
def test_a_package_arrives_as_it_was_signed(session: Session, with_stages: bool) -> None:
    sent = package(replace(WISH, with_stages=with_stages, with_state=True))
    taken = received(session, signed(sent))
    assert (taken.id, taken.package, taken.signer) == (sent.id, sent, "Rechenzentrum Muster")
    assert [one for _, one in packages.usable(session, TODAY)] == [sent]


@examples(60)
@given(sheets(REAL).flatmap(lambda plain: remarked(plain, spreads(REAL))), st.booleans())
def test_any_sheet_makes_a_package_whose_numbers_fit(sheet: Sheet, with_stages: bool) -> None:
    made = package_of(REAL, replace(sheet, date="2026-03-01"), replace(WISH, with_stages=with_stages), ISSUED)
    read = parse_package(json.loads(json.dumps(written(made))))
    assert read == made
    assert unfitting(read, REAL) == ()
    assert refusal_of(read, TODAY) is None


def test_received_twice_it_is_kept_once(session: Session) -> None:
    raw = signed(package())
    received(session, raw)
    received(session, raw)
    assert len(kept(session)) == 1


# ----------------------------------------------------------------------------------------- what leaves, and what not
ALLOWED = {
    "selfcheck-package",
    "product_version",
    "id",
    "issued",
    "expires",
    "use",
    "purpose",
    "addressed_to",
    "questionnaire",
    "scope",
    "answered",
    "shown",
    "name",
    "pseudonym",
    "consents",
    "context",
    "values",
    "target",
}


@examples(40)
@given(
    sheets(REAL).flatmap(lambda plain: remarked(plain, spreads(REAL))),
    st.sampled_from(["named", "alias", "aggregate"]),
    st.booleans(),
    st.booleans(),
)
def test_no_text_of_anybody_and_no_single_rating_ever_leaves(
    sheet: Sheet, shown: Any, with_state: bool, with_stages: bool
) -> None:
    """The attack: a marker stands in every text of every answer, in every remark of a spread and in local words."""
    answers = {
        id: replace(one, remark=SECRET, evidence=SECRET, dissent=SECRET, unclear=True)
        for id, one in sheet.answers.items()
    }
    marked = {id: replace(one, remarks=(SECRET,)) for id, one in sheet.spreads.items()}
    words = {"K6": {"steering_group": OwnNoun(SECRET, "der", SECRET)}}
    sheet = replace(
        sheet,
        answers=answers,
        spreads=marked,
        municipality=SECRET,
        context=replace(sheet.context, words=words),
        date="2026-03-01",
    )
    wish = replace(WISH, shown=shown, name="Musterkreis", with_state=with_state, with_stages=with_stages)
    raw = signed(package_of(REAL, sheet, wish, ISSUED))
    assert SECRET.encode() not in raw
    said = json.loads(raw)["package"]
    assert said.keys() == ALLOWED | ({"stages"} if with_stages else set())
    assert said["context"].keys() <= {"K1", "K3"} | ({"K2"} if with_state else set())
    assert said["name"] == ("Musterkreis" if shown == "named" else "")
    for figures in said["values"].values():
        assert figures.keys() == {"value", "minimum", "lowest", "highest", "answered", "asked"}
    for stage in said.get("stages", {}).values():
        assert stage is None or stage == "cannot-judge" or stage in range(5)


def test_without_a_tick_the_stages_of_items_stay_at_home() -> None:
    said = json.loads(signed(package()))["package"]
    assert "stages" not in said
    assert said["target"] == {"year": 2028, "stages": {"P1": 3}}
    assert said["values"]["P1"]["value"] is not None


# ------------------------------------------------------------------------------------------------------ tampering
RAW = signed(package(replace(WISH, with_stages=True, purpose="Werkstatt für ältere Kommunen")))


@examples(400)
@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_with_a_single_byte_changed_a_file_is_refused(at: int, by: int) -> None:
    changed = RAW[:at] + bytes([RAW[at] ^ by]) + RAW[at + 1 :]
    with pytest.raises(Refused) as caught:
        opened(changed, "package.json")
    assert isinstance(caught.value.refusal, Altered | NotAPackage | UnknownFormat)


@examples(100)
@given(st.integers(0, len(RAW)), st.binary(min_size=1, max_size=3))
def test_with_a_byte_more_or_less_a_file_is_refused(at: int, more: bytes) -> None:
    for changed in (RAW[:at] + more + RAW[at:], RAW[:at] + RAW[at + len(more) :]):
        if changed != RAW:
            with pytest.raises(Refused):
                opened(changed, "package.json")


def resigned(key: SigningKey = OURS, **changes: Any) -> bytes:
    """A package whose content was changed by whoever has the key."""
    data = written(package(replace(WISH, with_stages=True))) | changes
    return sealed("package", {name: value for name, value in data.items() if value is not ...}, key)


def test_a_changed_value_is_refused_as_tampered(session: Session) -> None:
    raw = signed(package())
    changed = re.sub(rb'"value": "[^"]+"', b'"value": "4"', raw, count=1)
    assert changed != raw
    assert refused(session, changed) == Altered()


def test_a_signature_of_somebody_else_or_of_another_package_is_refused(session: Session) -> None:
    one, other = json.loads(signed(package())), json.loads(signed(package(), OTHERS))
    for mixed in (
        one | {"signature": other["signature"]},
        one | {"key": other["key"]},
        one | {"package": other["package"]},
    ):
        raw = (json.dumps(mixed, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
        assert refused(session, raw) == Altered()


def test_a_package_can_not_be_passed_off_as_a_revocation(session: Session) -> None:
    document = json.loads(sealed("package", {"id": "0" * 32, "revoked": "2026-03-16T09:30:00+00:00"}, OURS))
    document["revocation"] = document.pop("package")
    raw = (json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
    assert refused(session, raw) == Altered()


@pytest.mark.parametrize(
    "raw", [b"", b"Hallo", b"[]", b"{}", b'{"package": {}}', b'{"package": 1, "key": "", "signature": ""}', b"\xff\xfe"]
)
def test_what_is_no_package_is_refused_as_such(session: Session, raw: bytes) -> None:
    assert isinstance(refused(session, raw), NotAPackage)


def test_a_package_of_a_later_format_is_refused_as_such(session: Session) -> None:
    raw = RAW.replace(b'"selfcheck-package": 1', b'"selfcheck-package": 2')
    assert refused(session, raw) == UnknownFormat("2")


# ------------------------------------------------------------------------- sound signatures under wrong contents
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"remarks": ["etwas"]}, "remarks"),
        ({"purpose": ...}, "purpose"),
        ({"name": "Musterkreis", "shown": "alias"}, "name"),
        ({"expires": "2028-01-01"}, "expires"),
        ({"expires": "2026-03-15"}, "expires"),
        ({"issued": "gestern"}, "issued"),
        ({"id": "../../etc"}, "id"),
        ({"consents": {"screen": True}}, "consents"),
        ({"values": {"P1": {"value": 3}}}, "values.P1"),
        ({"values": []}, "values"),
        ({"target": {"year": 2028}}, "target"),
        ({"stages": {"P1.1": {"stage": 1, "remark": "x"}}}, "stages"),
        ({"context": {"K1": ["county"]}}, "context"),
        ({"scope": "half"}, "scope"),
        ({"purpose": "x" * 2001}, "purpose"),
        ({"purpose": "\x00"}, "purpose"),
    ],
)
def test_entries_that_do_not_belong_are_named(session: Session, changes: dict[str, Any], says: str) -> None:
    refusal = refused(session, resigned(**changes))
    assert isinstance(refusal, NotAPackage)
    assert any(problem.path.startswith(says) or says in problem.message.en for problem in refusal.problems)


def figures(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = written(package())["values"]
    return {"stages": ..., "values": values | {"P1": values["P1"] | changes}}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        (figures(value="5"), ("P1",)),
        (figures(value=None), ("P1",)),
        (figures(lowest="4", highest="0"), ("P1",)),
        (figures(highest="99"), ("P1",)),
        (figures(asked=50), ("P1",)),
        (figures(answered=7, asked=6), ("P1",)),
        (figures(answered=0), ("P1",)),
        ({"stages": ..., "values": {}}, tuple(one.id for one in REAL.perspectives)),
        ({"context": {"K1": "village"}}, ("K1",)),
        ({"context": {"K5": "department"}}, ("K5",)),
        ({"target": {"year": 2028, "stages": {"P1": 9}}}, ("P1",)),
        ({"stages": {"P1.1": 7}}, ("P1.1",)),
        ({"stages": {"X": 1}}, ("X",)),
        ({"stages": {}}, tuple(one.id for one in REAL.perspectives)),
        ({"values": figures(value="1")["values"]}, ("P1",)),
    ],
)
def test_numbers_that_can_not_have_come_about_are_refused(
    session: Session, changes: dict[str, Any], names: tuple[str, ...]
) -> None:
    assert refused(session, resigned(**changes)) == DoesNotFit(names)


def test_an_expired_package_is_refused_from_the_day_after_and_deleted_on_sight(session: Session) -> None:
    raw = signed(package())
    received(session, raw, today=EXPIRES)
    assert len(packages.usable(session, EXPIRES)) == 1
    assert packages.usable(session, EXPIRES + timedelta(days=1)) == []
    assert kept(session) == []
    assert refused(session, raw, today=EXPIRES + timedelta(days=1)) == Expired(EXPIRES)


def test_a_package_from_the_future_is_refused(session: Session) -> None:
    assert refused(session, signed(package()), today=date(2026, 3, 15)) == SignedInTheFuture(date(2026, 3, 16))


def test_a_package_for_something_else_is_refused(session: Session) -> None:
    assert refused(session, resigned(use="ranking")) == OtherUse("ranking")


def test_a_package_for_another_agency_is_refused(session: Session) -> None:
    raw = signed(package(replace(WISH, addressed_to=Address("Agentur Anderswo"))))
    assert refused(session, raw) == OtherAddressee("Agentur Anderswo")
    assert received(session, raw, here=packages.Here(THEIRS.public, frozenset({"agentur  ANDERSWO"}))).package


def test_with_a_fingerprint_only_that_installation_can_take_it_in(session: Session) -> None:
    ours = signed(package(replace(WISH, addressed_to=Address("Wer auch immer", fingerprint(THEIRS.public)))))
    assert received(session, ours).package
    elsewhere = signed(package(replace(WISH, addressed_to=Address(AGENCY, fingerprint(OTHERS.public)))))
    assert refused(session, elsewhere) == OtherAddressee(AGENCY)


def test_a_questionnaire_that_is_unknown_or_worded_differently_is_refused(session: Session) -> None:
    about = written(package())["questionnaire"]
    assert refused(session, resigned(questionnaire=about | {"version": "1999-1"})) == UnknownQuestionnaire(
        REAL.id, "1999-1"
    )
    assert refused(session, resigned(questionnaire=about | {"id": "../x"})) == UnknownQuestionnaire(
        "../x", REAL.version
    )
    assert refused(session, resigned(questionnaire=about | {"fingerprint": "0" * 64})) == Reworded(
        REAL.id, REAL.version
    )


def test_a_key_that_nobody_has_confirmed_is_refused_until_somebody_does(session: Session) -> None:
    raw = signed(package(), OTHERS)
    assert refused(session, raw) == UnknownSigner(fingerprint(OTHERS.public))
    packages.trust(session, OTHERS.public, "Stadt Beispiel")
    assert received(session, raw).signer == "Stadt Beispiel"


def test_nobody_is_asked_to_telephone_for_a_package_that_is_of_no_use(session: Session) -> None:
    assert refused(session, signed(package(), OTHERS), today=EXPIRES + timedelta(days=1)) == Expired(EXPIRES)


# ------------------------------------------------------------------------------------------------------ revocation
def begun(session: Session) -> Assessment:
    return assessments.adopt(session, REAL, SHEET)


def test_a_revocation_deletes_the_package_and_keeps_it_out(session: Session) -> None:
    wish = replace(WISH, expires=datetime.now(UTC).date() + timedelta(days=100))
    today = datetime.now(UTC).date()
    issued, raw = packages.issue(session, begun(session), wish, OURS)
    received(session, raw, today)
    packages.revoke(issued)
    taken = received(session, packages.revocation(issued, OURS), today)
    assert (taken.id, taken.package) == (issued.id, None)
    assert kept(session) == [(issued.id, "revoked", False)]
    assert packages.usable(session, today) == []
    assert refused(session, raw, today) == Revoked()
    again = packages.issue(session, session.get_one(Assessment, issued.assessment_id), wish, OURS)[1]
    assert received(session, again, today).package, "a new package may follow"


def test_a_revocation_that_comes_first_keeps_the_package_out_too(session: Session) -> None:
    sent = package()
    said = {"id": sent.id, "revoked": "2026-03-16T10:00:00+00:00"}
    received(session, sealed("revocation", said, OURS))
    assert refused(session, signed(sent)) == Revoked()


def test_nobody_can_revoke_the_package_of_another(session: Session) -> None:
    packages.trust(session, OTHERS.public, "Stadt Beispiel")
    sent = package()
    received(session, signed(sent))
    received(session, sealed("revocation", {"id": sent.id, "revoked": "2026-03-16T10:00:00+00:00"}, OTHERS))
    assert [row.id for row, _ in packages.usable(session, TODAY)] == [sent.id]


def test_a_revocation_by_an_unknown_key_is_refused(session: Session) -> None:
    raw = sealed("revocation", {"id": "0" * 32, "revoked": "2026-03-16T10:00:00+00:00"}, OTHERS)
    assert refused(session, raw) == UnknownSigner(fingerprint(OTHERS.public))


# ------------------------------------------------------------------------------------------------------------- keys
def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "instance"
    first = own_key(home)
    assert own_key(home).public == first.public
    assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert own_key(tmp_path / "other").public != first.public


def test_a_fingerprint_can_be_read_out() -> None:
    assert re.fullmatch("([0-9a-f]{4} ){7}[0-9a-f]{4}", fingerprint(OURS.public))
    assert fingerprint(OURS.public) != fingerprint(OTHERS.public)


@pytest.mark.parametrize(
    "refusal",
    [
        NotAPackage(()),
        UnknownFormat("2"),
        Altered(),
        Expired(TODAY),
        SignedInTheFuture(TODAY),
        Revoked(),
        UnknownSigner("0000"),
        OtherUse("x"),
        OtherAddressee("x"),
        UnknownQuestionnaire("x", "1"),
        Reworded("x", "1"),
        DoesNotFit(("P1",)),
    ],
)
def test_every_reason_is_said_in_both_languages(refusal: Refusal) -> None:
    german, english = sentence(refusal, "de"), sentence(refusal, "en")
    assert german != english
    assert "{" not in german + english


# ------------------------------------------------------------------------------------------------------------ pages
def today_plus(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def wanted(**other: str) -> dict[str, str]:
    form = {
        "purpose": "Werkstatt",
        "agency": AGENCY,
        "expires": today_plus(90),
        "shown": "alias",
        "name": "",
        "capacity": "1",
    }
    return form | other


@pytest.fixture
def person(app: Flask) -> Person:
    return Person(app.test_client())


def previewed(person: Person, place: str, **other: str) -> dict[str, str]:
    """What the page that shows the content sends on to be signed."""
    page = person.post(f"{place}packages/", wanted(**other))
    assert page.status_code == 200
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    return dict(found) | {"csrf_token": token_in(page.text)}


def test_a_municipality_sees_what_is_in_it_signs_and_takes_it_back(
    person: Person, app: Flask, session: Session
) -> None:
    place = person.start()
    person.answer(place, "P1.1", "3", remark=SECRET, evidence=SECRET, dissent=SECRET)
    page = person.post(f"{place}packages/", wanted(with_stages="y", screen="y"))
    for said in ("Noch ist nichts unterschrieben", "unter einem Decknamen", "&#34;P1.1&#34;: 3", AGENCY):
        assert said in page.text
    assert SECRET not in page.text
    assert issued(app) == []
    answer = person.client.post(f"{place}packages/sign", data=previewed(person, place, with_stages="y", screen="y"))
    (one,) = issued(app)
    assert answer.headers["Content-Disposition"].endswith(f'selbstcheck-paket-{one.id}.json"')
    document = json.loads(answer.data)
    assert document["package"]["stages"]["P1.1"] == 3
    assert document["package"]["consents"]["screen"] is True
    assert SECRET not in answer.text
    packages.trust(session, document["key"], "Musterkreis")
    today = datetime.now(UTC).date()
    assert received(session, answer.data, today).id == one.id
    assert person.get(f"{place}packages/{one.id}/revocation.json").status_code == 404
    assert "1 unterschriebenes Paket gilt noch" in person.get(f"{place}manage").text
    back = person.post(f"{place}packages/{one.id}/revoke", {}, token_from=f"{place}packages/")
    assert "widerrufen" in person.get(back.location).text
    file = person.get(f"{place}packages/{one.id}/revocation.json").data
    assert received(session, file, today).package is None
    assert refused(session, answer.data, today) == Revoked()


def issued(app: Flask) -> list[IssuedPackage]:
    with app.extensions["selfcheck"].database.reader() as session:
        return list(session.scalars(select(IssuedPackage)))


def test_what_changed_since_the_preview_is_not_signed_unseen(person: Person, app: Flask) -> None:
    place = person.start()
    form = previewed(person, place, with_stages="y")
    person.answer(place, "P1.1", "3")
    again = person.client.post(f"{place}packages/sign", data=form, headers={"Accept-Language": "de"})
    assert again.status_code == 409
    assert "hat sich inzwischen geändert" in again.text
    assert issued(app) == []


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("purpose", "", "wofür es ist"),
        ("agency", " ", "nennen Sie die Agentur"),
        ("expires", today_plus(-1), "ab heute und höchstens in zwölf Monaten"),
        ("expires", today_plus(366), "ab heute und höchstens in zwölf Monaten"),
        ("expires", "", "geben Sie einen Tag an"),
        ("shown", "", "wählen Sie, wie Sie erscheinen"),
        ("shown", "named", "unter dem Sie erscheinen wollen"),
        ("fingerprint", "abcd", "acht Gruppen zu vier"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_the_field_and_entries_stay(
    person: Person, app: Flask, field: str, value: str, says: str
) -> None:
    place = person.start()
    entries = wanted(**{"agency": "Agentur Bleibt", "purpose": "Zweck bleibt", field: value})
    for path in ("packages/", "packages/sign"):
        answer = person.post(f"{place}{path}", entries, token_from=f"{place}packages/")
        assert answer.status_code == 422
        assert says in answer.text
        assert "Agentur Bleibt" in answer.text or "Zweck bleibt" in answer.text
    assert issued(app) == []


def test_one_can_go_back_and_change_what_was_entered(person: Person) -> None:
    place = person.start()
    form = previewed(person, place, screen="y") | {"edit": "1"}
    page = person.client.post(f"{place}packages/", data=form, headers={"Accept-Language": "de"})
    assert page.status_code == 200
    assert f'value="{AGENCY}"' in page.text
    assert "Paket vorbereiten" in page.text


def test_the_package_of_another_self_check_can_not_be_revoked(person: Person, app: Flask) -> None:
    place = person.start()
    person.client.post(f"{place}packages/sign", data=previewed(person, place))
    (one,) = issued(app)
    other = Person(app.test_client())
    elsewhere = other.start(municipality="Anderswo")
    answer = other.post(f"{elsewhere}packages/{one.id}/revoke", {}, token_from=f"{elsewhere}packages/")
    assert answer.status_code == 404
    assert issued(app)[0].revoked is None


# --------------------------------------------------------------------------------------------------------- commands
def command(home: Path, *arguments: object, keys: str = "") -> Result:
    return run("package", *arguments, folder=home.parent, home=home, keys=keys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A package signed today on another installation."""
    made = tmp_path / "package.json"
    now = datetime.now(UTC)
    wish = replace(WISH, expires=now.date() + timedelta(days=30))
    made.write_bytes(signed(package_of(REAL, SHEET, wish, now)))
    return made


@pytest.mark.thorough
def test_checking_a_package_needs_no_database(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "instance"
    answer = command(home, "check", file)
    assert answer.exit_code == 0, answer.stderr
    for said in ("mit Namen: Musterkreis", AGENCY, fingerprint(OURS.public), "Leinwand"):
        assert said in answer.stdout
    assert not home.exists()
    file.write_bytes(file.read_bytes().replace(b"Musterkreis", b"Musterkreiz"))
    answer = command(home, "check", file, "--lang", "en")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "changed after it had been signed" in answer.stderr


@pytest.mark.thorough
def test_an_agency_confirms_the_fingerprint_once_and_takes_packages_in(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "instance"
    assert "Derzeit ist hier kein Paket" in command(home, "list").stdout
    assert "gerichtet" in command(home, "receive", file).stderr
    agency = ("--agency", AGENCY)
    answer = command(home, "receive", file, *agency, keys="n\n")
    assert answer.exit_code == 1
    assert fingerprint(OURS.public) in answer.stdout
    assert command(home, "receive", file, *agency, "--trust", "0000").exit_code == 1
    assert json.loads(command(home, "list", "--json").stdout) == []
    answer = command(home, "receive", file, *agency, keys="y\nMusterkreis\n")
    assert answer.exit_code == 0, answer.stderr
    (one,) = json.loads(command(home, "list", "--json").stdout)
    assert (one["from"], one["purpose"], one["stages"]) == ("Musterkreis", "Vergleichswerkstatt", False)
    assert "Musterkreis" in command(home, "list").stdout
    again = command(home, "receive", file, *agency)
    assert again.exit_code == 0, "the key is known by now"


@pytest.mark.thorough
def test_what_was_signed_on_the_same_installation_is_taken_in_without_comparing(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "instance"
    wish = replace(WISH, expires=datetime.now(UTC).date() + timedelta(days=30))
    made = package_of(REAL, SHEET, wish, datetime.now(UTC))
    home.mkdir()
    file.write_bytes(sealed("package", written(made), own_key(home)))
    answer = command(home, "receive", file, "--agency", AGENCY)
    assert answer.exit_code == 0, answer.stderr
    assert "Angenommen von dieser Installation" in answer.stdout
    (one,) = json.loads(command(home, "list", "--json").stdout)
    assert one["from"] == "dieser Installation"


@pytest.mark.thorough
def test_an_operator_takes_a_package_back_whose_self_check_is_deleted(tmp_path: Path, file: Path) -> None:
    home, there, out = tmp_path / "instance", tmp_path / "there" / "instance", tmp_path / "revocation.json"
    there.parent.mkdir()
    (home).mkdir()
    (home / KEY_FILE).write_text(OURS.private.private_bytes_raw().hex())
    assert command(home, "key").stdout.strip().endswith(fingerprint(OURS.public))
    id = json.loads(file.read_bytes())["package"]["id"]
    trusted = ("--agency", AGENCY, "--trust", fingerprint(OURS.public), "--label", "Musterkreis")
    assert command(there, "receive", file, *trusted).exit_code == 0
    assert command(home, "revoke", "kurz", "-o", out).exit_code == 2
    assert command(home, "revoke", id, "-o", out).exit_code == 0
    assert "Widerruf des Pakets" in command(there, "check", out).stdout
    answer = command(there, "receive", out)
    assert "ist gelöscht" in answer.stdout, answer.stderr
    assert [one["state"] for one in json.loads(command(there, "list", "--json").stdout)] == ["revoked"]
    assert "widerrufen" in command(there, "receive", file, *trusted).stderr
    database = Database(f"sqlite:///{there / 'selfcheck.sqlite3'}")
    with database.reader() as session:
        assert [one.label for one in session.scalars(select(TrustedKey))] == ["Musterkreis"]
        assert [one.content for one in session.scalars(select(ReceivedPackage))] == [None]
