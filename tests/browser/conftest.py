from functools import partial

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def site(site):
    """The served site, with a curator."""
    site.manage(
        "createsuperuser",
        "--no-input",
        "--username=curator",
        "--email=",
        DJANGO_SUPERUSER_PASSWORD="a long password",
    )
    return site


@pytest.fixture(scope="session")
def launch_chromium():
    with sync_playwright() as playwright:
        yield partial(playwright.chromium.launch, executable_path="/usr/bin/chromium", args=CHROMIUM)


@pytest.fixture(scope="session")
def chromium(launch_chromium):
    browser = launch_chromium()
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium, site):
    """Open an address of the site; whatever the console says there is an error (a refused script, a missing file)."""
    complaints, contexts = [], []

    def open_page(path, *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints
