"""How many examples a property is tried with: EXAMPLES=few (make check), usual (make test) or many (make thorough).

A property names its usual number. The few and the usual ones are the same in every run, so that a run tells of the
change and not of luck; the many are drawn anew each time, and a failure prints what draws it again.
"""

import os
from fractions import Fraction

from hypothesis import HealthCheck, settings

SHARES = {"few": Fraction(1, 4), "usual": Fraction(1), "many": Fraction(5)}
DRAWN = os.environ.get("EXAMPLES", "usual")
FEWEST = 3
UNSAID = 100

for _name, _share in SHARES.items():
    settings.register_profile(
        _name,
        max_examples=int(UNSAID * _share),
        deadline=None,
        database=None,
        derandomize=_name != "many",
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(DRAWN)


def examples(number: int = 25, *, one_fixture: bool = False) -> settings:
    """Usually so many examples, however long they take on a busy machine, and no file left behind.

    `one_fixture` says that all of them may work on the same fixture, each in what it makes there itself.
    """
    drawn = max(FEWEST, int(number * SHARES[DRAWN]))
    shared = [HealthCheck.function_scoped_fixture] if one_fixture else []
    return settings(max_examples=drawn, suppress_health_check=[HealthCheck.too_slow, *shared])
