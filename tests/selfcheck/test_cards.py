"""Invitation cards on paper."""

from io import BytesIO

import page
import pikepdf
import pytest
from pypdfium2 import PdfDocument

from selfcheck.ground.qr import code
from selfcheck.reports.cards import Card, Round, cards

CARDS = [Card("Rat und Politik", f"https://selbstcheck.example/i/{number:022}") for number in range(9)]
EMPTY = Round("", "", 15, "20.02.2027")
LONG = "Landkreis Musterau an der Donaudampfschifffahrtsgesellschaft 🙂"


@pytest.mark.parametrize("language", ["de", "en"])
def test_cards_are_tagged_and_can_be_archived(language: str) -> None:
    made = cards(Round(LONG, LONG * 10, 45, "20.02.2027"), CARDS, "en" if language == "en" else "de")
    failures = [
        failure.rule_id
        for profile in ("ua1", "2a")
        for failure in page.validate_pdf_bytes(made, profile=profile).failures
        if failure.rule_id != "PDFA2A-STREAM-LENGTH-001"  # a stream that ends as its length says
    ]
    assert failures == []


def test_the_same_cards_are_the_same_bytes() -> None:
    assert cards(EMPTY, CARDS, "de") == cards(EMPTY, CARDS, "de")


def test_a_code_needs_nothing_from_outside() -> None:
    assert "href" not in code(CARDS[0].address)


@pytest.mark.parametrize("host", ["kreis.example", "selbstcheck.integrierte-planung.landkreis-musterland.example"])
def test_the_address_on_a_card_can_be_clicked_and_copied_whole(host: str) -> None:
    address = f"https://{host}/i/abcdefghijklmnopqrstuvwxyz"
    made = cards(Round("Kreis", "Zweck", 20, "1.1.2027"), [Card("Leitung", address)], "de")
    with pikepdf.open(BytesIO(made)) as file:
        links = [str(one.A.URI) for page in file.pages for one in page.get("/Annots", [])]
    assert address in links
    page = PdfDocument(made)[0].get_textpage()
    assert address in page.get_text_range().replace("\r", "").replace("\n", "")
