"""Links never die: what was ever public goes on answering, and whatever is new is noted."""

from codes.publishing import addresses
from codes.search.aliases import alias_key
from tests.published import HEADING_IDS, NAMES, read_addresses, read_lines
from tests.published.now import PAGES_WITH_HEADINGS, addresses_now, headings_now, names_now


def test_every_address_is_noted(db):
    assert sorted(addresses_now() - read_addresses()) == [], "run `make publish`"


def test_every_address_ever_published_answers(client, db):
    # Of those that the content has, another test asks each.
    gone = read_addresses() - set(addresses.every())

    answers = {path: client.get(path, follow=True).status_code for path in gone}
    assert {path: status for path, status in answers.items() if status != 200} == {"/try/503": 503}


def test_every_name_is_noted(db):
    noted = {alias_key(name) for name in read_lines(NAMES)}

    assert [name for name in names_now() if alias_key(name) not in noted] == [], "run `make publish`"


def test_every_name_ever_published_leads_to_its_number(client, db):
    lost = []
    for name, numbers in read_lines(NAMES).items():
        response = client.get(name, headers={"Accept": "application/json"})
        if response.status_code == 300:
            choices = {f"{choice['number']:03d}" for choice in response.json()["results"]}
        else:
            choices = {response.headers.get("Location", "").removeprefix("/")}
        if not set(numbers) <= choices:
            lost.append((name, numbers, choices))

    assert lost == []


def test_every_id_of_a_heading_is_noted(answer_at, db):
    noted = read_lines(HEADING_IDS)

    new = {path: headings_now(answer_at(path)) - set(noted.get(path, [])) for path in PAGES_WITH_HEADINGS}

    assert {path: ids for path, ids in new.items() if ids} == {}, "run `make publish`"


def test_every_id_of_a_heading_ever_published_is_there(answer_at):
    lost = {
        path: [each for each in ids if f'id="{each}"' not in answer_at(path).content.decode()]
        for path, ids in read_lines(HEADING_IDS).items()
    }

    assert {path: ids for path, ids in lost.items() if ids} == {}
