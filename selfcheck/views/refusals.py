"""Why something about a workshop was refused, in words, by the error of the use case."""

from selfcheck.services import workshops

REFUSALS: dict[type[Exception], str] = {
    workshops.Closed: "closed",
    workshops.Full: "full",
    workshops.InByPackage: "package",
    workshops.StaysCovered: "covered",
}
