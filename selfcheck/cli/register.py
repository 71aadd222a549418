"""`selfcheck register`: the official register of municipalities, for whoever operates the installation."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from scoring.model.wording import Language
from selfcheck.cli.database import open_database
from selfcheck.cli.options import JSON, LANGUAGE, ONE_FILE
from selfcheck.cli.terminal import console, write_json
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.ground.written import written_count, written_day
from selfcheck.reading.files import read_whole
from selfcheck.register.edition import LEVEL_NAMES, SOURCE, TerritoryLevel
from selfcheck.register.gv100ad import LIMIT, read_edition
from selfcheck.services import register

OVERVIEW: tuple[TerritoryLevel, ...] = (
    "state",
    "government",
    "region",
    "county",
    "city",
    "association",
    "municipality",
)
MOST_SHOWN = 50


@click.command("import")
@ONE_FILE
@click.option("--dry-run", is_flag=True, help=N_("Only say what would change."))
@LANGUAGE
def take_in(file: Path, dry_run: bool, language: Language) -> None:
    """Take in a file GV100AD; what it does not hold any more is closed, never deleted."""
    _ = translator(language)
    edition = read_edition(read_whole(file, LIMIT), str(file))
    with open_database(language, writes=True) as (_database, session):
        try:
            taken = register.take_in(session, edition)
        except (register.Older, register.Incomplete) as refused:
            raise click.ClickException(_why(refused, edition.as_of, language)) from refused
        session.rollback() if dry_run else session.commit()
    about = _("Register of {day}, letters in {encoding}")
    click.echo(about.format(day=written_day(taken.as_of, language), encoding=edition.encoding))
    if taken.repeated:
        click.echo(_("This file was taken in before; nothing has changed."))
    _counts(taken, language)
    click.echo(_source(taken.as_of, language))
    if dry_run:
        click.echo(_("Only tried out: nothing was stored."))


def _why(refused: register.Older | register.Incomplete, day: date, language: Language) -> str:
    _ = translator(language)
    if isinstance(refused, register.Older):
        said = _("the file is of {day}, the register here of {newest}; an older file is not taken in")
        return said.format(day=written_day(day, language), newest=written_day(refused.newest, language))
    said = _("the file lacks whole federal states ({states}); it is not complete, and nothing was changed")
    return said.format(states=", ".join(refused.missing))


def _counts(taken: register.TakenIn, language: Language) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    _ = translator(language)
    table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(_("Level of territory"))
    for heading in (_("new"), _("changed"), _("closed"), _("unchanged"), _("now")):
        table.add_column(heading, justify="right", no_wrap=True)
    for level, counts in taken.counts.items():
        numbers = (counts.new, counts.changed, counts.closed, counts.unchanged, counts.now)
        table.add_row(LEVEL_NAMES[level].text(language), *(written_count(number, language) for number in numbers))
    console().print(table)
    _sums({level: counts.now for level, counts in taken.counts.items()}, taken.population, language)


def _sums(existing: dict[TerritoryLevel, int], population: int, language: Language) -> None:
    """The sums as they are usually quoted: a county-free city is both."""
    _ = translator(language)
    cities = existing.get("city", 0)
    counties, municipalities = existing.get("county", 0) + cities, existing.get("municipality", 0) + cities
    for text, number in (
        (_("Counties and county-free cities: {count}"), counties),
        (_("Municipalities, with county-free cities: {count}"), municipalities),
        (_("Associations of municipalities: {count}"), existing.get("association", 0)),
        (_("Inhabitants: {count}"), population),
    ):
        click.echo(text.format(count=written_count(number, language)))


def _source(as_of: date, language: Language) -> str:
    _ = translator(language)
    said = _("Source: register of municipalities (GV100AD) as of {day}. {source}")
    return said.format(day=written_day(as_of, language), source=SOURCE)


@click.command()
@click.argument("name")
@JSON
@LANGUAGE
def show(name: str, as_json: bool, language: Language) -> None:
    """Show everything with a NAME or key (ARS, AGS), closed entries too."""
    _ = translator(language)
    with open_database(language) as (_database, session):
        as_of = _held(register.as_of(session), _)
        found = register.look_up(session, name, MOST_SHOWN)
    if as_json:
        rows = [_row(one, language) for one in found]
        write_json({"as_of": as_of.isoformat(), "source": SOURCE, "entries": rows})
        return
    if not found:
        message = _("the register has no “{name}”; part of a name or a key (ARS, AGS) is enough")
        raise click.BadParameter(message.format(name=name), param_hint=_("NAME"))
    _table(found, language)
    if len(found) == MOST_SHOWN:
        click.echo(_("Only the first {count} are shown; please give more of the name.").format(count=MOST_SHOWN))
    click.echo(_source(as_of, language))


def _held(as_of: date | None, _: Translate) -> date:
    if as_of is None:
        raise click.ClickException(
            _("No register was taken in here; “selfcheck register import FILE” does (docs/register.md).")
        )
    return as_of


def _row(found: register.Found, language: Language) -> dict[str, Any]:
    return {
        "level": found.level,
        "ars": found.ars,
        "ags": found.ags or None,
        "name": found.name,
        "kind": found.kind or None,
        "kind_name": found.kind_name.text(language),
        "association": found.association or None,
        "county": found.county or None,
        "state": found.state or None,
        "population": found.population,
        "area_ha": found.area,
        "valid_from": found.valid_from.isoformat(),
        "valid_to": found.valid_to.isoformat() if found.valid_to else None,
        "context": register.kind_and_size(found) if found.level in register.LINKABLE else None,
    }


def _table(found: tuple[register.Found, ...], language: Language) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    _ = translator(language)
    table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(_("Key (ARS)"), no_wrap=True)
    for heading in (_("Name"), _("Kind"), _("Where")):
        table.add_column(heading)
    for heading in (_("Inhabitants"), _("Hectares")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(_("Closed"), no_wrap=True)
    for one in found:
        closed = written_day(one.valid_to, language) if one.valid_to else ""
        numbers = (written_count(one.population, language), written_count(one.area, language))
        texts = (escape(text) for text in (one.name, one.kind_name.text(language), one.place))
        table.add_row(one.ars, *texts, *numbers, closed)
    console().print(table)


@click.command()
@LANGUAGE
def status(language: Language) -> None:
    """Show what the register holds, and of which date."""
    _ = translator(language)
    with open_database(language) as (_database, session):
        standing = register.standing(session)
    as_of = _held(standing.as_of if standing else None, _)
    assert standing is not None
    days = ", ".join(written_day(day, language) for day in standing.editions)
    click.echo(_("Register of {day}; files taken in: {days}").format(day=written_day(as_of, language), days=days))
    for level in OVERVIEW:
        said = _("{level}: {count}, closed: {closed}")
        counts = (standing.existing.get(level, 0), standing.closed.get(level, 0))
        count, closed = (written_count(number, language) for number in counts)
        click.echo(said.format(level=LEVEL_NAMES[level].text(language), count=count, closed=closed))
    _sums(dict(standing.existing), standing.population, language)
    click.echo(_source(as_of, language))
