"""What one file of the register says: every territory with its keys, inhabitants and area at one date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from scoring.model.wording import Wording

TerritoryLevel = Literal[
    "state", "government", "region", "county", "city", "association", "municipality", "unincorporated"
]
"""Land, Regierungsbezirk, Region, Kreis, kreisfreie Stadt (county and municipality at once), Gemeindeverband, Gemeinde,
gemeindefreies Gebiet."""

LEVELS: tuple[TerritoryLevel, ...] = (
    "state",
    "government",
    "region",
    "county",
    "city",
    "association",
    "municipality",
    "unincorporated",
)
SOURCE = (
    "© Daten (im Auftrag der Herausgebergemeinschaft Statistische Ämter des Bundes und der Länder) – Vervielfältigung und "
    "Verbreitung, auch auszugsweise, mit Quellenangabe gestattet"
)
"""The note under which the file may be used; it stands wherever something of the register is shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One territory. `ars` has 12 digits, filled up with zeros; only together with the level it is unique.

    `ags` has 8 digits, or none where the official key has no such form. `kind` is the official code of the kind of
    territory. `population` counts people, `area` is in hectares; above municipalities both are sums.
    """

    level: TerritoryLevel
    ars: str
    ags: str
    name: str
    kind: str
    population: int
    area: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One file: its date (Gebietsstand), how its letters were written, a SHA-256 of its bytes, and its entries."""

    as_of: date
    encoding: str
    digest: str
    entries: tuple[Entry, ...]


KINDS = {
    "41": Wording("Kreisfreie Stadt", "County-free city"),
    "42": Wording("Stadtkreis", "County-free city (Stadtkreis)"),
    "43": Wording("Kreis", "County (Kreis)"),
    "44": Wording("Landkreis", "County (Landkreis)"),
    "45": Wording("Regionalverband", "Regional association (Regionalverband)"),
    "51": Wording("Amt", "Association of municipalities (Amt)"),
    "52": Wording("Samtgemeinde", "Association of municipalities (Samtgemeinde)"),
    "53": Wording("Verbandsgemeinde", "Association of municipalities (Verbandsgemeinde)"),
    "54": Wording("Verwaltungsgemeinschaft", "Association of municipalities (Verwaltungsgemeinschaft)"),
    "55": Wording("Kirchspielslandgemeinde", "Association of municipalities (Kirchspielslandgemeinde)"),
    "56": Wording("Verwaltungsverband", "Association of municipalities (Verwaltungsverband)"),
    "57": Wording("Verwaltungsgemeinschaft (Trägermodell)", "Association of municipalities (Trägermodell)"),
    "58": Wording("Erfüllende Gemeinde", "Municipality that administers others (erfüllende Gemeinde)"),
    "60": Wording("Markt", "Market town (Markt)"),
    "63": Wording("Stadt", "Town"),
    "64": Wording("Gemeinde", "Municipality"),
    "65": Wording("Gemeindefreies Gebiet, bewohnt", "Unincorporated area, inhabited"),
    "66": Wording("Gemeindefreies Gebiet, unbewohnt", "Unincorporated area, uninhabited"),
    "67": Wording("Große Kreisstadt", "Large town in a county (Große Kreisstadt)"),
}
"""What the official code of a kind stands for. A county-free city is listed by its code as a county."""

LEVEL_NAMES: dict[TerritoryLevel, Wording] = {
    "state": Wording("Land", "Federal state"),
    "government": Wording("Regierungsbezirk oder statistische Region", "Administrative region"),
    "region": Wording("Region", "Planning region"),
    "county": Wording("Landkreis oder Kreis", "County"),
    "city": Wording("Kreisfreie Stadt", "County-free city"),
    "association": Wording("Gemeindeverband", "Association of municipalities"),
    "municipality": Wording("Kreisangehörige Gemeinde", "Municipality in a county"),
    "unincorporated": Wording("Gemeindefreies Gebiet", "Unincorporated area"),
}


def kind_name(level: TerritoryLevel, kind: str) -> Wording:
    """What a territory is: its official kind, or its level where there is no code."""
    return KINDS.get(kind) or LEVEL_NAMES[level]
