"""Signing in at a real OpenID provider, in a real Chromium: who gets in, with which role, and who does not."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dashboard import registry, texts
from tests.e2e.conftest import LONGEST_WAIT, drawn
from tests.e2e.dashboard_server import free_port, running_dashboard
from tests.e2e.openid_provider import CLIENT_ID, CLIENT_SECRET, Account, Provider, running_provider

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONGEST_WAIT)

ROLES = """
[contact]
naam = "de databeheerder"
e_mail = "data@voorbeeld.be"

[[persoon]]
e_mail = "An.Peeters@voorbeeld.be"
rollen = ["spoc"]
scholengroepen = ["1"]

[[persoon]]
e_mail = "bo@voorbeeld.be"
rollen = ["spoc"]
scholengroepen = ["2"]

[[groep]]
waarde = "groep-data"
rollen = ["databeheerder"]
"""
AN = Account("An", {"email": "an.peeters@Voorbeeld.be "})
BO = Account("Bo", {"email": "bo@voorbeeld.be"})
DIRK = Account("Dirk", {"email": "dirk@voorbeeld.be", "groups": ["groep-iedereen", "groep-data"]})
ZOE = Account("Zoe", {"email": "zoe@voorbeeld.be", "groups": ["groep-iedereen"]})

#: What a token can say that it should not; each belongs to An, who has a role.
MISCHIEF: dict[str, dict[str, Any]] = {
    "wrong audience": {"aud": "een-andere-toepassing"},
    "wrong audience, issued to us": {"aud": "een-andere-toepassing", "azp": CLIENT_ID},
    "issued to another": {"aud": [CLIENT_ID, "een-andere-toepassing"], "azp": "een-andere-toepassing"},
    "wrong issuer": {"iss": "http://127.0.0.1:1"},
    "signed with another key": {"key": "foreign"},
    "not signed": {"alg": "none"},
    "expired": {"iat": 1_700_000_000, "exp": 1_700_003_600},
    "without an end": {"exp": None},
    "another nonce": {"nonce": "van-een-ander"},
    "address not verified": {"email_verified": False},
}

COOKIE_SECRET = "enkel-voor-deze-test-en-lang-genoeg-0123456789"
SCHOOLS_OF_AN = ("De Meander", "Basisschool De Acacia", "Basisschool De Berk", "Atheneum De Ceder")
SCHOOLS_OF_BO = ("Zonnewijzer", "Atheneum De Den", "Basisschool De Esdoorn", "Basisschool De Fijnspar")

NewContext = Callable[[], BrowserContext]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        for account in (AN, BO, DIRK, ZOE):
            running.add(account)
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the configuration and the log of the dashboard are."""
    return tmp_path_factory.mktemp("aanmelden")


@pytest.fixture(scope="module")
def dashboard(demo_data: Path, provider: Provider, folder: Path) -> Iterator[str]:
    (folder / "toegang.toml").write_text(ROLES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STERRENWACHT_TOEGANG", str(folder / "toegang.toml"))
        with running_dashboard(demo_data, folder / "log.txt", _secrets(folder, provider)) as address:
            yield address


def _secrets(folder: Path, provider: Provider) -> Path:
    path = folder / "secrets.toml"
    path.write_text(
        f"""
        [auth]
        redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
        cookie_secret = "{COOKIE_SECRET}"
        client_id = "{CLIENT_ID}"
        client_secret = "{CLIENT_SECRET}"
        server_metadata_url = "{provider.address}/.well-known/openid-configuration"
        """,
        encoding="utf-8",
    )
    return path


def _new_context(chromium: Browser) -> BrowserContext:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nl-BE")
    context.set_default_timeout(LONGEST_WAIT)
    return context


@pytest.fixture(scope="module", autouse=True)
def brief(dashboard: str, chromium: Browser, provider: Provider) -> Iterator[tuple[Page, float]]:
    """A page of An with a token that lasts a minute, and when it is over: it ends while the other tests run."""
    account = provider.add(Account("Kort", AN.claims, lasts=60))
    context = _new_context(chromium)
    page = _sign_in(_open(context, f"{dashboard}/methode"), account, "/methode")
    end = time.monotonic() + 61
    expect(page.get_by_text("Aangemeld: an.peeters@voorbeeld.be")).to_be_visible()
    yield page, end
    context.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[NewContext]:
    """Give browsers that know nothing of each other; none of them may have asked anything outside this machine."""
    opened: list[BrowserContext] = []
    asked: list[str] = []

    def fresh() -> BrowserContext:
        opened.append(_new_context(chromium))
        opened[-1].on("request", lambda request: asked.append(request.url))
        return opened[-1]

    yield fresh
    for context in opened:
        context.close()
    assert {urlsplit(url).hostname for url in asked if urlsplit(url).scheme not in ("data", "blob")} == {"127.0.0.1"}


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return drawn(page)


def _sign_in(page: Page, account: Account, ends_at: str = "/") -> Page:
    """Sign in as somebody; who gets in ends at the link that was asked for."""
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("link", name=account.name, exact=True).click()
    page.wait_for_url(re.compile(rf"^http://127\.0\.0\.1:\d+{re.escape(ends_at)}"))
    return drawn(page)


def _links(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar").get_by_test_id("stPageLink").locator("p")


def _violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG and its best practices, with the element."""
    response = Axe().run(page).response
    assert response["passes"], "axe must have looked at a page"
    return [f"{item['id']}: {node['html'][:200]}" for item in response["violations"] for node in item["nodes"]]


def _shows_nothing(page: Page) -> None:
    """Nobody is signed in: no page, no figure, no table, no name of a school."""
    expect(page.get_by_role("button", name="Aanmelden")).to_be_visible()
    assert page.get_by_test_id("stPageLink").count() == 0
    text = page.locator("body").inner_text()
    assert "Aangemeld" not in text
    assert "Acacia" not in text
    assert "Gegevensversie" not in text
    for entry in registry.ENTRIES:
        assert entry.decision not in text


def test_nobody_sees_more_than_a_button_and_a_link_survives_signing_in(dashboard: str, browser: NewContext) -> None:
    page = _open(browser(), f"{dashboard}/noden?onderwijsniveau=BaO")
    _shows_nothing(page)
    expect(page.get_by_text(texts.SIGN_IN)).to_be_visible()
    assert _violations(page) == []
    _sign_in(page, AN, "/noden?onderwijsniveau=BaO")
    expect(page.get_by_role("heading", name="Noden", exact=True)).to_be_visible()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text("Aangemeld: an.peeters@voorbeeld.be")).to_be_visible()
    expect(sidebar.get_by_text("Rol: SPOC (scholengroep 1)")).to_be_visible()


def test_a_role_of_the_demo_in_the_address_gives_nothing(dashboard: str, browser: NewContext) -> None:
    context = browser()
    _shows_nothing(_open(context, f"{dashboard}/?rol=hr"))
    page = _sign_in(_open(context, dashboard), AN)
    page = _open(context, f"{dashboard}/leveringen?rol=databeheerder")
    expect(page.get_by_text("De pagina Leveringen is er voor: Databeheerder")).to_be_visible()


def test_a_role_comes_from_a_group_claim_and_gives_only_its_pages(dashboard: str, browser: NewContext) -> None:
    context = browser()
    page = _sign_in(_open(context, dashboard), DIRK)
    expect(page.get_by_text("Rol: Databeheerder")).to_be_visible()
    expect(_links(page)).to_have_text(["Start", "Methode", "Leveringen", "Datakwaliteit", "Definities"])
    page = _open(context, f"{dashboard}/noden")
    refusal = page.get_by_text("De pagina Noden is er voor: Hoofdadviseur, SPOC, Management, POC+.")
    expect(refusal).to_contain_text("Vraag toegang aan de databeheerder (data@voorbeeld.be).")
    assert page.locator('[data-testid="stMetricValue"], [data-testid="stDataFrame"]').count() == 0
    assert "Acacia" not in page.locator("body").inner_text()


def test_an_unknown_user_reads_whom_to_ask_and_can_sign_out(dashboard: str, browser: NewContext) -> None:
    page = _sign_in(_open(browser(), f"{dashboard}/bereik"), ZOE)
    expect(page.get_by_text("Aangemeld als zoe@voorbeeld.be, maar zonder rol")).to_be_visible()
    expect(page.get_by_text("Vraag toegang aan de databeheerder (data@voorbeeld.be).")).to_be_visible()
    assert page.get_by_test_id("stPageLink").count() == 0
    assert _violations(page) == []
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_text(texts.SIGN_IN)).to_be_visible()


@pytest.mark.parametrize("what", MISCHIEF)
def test_a_token_that_is_not_right_opens_nothing(
    dashboard: str, browser: NewContext, provider: Provider, what: str
) -> None:
    bad = provider.add(Account(f"An, {what}", AN.claims, MISCHIEF[what]))
    page = _sign_in(_open(browser(), dashboard), bad)
    if what == "address not verified":
        expect(page.get_by_text("Aangemeld zonder e-mailadres, maar zonder rol")).to_be_visible()
        assert page.get_by_test_id("stPageLink").count() == 0
    else:
        _shows_nothing(page)


def test_an_answer_of_the_provider_that_was_not_asked_for_opens_nothing(
    dashboard: str, browser: NewContext, provider: Provider
) -> None:
    page = _open(browser(), dashboard)
    page.get_by_role("button", name="Aanmelden").click()
    answer = page.get_by_role("link", name="An", exact=True).get_attribute("href")
    # The right code with another state, and the right answer in a browser that never asked for it.
    _shows_nothing(_open(page.context, str(answer).replace("state=", "state=X")))
    _shows_nothing(_open(browser(), str(answer)))


def test_signing_out_ends_every_tab_the_provider_and_a_copied_cookie(
    dashboard: str, browser: NewContext, provider: Provider
) -> None:
    context = browser()
    page = _sign_in(_open(context, dashboard), AN)
    other_tab = _open(context, f"{dashboard}/methode")
    copied = context.cookies()
    assert any(cookie["name"].startswith("_streamlit_user") for cookie in copied)
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("button", name="Aanmelden").wait_for()
    _shows_nothing(drawn(page))
    assert len(provider.signed_out[-1].split(".")) == 3, "the provider was told who signs out"
    assert not any(cookie["name"].startswith("_streamlit_user") for cookie in context.cookies())
    other_tab.get_by_test_id("stSidebar").get_by_role("link", name="Noden").click()
    other_tab.get_by_role("button", name="Aanmelden").wait_for()
    _shows_nothing(drawn(other_tab))
    thief = browser()
    thief.add_cookies(copied)
    _shows_nothing(_open(thief, dashboard))


def test_a_cookie_that_was_changed_opens_nothing(dashboard: str, browser: NewContext) -> None:
    context = browser()
    _sign_in(_open(context, dashboard), AN)
    cookies = context.cookies()
    (signed,) = [cookie for cookie in cookies if cookie["name"] == "_streamlit_user"]
    context.close()
    for changed in (_with_another_address(signed["value"]), signed["value"][:-2] + "AA", json.dumps({"email": "x"})):
        other = browser()
        other.add_cookies([{**cookie, "value": changed} if cookie is signed else cookie for cookie in cookies])
        _shows_nothing(_open(other, dashboard))


def _with_another_address(value: str) -> str:
    """Return the signed cookie with one letter of its content changed, and its signature as it was."""
    middle = len(value) // 2
    return value[:middle] + ("A" if value[middle] != "A" else "B") + value[middle + 1 :]


def test_the_log_holds_no_secret_no_token_and_nobodys_address(
    dashboard: str, browser: NewContext, provider: Provider, folder: Path
) -> None:
    bad = provider.add(Account("An, for the log", AN.claims, {"key": "foreign"}))
    _shows_nothing(_sign_in(_open(browser(), dashboard), bad))
    page = _sign_in(_open(browser(), dashboard), AN)
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("button", name="Aanmelden").wait_for()
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert "OAuth token exchange failed" in log, "what went wrong is told"
    told = [text for text in (CLIENT_SECRET, COOKIE_SECRET, "eyJ", "peeters@", "sub-An") if text in log]
    assert told == []


def test_two_browsers_with_two_roles_at_once_receive_their_own(dashboard: str, browser: NewContext) -> None:
    an, bo = browser(), browser()
    _sign_in(_open(an, dashboard), AN)
    _sign_in(_open(bo, dashboard), BO)
    # The second asks for what was just made for the first, and then the other way round.
    for key, first, second in (("noden", an, bo), ("doorlichtingen", bo, an), ("start", an, bo)):
        for context in (first, second):
            own, other = (SCHOOLS_OF_AN, SCHOOLS_OF_BO) if context is an else (SCHOOLS_OF_BO, SCHOOLS_OF_AN)
            received = _received(context, f"{dashboard}/{key}")
            assert any(name.encode() in received for name in own), key
            assert [name for name in other if name.encode() in received] == [], key


def _received(context: BrowserContext, address: str) -> bytes:
    """Return every byte that the server sent to a page, drawn or not."""
    frames: list[bytes] = []

    def keep(payload: str | bytes) -> None:
        frames.append(payload.encode() if isinstance(payload, str) else payload)

    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.goto(address)
    drawn(page)
    page.close()
    return b"".join(frames)


def test_a_session_ends_when_its_token_does(brief: tuple[Page, float]) -> None:
    page, end = brief
    time.sleep(max(0.0, end - time.monotonic()))
    page.get_by_test_id("stSidebar").get_by_role("link", name="Bereik").click()
    expect(page.get_by_text(texts.SESSION_ENDED)).to_be_visible()
    _shows_nothing(drawn(page))
    page.reload()
    _shows_nothing(drawn(page))


def test_a_restart_forgets_nobody_who_signed_out_and_a_provider_that_is_gone_is_told_in_dutch(
    demo_data: Path, browser: NewContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "toegang.toml").write_text(ROLES, encoding="utf-8")
    monkeypatch.setenv("STERRENWACHT_TOEGANG", str(tmp_path / "toegang.toml"))
    an, bo, thief, port = browser(), browser(), browser(), free_port()
    with running_provider() as goes:
        secrets = _secrets(tmp_path, goes)
        for account in (AN, BO):
            goes.add(account)
        with running_dashboard(demo_data, tmp_path / "log.txt", secrets, port=port) as address:
            page = _sign_in(_open(an, address), AN)
            _sign_in(_open(bo, address), BO)
            thief.add_cookies(an.cookies())
            expect(_open(thief, address).get_by_text("Aangemeld: an.peeters@voorbeeld.be")).to_be_visible()
            page.get_by_role("button", name="Afmelden").click()
            page.get_by_role("button", name="Aanmelden").wait_for()
    with running_dashboard(demo_data, tmp_path / "log.txt", secrets, port=port) as address:
        expect(_open(bo, address).get_by_text("Aangemeld: bo@voorbeeld.be")).to_be_visible()
        page = _open(thief, address)
        _shows_nothing(page)
        with page.expect_response(re.compile("/auth/login")) as answer:
            page.get_by_role("button", name="Aanmelden").click()
        assert answer.value.status == 503
        assert "default-src 'none'" in answer.value.headers["content-security-policy"]
        expect(page.get_by_text("Aanmelden lukt nu niet")).to_be_visible()
        expect(page.get_by_text("meld het dan aan de databeheerder (data@voorbeeld.be)")).to_be_visible()
        assert _violations(page) == []
        page.get_by_role("link", name="Opnieuw proberen").click()
        _shows_nothing(drawn(page))
