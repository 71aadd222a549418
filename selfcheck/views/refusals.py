"""Why something about a workshop was refused, in words, by the error of the use case."""

from selfcheck.services import ledgers, membership

REFUSALS: dict[type[Exception], str] = {
    membership.Closed: "closed",
    membership.Full: "full",
    membership.InByPackage: "package",
    ledgers.StaysCovered: "covered",
}
