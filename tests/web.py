"""What a person does in the browser, as requests: forms are read from the page and sent back with their token."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scoring.model.answers import Answer, Sheet, Target
from selfcheck.reading import catalogue
from selfcheck.services import agencies, assessments, links

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    assert found, "the page holds no form"
    return found[1]


@dataclass
class Person:
    """Somebody with a browser."""

    client: FlaskClient
    language: str = "de"
    place: str = ""
    link: str = ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": self.language}, follow_redirects=True)

    def post(self, path: str, data: Mapping[str, object], token_from: str | None = None) -> TestResponse:
        token = token_in(self.get(token_from or path).text)
        headers = {"Accept-Language": self.language}
        return self.client.post(path, data={"csrf_token": token, **data}, headers=headers)

    def start(self, scope: str = "full", municipality: str = "Musterkreis") -> str:
        """Begin a self-check; returns the path of its overview."""
        answer = self.post("/assessments", {"scope": scope, "municipality": municipality}, token_from="/")
        assert answer.status_code == 302
        self.link = answer.location
        return self.client.get(self.link).location

    def answer(self, place: str, item: str, choice: str, **texts: str) -> TestResponse:
        perspective = item.partition(".")[0]
        data = {item: choice} | {f"{item}-{name}": text for name, text in texts.items()}
        return self.post(f"{place}items/{item}", data, token_from=f"{place}{perspective}")


def agency(app: Flask, name: str = "Transferagentur Musterland") -> tuple[str, str]:
    """The path of a new agency's link and its id."""
    with app.extensions["selfcheck"].database.writer() as session:
        made, token = agencies.add(session, name)
        session.commit()
        return f"/a/{token}", made.id


def rated(stages: Mapping[str, int], target: Target | None = None) -> Sheet:
    """Answers in which every item of a perspective stands at one stage."""
    answers = {item.id: Answer(stage) for id, stage in stages.items() for item in QUESTIONNAIRE.perspective(id).items}
    return Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version, "Musterkreis", answers=answers, target=target)


def municipality(app: Flask, sheet: Sheet) -> Person:
    """Somebody who has opened the link of a self-check with these answers; no page was filled in for it."""
    with app.extensions["selfcheck"].database.writer() as session:
        assessment = assessments.adopt(session, QUESTIONNAIRE, sheet)
        _, token = links.issue(session, assessment)
        session.commit()
    person = Person(app.test_client(), link=f"/l/{token}")
    person.place = person.client.get(person.link).location
    return person
