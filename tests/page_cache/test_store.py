"""The store of cached pages."""

import fcntl
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from statusdocs.page_cache.queries import Query
from statusdocs.page_cache.store import Store

QUERY, OTHER_QUERY = Query("SELECT %s", "[404]"), Query("SELECT 1", "null")


def put(store, path, page):
    store.put(path, page, {QUERY: "Not Found"})


def test_what_is_put_comes_out_the_same_for_another_process(store, tmp_path, make_page):
    put(store, "/404", make_page("Not Found. " * 50))

    with Store(tmp_path, "release") as other:
        assert other.page("/404") == make_page("Not Found. " * 50)
        assert other.page("/405") is None


def test_who_opens_the_store_waits_while_another_one_makes_it(tmp_path, monkeypatch):
    making = threading.Lock()

    class Connection(sqlite3.Connection):
        def executescript(self, script):
            assert making.acquire(blocking=False), "SQLite would perhaps say: database is locked"
            time.sleep(0.1)
            super().executescript(script)
            making.release()

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
    with ThreadPoolExecutor() as openers:
        for store in openers.map(lambda _: Store(tmp_path, "release"), range(3)):
            store.connection.close()


def test_who_reads_is_told_once_that_something_changed_and_only_what(store, tmp_path, make_page):
    put(store, "/404", make_page("Not Found"))
    with Store(tmp_path, "release") as reader:
        assert reader.has_changed()
        ((version, path, _),) = reader.changes_since(0)
        assert path == "/404"
        assert not reader.has_changed()

        store.remove("/404")
        put(store, "/410", make_page("Gone"))

        assert reader.has_changed()
        assert [(path, page is None) for _, path, page in reader.changes_since(version)] == [
            ("/404", True),
            ("/410", False),
        ]


def test_a_page_that_is_still_right_is_not_read_again(store, make_page):
    put(store, "/404", make_page("Not Found"))
    ((version, *_),) = store.changes_since(0)
    store.advance("two", {QUERY: "Found"}, ["/404"])
    assert store.entries()["/404"].outdated

    store.confirm("/404", 9, {QUERY: "Found", OTHER_QUERY: "1"})

    assert list(store.changes_since(version)) == []
    assert store.entries() == {"/404": (9, {QUERY, OTHER_QUERY}, False)}
    assert store.state() == "two"


def test_a_query_that_no_page_is_rendered_from_is_forgotten_with_its_answer(store, make_page):
    put(store, "/404", make_page("Not Found"))
    store.confirm("/404", 9, {OTHER_QUERY: "1"})
    assert store.answers() == {QUERY: "Not Found", OTHER_QUERY: "1"}

    store.advance("two", {OTHER_QUERY: "2", QUERY: None}, [])

    assert store.answers() == {OTHER_QUERY: "2"}


def test_what_fails_half_way_is_not_stored_at_all(store, make_page):
    with pytest.raises(sqlite3.Error):
        store.put("/404", make_page("Not Found"), {QUERY: object()})

    assert store.page("/404") is None
    put(store, "/404", make_page("Not Found"))
    assert store.page("/404") == make_page("Not Found")


def test_every_release_has_a_store_of_its_own_and_the_new_one_removes_the_old(store, tmp_path, make_page):
    put(store, "/404", make_page("Not Found"))

    with Store(tmp_path, "newer") as newer:
        newer.remove_other_releases()

        assert newer.page("/404") is None
        assert newer.path.exists()
        assert {path.name.partition(".")[0] for path in tmp_path.glob("finished-*")} == {"finished-newer"}


# The order in which the file system lists them is not known.
@pytest.mark.parametrize("newest", "abcd")
def test_every_other_release_is_removed_with_all_of_its_files(tmp_path, newest):
    for release in "abcd":
        Store(tmp_path, release).connection.close()
        (tmp_path / f"finished-{release}.sqlite3-wal").touch()
    (tmp_path / "statusdocs.sqlite3").touch()

    with Store(tmp_path, newest) as store:
        store.remove_other_releases()

        kept = {path.name for path in tmp_path.iterdir() if not path.name.startswith(f"finished-{newest}.")}
        assert kept == {"statusdocs.sqlite3"}


def test_the_store_of_a_release_that_runs_is_left_alone(store, tmp_path, make_page):
    put(store, "/404", make_page("Not Found"))

    # As the web process does that keeps the renderer of this release alive.
    with (tmp_path / "finished-release.lock").open("w") as lock, Store(tmp_path, "newer") as newer:
        fcntl.flock(lock, fcntl.LOCK_EX)
        newer.remove_other_releases()

    with Store(tmp_path, "release") as again:
        assert again.page("/404") == make_page("Not Found")
