"""The list of public addresses, against the site that it lists."""

import pytest

from codes.models import StatusCode
from codes.publishing import addresses


def test_every_address_answers(answer_at, db):
    # The unassigned numbers are all one page; the first and the last of them speak for the rest.
    known = set(StatusCode.objects.numbers())
    unassigned = {f"/{number}" for number in range(100, 600) if number not in known} - {"/105", "/599"}

    listed = [path for path in addresses.every() if path.split(".")[0] not in unassigned]

    assert [path for path in listed if answer_at(path).status_code != 200] == []


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/404", "/404.json", "/404.md", "/427", "/000", "/499/nginx", "/499/nginx.txt", "/403/iis/14"),
        *(
            "/codes.csv",
            "/rfcs/9110.json",
            "/headers",
            "/404.png",
            "/427.png",
            "/card.png",
            "/schema.json",
            "/openapi.json",
            "/compare",
            "/compare/404,410",
            "/choose",
            "/choose/conflict",
        ),
    ],
)
def test_an_address_is_in_the_list(db, path):
    assert path in set(addresses.every())


def test_no_address_is_in_the_list_twice(db):
    paths = list(addresses.every())

    assert len(paths) == len(set(paths))


def test_a_number_that_has_no_page_is_not_in_the_list(db):
    assert not {"/777", "/777.json", "/777.png", "/009"} & set(addresses.every())
