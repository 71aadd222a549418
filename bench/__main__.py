"""python -m bench [--only PART]: every time is a median of interleaved rounds; results are compared before timing."""

import argparse
import os
import platform

from bench import assessment, charts, loading, phones, reports, start

PARTS = {
    "assessment": assessment.run,
    "loading": loading.run,
    "start": start.run,
    "charts": charts.run,
    "reports": reports.run,
    "phones": phones.run,
}


def main() -> None:
    """Run the chosen parts."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="a part to measure; may be given repeatedly")
    chosen = parser.parse_args().only or list(PARTS)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {_load()}")
    for part in chosen:
        PARTS[part]()
    print(f"\nat the end: {_load()}")


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} (trust only ratios when others are at work)"


if __name__ == "__main__":
    main()
