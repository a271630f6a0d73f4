"""/choose and /choose/…: which code should I send?"""

import re

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.urls import reverse

from codes.models import Option, StatusCode, Step
from codes.models.decision_tree import MAX_QUESTIONS


def options(page):
    """The options of a question: what each says, and where it leads."""
    found = re.findall(r'class="options__option" href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", text).split()): path for path, text in found}


def questions_before(page):
    """The questions that led to a step, in order."""
    trail = page[page.index("Your answers so far") : page.index("</nav>", page.index("Your answers so far"))]
    return re.findall(r'<a href="([^"]+)">', trail)


@pytest.fixture
def walk(answer_at):
    """Every path from the first question to an answer, as a reader would follow the links."""

    def follow(path, passed):
        found = options(answer_at(path).content.decode())
        if not found:
            return [(*passed, path)]
        return [way for leads_to in found.values() for way in follow(leads_to, (*passed, path))]

    return follow("/choose", ())


def answer(page):
    """The number that an answer says to send."""
    return int(re.search(r'class="hero-number">([0-9]{3})<', page)[1])


def test_the_first_question_needs_no_knowledge_of_codes(get_html):
    page = get_html("/choose")

    assert "<h1>What do you have to tell the client?</h1>" in page
    assert options(page)["The request succeeded."] == "/choose/success"
    assert not re.search(r"\b[1-5][0-9]{2}\b", " ".join(options(page)))


def test_an_option_that_leads_to_an_answer_names_the_code(get_html):
    found = options(get_html("/choose/access"))

    assert found["A payment is missing. 402 Payment Required"] == "/choose/payment"
    assert found["A login is missing, wrong or expired."] == "/choose/login"


def test_every_answer_is_at_most_five_questions_away(walk):
    assert max(len(way) - 1 for way in walk) <= MAX_QUESTIONS


def test_every_registered_code_that_a_server_may_send_is_an_answer(walk, answer_at, db):
    """305 is deprecated (RFC 9110 section 15.4.6), 306 and 418 are unused, 510 is obsoleted."""
    reached = {answer(answer_at(way[-1]).content.decode()) for way in walk}

    registered = set(StatusCode.objects.registered().values_list("number", flat=True))
    assert registered - reached == {305, 306, 418, 510}
    assert reached <= registered


def test_every_step_is_reached_by_one_way_only(walk, db):
    steps = {step.get_absolute_url() for step in Step.objects.all()}

    assert {path for way in walk for path in way} == steps
    answers = [way[-1] for way in walk]
    assert len(answers) == len(set(answers))


@pytest.mark.parametrize(
    ("way", "number"),
    [
        (("The request succeeded.", "Something new exists now."), 201),
        (("The answer is somewhere else", "At a new address, for good.", "No: method and content"), 308),
        (("I do not accept", "Access", "A login is missing", "The site itself."), 401),
        (("I do not accept", "Access", "The login is fine"), 403),
        (("I do not accept", "The content", "It can be parsed"), 422),
        (("I do not accept", "too many requests"), 429),
        (("The request may be fine", "Another server", "did not answer in time"), 504),
    ],
)
def test_a_server_author_finds_the_code(get_html, way, number):
    path = "/choose"
    for words in way:
        (path,) = [leads_to for text, leads_to in options(get_html(path)).items() if words in text]

    assert answer(get_html(path)) == number


def test_an_answer_says_why_what_must_go_with_it_and_what_it_is_confused_with(get_html):
    page = get_html("/choose/login-to-the-site")

    assert "Credentials are missing or not valid" in page
    assert "RFC\xa09110\xa0§15.5.2" in page
    assert re.search(r'href="/headers/www-authenticate".*?MUST', page, re.DOTALL)
    assert 'href="/compare/401,403"' in page
    assert 'href="/401"' in page


def test_what_an_answer_is_confused_with_stands_in_ascending_order_beside_it(get_html):
    assert 'href="/compare/200,201"' in get_html("/choose/created")
    assert 'href="/compare/408,499:nginx"' in get_html("/choose/too-slow")


def test_a_step_shows_the_way_back(get_html):
    page = get_html("/choose/login-to-the-proxy")

    assert questions_before(page) == ["/choose", "/choose/refused", "/choose/access", "/choose/login"]
    assert "A proxy that the client has been told to use." in page
    assert "Your answers so far" not in get_html("/choose")


def test_the_first_question_has_one_address(client, db):
    response = client.get("/choose/start")

    assert response.status_code == 301
    assert response.headers["Cache-Control"] == "max-age=3600"
    assert response.headers["Location"] == "/choose"


def test_an_unknown_step_is_not_found_with_the_nearest(client, db):
    response = client.get("/choose/conflicts")

    assert response.status_code == 404
    assert 'href="/choose/conflict"' in response.content.decode()
    assert client.get(f"/choose/{'x' * 1000}").status_code == 404


def test_a_circle_that_a_curator_made_does_not_keep_a_page_from_ending(get_html):
    one, other = Step.objects.create(slug="one", question="One?"), Step.objects.create(slug="other", question="Other?")
    Option.objects.create(step=one, text="On.", leads_to=other)
    Option.objects.create(step=other, text="Back.", leads_to=one)

    assert questions_before(get_html("/choose/one")) == ["/choose/one", "/choose/other"]


def test_a_question_without_options_says_only_what_it_asks(get_html):
    Step.objects.create(slug="new", question="New?")

    assert options(get_html("/choose/new")) == {}


def test_a_step_is_either_a_question_or_an_answer_with_a_reason(db):
    code = StatusCode.objects.get(number=404, vendor=None)

    for fields in ({}, {"question": "Which?", "code": code, "text": "Why."}, {"code": code}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.create(slug="new", **fields)


def test_a_curator_adds_an_option_with_its_answer(client, db):
    client.force_login(User.objects.create_superuser("curator", password="a long password"))
    code = StatusCode.objects.get(number=409, vendor=None)
    data = {"slug": "name-taken", "code": code.pk, "text": "The name is taken (RFC 9110 §15.5.10)."}
    empty = {"options-TOTAL_FORMS": 0, "options-INITIAL_FORMS": 0}

    added = client.post(reverse("admin:codes_step_add"), {**data, **empty})
    option = {
        "step": Step.objects.get(slug="state").pk,
        "position": 5,
        "text": "The name is taken.",
        "leads_to": Step.objects.get(slug="name-taken").pk,
    }
    linked = client.post(reverse("admin:codes_option_add"), option)

    assert (added.status_code, linked.status_code) == (302, 302)
    assert "The name is taken. 409 Conflict" in options(client.get("/choose/state").content.decode())


def test_a_curator_cannot_let_a_question_lead_to_itself_or_an_answer_lead_on(client, db):
    client.force_login(User.objects.create_superuser("curator", password="a long password"))
    path = reverse("admin:codes_option_add")
    start, end = Step.objects.get(slug="start"), Step.objects.get(slug="conflict")

    to_itself = client.post(path, {"step": start.pk, "position": 9, "text": "On.", "leads_to": start.pk})
    beyond = client.post(path, {"step": end.pk, "position": 9, "text": "On.", "leads_to": start.pk})

    assert "A question cannot lead to itself." in to_itself.content.decode()
    assert beyond.status_code == 200
    assert not Option.objects.filter(text="On.").exists()
