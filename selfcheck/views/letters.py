"""What goes with a private link that is kept as a file or sent by e-mail."""

from selfcheck.extensions import language
from selfcheck.ground.i18n import translator
from selfcheck.ground.written import written_day
from selfcheck.models import Link
from selfcheck.services import links


def subject() -> str:
    """The subject of the message."""
    _ = translator(language())
    return _("Self-check of integrated planning: private link")


def message(link: Link, address: str) -> str:
    """The message with a link. Nothing that people typed is in it, so that nobody can send their own words with it."""
    _ = translator(language())
    lead = _(
        "Somebody who works on a self-check of integrated planning sent you this link. If you do not know what it "
        "is about, ignore this message. The address you are reading this at was not stored."
    )
    return _paragraphs(lead, *_about(link, address))


def note(link: Link, address: str, municipality: str) -> str:
    """The text file with a link."""
    _ = translator(language())
    told = [(_("Municipality: {name}"), municipality), (_("For: {name}"), link.label)]
    return _paragraphs(subject(), *(text.format(name=name) for text, name in told if name), *_about(link, address))


def _about(link: Link, address: str) -> tuple[str, ...]:
    """What the link opens, where it leads, and what to do if it gets lost."""
    _ = translator(language())
    if last_day := links.last_day(link):
        opens = _("Opens result, radar chart and report of the self-check, for reading only, until {day}.")
        lost = _("If the link gets lost: ask the office that gave it to you for a new one.")
        return opens.format(day=written_day(last_day, language())), address, _secret(), lost
    opens = _("Opens the self-check for editing, without an account, on every device. It does not expire.")
    lost = _(
        "If the link gets lost: it cannot be shown again. Whoever has another link for editing can make a new one "
        "under “Manage” and revoke this one there. If there is no other link, nobody can open the self-check any "
        "more. So make a second link in good time, and keep the answer file."
    )
    wrong = _("If the link gets into the wrong hands: replace it at once under “Manage”.")
    return opens, address, _secret(), lost, wrong


def _secret() -> str:
    _ = translator(language())
    return _("Whoever has the link gets in. Keep it like a password.")


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
