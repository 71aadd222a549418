"""The command line `selfcheck`: every command with the place where it is declared, and what it does in one sentence."""

from selfcheck.cli.group import Entry, Selfcheck
from selfcheck.ground.i18n import N_

COMMANDS = {
    "score": Entry(N_("Score answer files and show values, ranges, questions and next steps."), "score:score"),
    "chart": Entry(N_("Draw a chart as .svg, .png or .pdf."), "papers:chart"),
    "report": Entry(N_("Write the recommendation report as .pdf, .docx or .html."), "papers:report"),
    "reports": Entry(
        N_("Write the reports of several municipalities into one .zip; Ctrl+C cancels."), "papers:reports"
    ),
    "slides": Entry(N_("Write slides for a meeting as .pptx."), "papers:slides"),
    "table": Entry(N_("Write all values as .xlsx or .csv, with a data dictionary."), "papers:table"),
    "paper": Entry(N_("Write a paper for the council and its committees."), "paper:paper"),
    "roadmap": Entry(
        N_("Plan the steps towards the target in half-years; Ctrl+C cancels. Status 1: no plan keeps all entries."),
        "roadmap:roadmap",
    ),
    "module": Entry(
        N_("Show what an answer file of an in-depth module amounts to; without one, list the modules."), "module:module"
    ),
    "practices": Entry(
        N_("List documented good examples (also without “list”), or add those of an agency."), default="list"
    ),
    "practices list": Entry(
        N_("List documented good examples; with ANSWERS also what is met, missing or unknown here."),
        "practices:practices",
    ),
    "practices add": Entry(
        N_("Keep a file with an agency's own examples, in place of its earlier one."), "agencies:add_examples"
    ),
    "agency": Entry(N_("Work with the areas of transfer agencies on this installation.")),
    "agency add": Entry(N_("Make an area for an agency; prints its link."), "agencies:add"),
    "agency list": Entry(N_("List all agencies."), "agencies:show"),
    "agency link": Entry(N_("Make a new link for an agency; the old one opens nothing any more."), "agencies:link"),
    "agency delete": Entry(N_("Delete an agency with its examples and the proposals sent to it."), "agencies:delete"),
    "questionnaires": Entry(N_("Work with questionnaires.")),
    "questionnaires check": Entry(
        N_("Check a questionnaire folder (or all that ship with the product) and its worked examples."), "check:check"
    ),
    "assessments": Entry(N_("Work with the self-checks stored in this installation.")),
    "assessments list": Entry(N_("List all self-checks with how far they are; no answers."), "assessments:show"),
    "assessments export": Entry(N_("Write everything of one self-check as one JSON file."), "assessments:export"),
    "assessments import": Entry(
        N_("Begin a self-check with an exported file or an answer file; prints its link."), "assessments:take_in"
    ),
    "assessments delete": Entry(N_("Delete a self-check with everything that belongs to it."), "assessments:delete"),
    "register": Entry(N_("Work with the official register of municipalities (file GV100AD).")),
    "register import": Entry(
        N_("Take in a file GV100AD; what it does not hold any more is closed, never deleted."), "register:take_in"
    ),
    "register show": Entry(N_("Show everything with a NAME or key (ARS, AGS), closed entries too."), "register:show"),
    "register status": Entry(N_("Show what the register holds, and of which date."), "register:status"),
    "package": Entry(N_("Work with signed packages from or for other installations.")),
    "package check": Entry(N_("Say whether a package is sound and what it holds; needs no database."), "package:check"),
    "package key": Entry(
        N_("Show the fingerprint of this installation's key, to be compared on the telephone."), "package:key"
    ),
    "package receive": Entry(N_("Take in a package or a revocation."), "received:receive"),
    "package list": Entry(N_("List the packages that can be used; deletes expired ones."), "received:show"),
    "package revoke": Entry(
        N_("Write the file that takes back a package signed here, also when its self-check is deleted."),
        "received:revoke",
    ),
    "serve": Entry(N_("Serve the self-assessment in the browser."), "serve:serve"),
}

main = Selfcheck(N_("Self-assessment of integrated planning: from answers to a recommendation report."), COMMANDS)
