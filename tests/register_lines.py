"""Lines of a register file in the official format, with made-up territories."""

DAY = "20231130"


def line(type: str, key: str, name: str, kind: str = "", population: int = 0, area: int = 0, day: str = DAY) -> str:
    """One line of 220 characters; only municipalities have numbers."""
    written = f"{type}{day}{key:<12}{name:<50}{'':<50}{kind:<2}{'':<4}"
    if type == "60":
        written += f"{area:011}{population:011}{population // 2:011}"
    return written.ljust(220)


def state(key: str, name: str) -> str:
    return line("10", key, name)


def county(key: str, name: str, kind: str = "44") -> str:
    return line("40", key, name, kind)


def association(county: str, key: str, name: str, kind: str = "53") -> str:
    return line("50", f"{county}   {key}", name, kind)


def municipality(
    county: str, key: str, name: str, population: int, area: int = 100, *, within: str = "0000", kind: str = "64"
) -> str:
    return line("60", f"{county}{key}{within}", name, kind, population, area)


def city(key: str, name: str, population: int, area: int = 100) -> tuple[str, str, str]:
    """A county-free city: three lines."""
    return (
        county(key, name, "41"),
        association(key, "0000", name, "50"),
        municipality(key, "000", name, population, area, kind="61"),
    )


MADE_UP = (
    state("01", "Beispielland"),
    *city("01001", "Musterstadt, Stadt", 120_000, 5_000),
    county("01051", "Musterkreis"),
    association("01051", "5001", "Musteramt", "51"),
    municipality("01051", "001", "Überdorf", 900, 70, within="5001"),
    municipality("01051", "002", "Neudorf", 1_100, 80, within="5001"),
    association("01051", "0003", "Große Stadt", "50"),
    municipality("01051", "003", "Große Stadt, Stadt", 21_000, 90, within="0003", kind="63"),
    association("01051", "9105", "Musterwald", "50"),
    municipality("01051", "105", "Musterwald, gemfr.Geb.", 0, 40, within="9105", kind="66"),
    county("01052", "Region Beispiel"),
    association("01052", "0001", "Neudorf", "50"),
    municipality("01052", "001", "Neudorf", 300_000, 60, within="0001", kind="63"),
    state("02", "Stadtland"),
    *city("02000", "Stadtland, Stadt", 600_000, 700),
    association("01000", "9999", "Mustersee", "50"),
    municipality("01000", "999", "Mustersee", 0, 5, within="9999", kind="66"),
)


def register_file(*lines: str, encoding: str = "utf-8", day: str = DAY) -> bytes:
    """The bytes of a file with these lines, of one date."""
    return "".join(f"{one[:2]}{day}{one[10:]}\n" for one in lines or MADE_UP).encode(encoding)


def without(*names: str) -> tuple[str, ...]:
    """The made-up territories but these."""
    return tuple(one for one in MADE_UP if one[22:72].strip() not in names)
