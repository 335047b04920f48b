"""Who opens which page, without a browser: every role, every page, signed in and in the demo."""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import registry, sign_in, texts
from tests.dashboard.small_warehouse import publish
from tests.pages.conftest import APP
from warehouse import roles

REAL = "update meta.versie set is_demo = false"
AUTH = {
    "redirect_uri": "https://dashboard.voorbeeld.be/oauth2callback",
    "cookie_secret": "enkel-voor-deze-test-en-lang-genoeg-0123456789",
    "client_id": "sterrenwacht",
    "client_secret": "geheim",
    "server_metadata_url": "https://aanmelden.voorbeeld.be/.well-known/openid-configuration",
}
INSTITUTIONS = ["noden", "instelling", "leerresultaten", "doorlichtingen"]
NETWORK = ["bereik", "edbi"]
#: The pages of each role, beside those for everybody.
PAGES = {
    "hoofdadviseur": [*INSTITUTIONS, *NETWORK, "werkdruk", "medewerkers"],
    "spoc": [*INSTITUTIONS, *NETWORK],
    "management": [*INSTITUTIONS, *NETWORK, "werkdruk"],
    "hr": ["werkdruk", "medewerkers"],
    "databeheerder": ["leveringen", "datakwaliteit"],
    "poc": [*INSTITUTIONS, "bereik"],
    "toezicht": ["toegangslog"],
}
#: Who leads somebody in the small HR file.
LEADERS = ["an@go.example", "leen@go.example"]
EVERYBODY = ["start", "methode", "definities"]
KEYS = [entry.key for entry in registry.ENTRIES]
ALLOWED = [(role, key) for role, pages in PAGES.items() for key in KEYS if key in [*EVERYBODY, *pages]]
REFUSED = [(role, key) for role, pages in PAGES.items() for key in KEYS if key not in [*EVERYBODY, *pages]]

Opened = Callable[..., AppTest]


def _claims(**more: Any) -> dict[str, Any]:
    now = int(time.time())
    own = {"is_logged_in": True, "provider": "default", "iss": "https://aanmelden.voorbeeld.be", "sub": "s-1"}
    return own | {"aud": "sterrenwacht", "iat": now, "exp": now + 3600, "nonce": "n", **more}


@pytest.fixture
def signed_in(data_dir: Path) -> Opened:
    """Open a page as somebody with these claims, on real data: signed_in('noden', email='an@voorbeeld.be')."""
    publish(data_dir, version=2, extra=REAL)
    people = "".join(
        f'[[persoon]]\ne_mail = "{role}@voorbeeld.be"\nrollen = ["{role}"]\n'
        + ('scholengroepen = ["1"]\n' if role == "spoc" else "")
        for role in roles.NAMES
    )
    contact = '[contact]\nnaam = "An van de data"\n'
    group = '[[groep]]\nwaarde = "groep-hr"\nrollen = ["hr"]\n'
    (data_dir / "toegang.toml").write_text(contact + people + group, encoding="utf-8")

    def opened(key: str = "start", auth: dict[str, Any] = AUTH, **claims: Any) -> AppTest:
        at = AppTest.from_file(APP, default_timeout=30)
        at.secrets["auth"] = auth
        at.user = _claims(**claims)
        at.run()
        if key != "start":
            at.switch_page(f"pages/{key}.py").run()
        assert not at.exception
        return at

    return opened


def _shows_nothing(at: AppTest) -> None:
    """There is no page: no figures, no filters, no links."""
    assert not at.dataframe
    assert not at.metric
    assert not at.selectbox
    assert not at.sidebar.children
    shown = [item.value for item in at.markdown]
    assert not [entry.key for entry in registry.ENTRIES if entry.decision in shown]


def _links(at: AppTest) -> list[str]:
    return [item.proto.label for item in at.sidebar.get("page_link")]


@pytest.mark.parametrize(("role", "key"), ALLOWED)
def test_a_role_opens_its_pages(signed_in, role, key):
    at = signed_in(key, email=f"{role}@voorbeeld.be")
    assert not at.error
    assert [item.value for item in at.title] == [registry.entry(key).title]
    assert registry.entry(key).decision in [item.value for item in at.markdown]
    assert not at.warning, "real data carry no banner"
    titles = [entry.title for entry in registry.ENTRIES if (role, entry.key) in ALLOWED]
    assert _links(at) == titles


@pytest.mark.parametrize(("role", "key"), REFUSED)
def test_a_page_of_others_gives_a_sentence_and_no_data(signed_in, role, key):
    at = signed_in(key, email=f"{role}@voorbeeld.be")
    assert [item.value for item in at.title] == [registry.entry(key).title]
    allowed = roles.names(other for other in roles.NAMES if (other, key) in ALLOWED)
    title = registry.entry(key).title
    assert [item.value for item in at.info] == [
        f"De pagina {title} is er voor: {allowed}. Vraag toegang aan An van de data."
    ]
    assert not at.main.get("dataframe")
    assert not at.metric
    assert not at.main.selectbox
    assert [item.value for item in at.main.markdown if not item.value.startswith("<")] == []


def test_who_is_signed_in_stands_in_the_sidebar_with_the_way_out(signed_in):
    at = signed_in(email=" SPOC@voorbeeld.be")
    said = "\n".join(item.value for item in at.sidebar.markdown)
    assert r"Aangemeld: spoc@voorbeeld\.be" in said
    assert r"Rol: SPOC \(scholengroep 1\)" in said
    assert [button.label for button in at.sidebar.button] == ["Afmelden"]


def test_a_spoc_of_a_scholengroep_that_the_data_do_not_hold_is_told(signed_in, data_dir):
    path = data_dir / "toegang.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('["1"]', '["1", "77"]'), encoding="utf-8")
    at = signed_in(email="spoc@voorbeeld.be")
    assert [item.value for item in at.sidebar.warning] == [
        "Scholengroep 77 staat niet in de gegevens. Laat de rol nakijken door An van de data."
    ]


def test_roles_of_a_group_and_of_a_person_come_together(signed_in):
    both = _links(signed_in(email="databeheerder@voorbeeld.be", groups=["groep-hr"]))
    assert {"Werkdruk en HR", "Leveringen"} <= set(both)
    assert _links(signed_in(groups="groep-hr")) == [
        title for title in both if title not in ("Leveringen", "Datakwaliteit")
    ]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "onbekend@voorbeeld.be"},
        {"groups": ["groep-andere"]},
        {"email": "hr@voorbeeld.be", "email_verified": False},
        {"email": ["hr@voorbeeld.be"]},
        {},
    ],
)
def test_somebody_without_a_role_reads_whom_to_ask(signed_in, claims):
    at = signed_in("noden", **claims)
    _shows_nothing(at)
    assert "zonder rol in dit dashboard. Vraag toegang aan An van de data." in at.info[0].value
    assert [button.label for button in at.button] == ["Afmelden"]


@pytest.mark.parametrize(
    "claims",
    [
        {"is_logged_in": False},
        {"is_logged_in": "ja"},
        {"aud": "een-andere-toepassing"},
        {"aud": "een-andere-toepassing", "azp": "sterrenwacht"},
        {"aud": ["sterrenwacht", "een-andere-toepassing"], "azp": "een-andere-toepassing"},
        {"aud": None},
        {"sub": ""},
        {"provider": "een-andere"},
        {"provider": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": "vandaag"},
        {"iat": 1_700_000_000},
    ],
)
def test_claims_that_are_not_right_are_nobody(signed_in, claims):
    at = signed_in("noden", **{"email": "hoofdadviseur@voorbeeld.be", **claims})
    _shows_nothing(at)
    assert [button.label for button in at.button] == ["Aanmelden"]


def test_a_session_that_is_over_says_so(signed_in):
    at = signed_in(email="hr@voorbeeld.be", exp=time.time() - 1)
    assert texts.SESSION_ENDED in [item.value for item in at.markdown]


def test_a_session_lasts_as_long_as_the_file_says(signed_in, data_dir):
    path = data_dir / "toegang.toml"
    path.write_text("[aanmelden]\nuren = 2\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    hour = 3600
    now = time.time()
    assert _links(signed_in(email="hr@voorbeeld.be", iat=now - 1.9 * hour, exp=now - hour))
    assert not _links(signed_in(email="hr@voorbeeld.be", iat=now - 2.1 * hour, exp=now + hour))


def test_without_that_it_lasts_as_long_as_the_token_and_eight_hours_at_most(signed_in):
    now, hour = time.time(), 3600
    assert _links(signed_in(email="hr@voorbeeld.be", iat=now - 7.9 * hour, exp=now + hour))
    assert not _links(signed_in(email="hr@voorbeeld.be", iat=now - 8.1 * hour, exp=now + hour))


def test_who_signed_out_stays_out_with_the_same_claims(signed_in):
    at = signed_in(email="hr@voorbeeld.be", nonce="eerste")
    again = dict(at.user)
    at.button(key="afmelden").click().run()
    assert not _links(signed_in(**again))
    assert _links(signed_in(**{**again, "nonce": "tweede"}))


def test_a_right_that_was_taken_away_is_gone_at_the_next_rerun(signed_in, data_dir):
    at = signed_in("werkdruk", email="hr@voorbeeld.be")
    assert at.title[0].value == "Werkdruk en HR"
    (data_dir / "toegang.toml").write_text("# niemand", encoding="utf-8")
    at.run()
    _shows_nothing(at)


def test_a_mistake_in_the_file_with_the_roles_lets_nobody_in(signed_in, data_dir, caplog):
    (data_dir / "toegang.toml").write_text('[[persoon]]\ne_mail = "hr@voorbeeld.be"\nrollen = ["baas"]', "utf-8")
    at = signed_in(email="hr@voorbeeld.be")
    _shows_nothing(at)
    assert "niemand toegang" in at.info[0].value
    assert "persoon 1: „baas” is geen rol" in caplog.text
    assert "hr@voorbeeld.be" not in caplog.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"redirect_uri": "http://dashboard.voorbeeld.be/oauth2callback"}, "auth: redirect_uri is het adres"),
        ({"redirect_uri": "https://dashboard.voorbeeld.be/"}, "auth: redirect_uri is het adres"),
        ({"cookie_secret": "kort"}, "auth: cookie_secret is een willekeurige tekst van minstens 32 tekens"),
        ({"client_secret": ""}, "auth: client_secret ontbreekt"),
        ({"server_metadata_url": "http://aanmelden.voorbeeld.be/"}, "auth: server_metadata_url begint met https"),
        (
            {"server_metadata_url": "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"},
            "auth: noem in server_metadata_url de eigen tenant",
        ),
        ({"micro_soft": AUTH}, "auth.micro_soft: een naam zonder liggend streepje"),
    ],
)
def test_signing_in_that_is_not_well_configured_lets_nobody_in(signed_in, change, sentence):
    at = signed_in(auth=AUTH | change, email="hr@voorbeeld.be")
    _shows_nothing(at)
    assert sentence in at.info[0].value
    assert AUTH["cookie_secret"] not in at.info[0].value


def test_an_empty_section_is_a_mistake_and_no_demo(signed_in):
    _shows_nothing(signed_in(auth={}))


def test_every_provider_has_its_own_button(signed_in):
    own = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    shared = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    at = signed_in(auth=shared | {"microsoft": own, "keycloak": own}, is_logged_in=False)
    assert [button.label for button in at.button] == ["Aanmelden met microsoft", "Aanmelden met keycloak"]


def test_a_secrets_file_that_cannot_be_read_lets_nobody_in(data_dir, tmp_path, monkeypatch):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth", encoding="utf-8")
    with _option("secrets.files", [str(broken)]):
        at = AppTest.from_file(APP, default_timeout=30).run()
    _shows_nothing(at)
    assert "secrets.toml is niet leesbaar" in at.info[0].value


@pytest.mark.parametrize("role", roles.NAMES)
def test_the_demo_shows_each_role_as_it_is(open_page, role):
    at = open_page("start", rol=role)
    assert _links(at) == [entry.title for entry in registry.ENTRIES if (role, entry.key) in ALLOWED]
    assert at.sidebar.selectbox(key="demo.rol").value == role


def test_the_demo_begins_with_all_roles_and_a_choice_goes_along(open_page):
    at = open_page("start")
    assert _links(at) == [entry.title for entry in registry.ENTRIES]
    at.sidebar.selectbox(key="demo.rol").set_value("spoc").run()
    assert at.query_params["rol"] == "spoc"
    assert at.sidebar.selectbox(key="demo.rol_voor").options == ["1 · Het Noorderlicht", "12 · De Zuidster"]
    at.sidebar.selectbox(key="demo.rol_voor").set_value("12").run()
    assert (at.query_params["rol"], at.query_params["rol_voor"]) == ("spoc", "12")
    at.query_params.clear()
    at.switch_page("pages/noden.py").run()
    assert at.sidebar.selectbox(key="demo.rol_voor").value == "12"
    at.sidebar.selectbox(key="demo.rol").set_value("alle").run()
    assert "rol_voor" not in at.query_params
    assert at.query_params.get("rol", "alle") == "alle"


def test_in_the_demo_a_hoofdadviseur_is_one_of_those_who_lead_somebody(open_page):
    at = open_page("start", rol="hoofdadviseur")
    choice = at.sidebar.selectbox(key="demo.rol_voor")
    assert choice.label == "Wie is deze hoofdadviseur?"
    assert choice.options == LEADERS
    choice.set_value(LEADERS[-1]).run()
    assert at.query_params["rol_voor"] == LEADERS[-1]


@pytest.mark.parametrize("asked", [{"rol": "baas"}, {"rol": "spoc", "rol_voor": "99"}, {"rol": "hr", "rol_voor": "1"}])
def test_a_role_that_the_demo_does_not_have_is_not_kept_in_the_address(open_page, asked):
    at = open_page("start", **asked)
    assert "baas" not in at.query_params.get("rol", "")
    assert "rol_voor" not in at.query_params


@contextlib.contextmanager
def _option(name: str, value: Any) -> Iterator[None]:
    """Have the server started with another option."""
    before = st.config.get_option(name)
    st.config.set_option(name, value)
    try:
        yield
    finally:
        st.config.set_option(name, before)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "dashboard.voorbeeld.be", ""])
def test_real_data_do_not_open_without_signing_in_where_others_can_reach_them(data_dir, address):
    publish(data_dir, version=2, extra=REAL)
    with _option("server.address", address):
        at = AppTest.from_file(APP, default_timeout=30).run()
    _shows_nothing(at)
    assert [item.value for item in at.info] == [texts.NO_DEMO_HERE]


def test_nor_does_a_folder_without_data_that_may_become_real(data_dir):
    (data_dir / "warehouse" / "huidig").unlink()
    with _option("server.address", "0.0.0.0"):
        at = AppTest.from_file(APP, default_timeout=30).run()
    _shows_nothing(at)
    assert [item.value for item in at.info] == [texts.NO_DEMO_HERE]


def test_invented_data_open_for_others_but_nobody_loads_a_delivery_there(data_dir):
    with _option("server.address", "0.0.0.0"):
        at = AppTest.from_file(APP, default_timeout=30).run()
        assert at.title[0].value == "Start"
        at.switch_page("pages/leveringen.py").run()
    assert [item.value for item in at.main.info] == [texts.NO_DELIVERIES_HERE]


@pytest.mark.parametrize("key", KEYS)
def test_a_page_run_by_itself_shows_nothing(data_dir, key):
    at = AppTest.from_file(registry.PAGES_FOLDER / f"{key}.py", default_timeout=30)
    at.session_state["restarted_through_app"] = True
    at.run()
    assert [item.value for item in at.error] == [texts.NOT_BY_ITSELF]
    assert not at.title
    assert not at.dataframe


def test_times_of_a_session_are_those_of_the_token():
    assert sign_in.LONGEST_HOURS == 8
    assert st.config.get_option("server.address") == "127.0.0.1", "the configuration listens on this machine only"


@pytest.mark.parametrize("key", ["noden", "bereik", "doorlichtingen", "leerresultaten", "start"])
def test_a_spoc_chooses_among_the_own_scholengroepen_and_never_a_mix_with_the_network(open_page, key):
    at = open_page(key, rol="spoc", rol_voor="1", scholengroep="alle")
    box = at.selectbox(key=f"{key}.scholengroep")
    assert (box.value, box.options) == ("1", ["1 · Het Noorderlicht"])
    assert "„alle”" in at.warning[-1].value


def test_who_sees_all_instellingen_begins_with_all_of_them(open_page):
    assert open_page("bereik", rol="management").selectbox(key="bereik.scholengroep").value == "alle"
    assert "start.scholengroep" not in [box.key for box in open_page("start", rol="management").selectbox]


def test_who_sees_one_niveau_has_no_total_over_all_of_them_to_choose(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.instelling_jaar set onderwijsniveau = 'CLB'")
    at = open_page("bereik", rol="poc")
    assert at.selectbox(key="bereik.onderwijsniveau").options == ["CLB"]
    at = open_page("start", rol="poc")
    assert at.selectbox(key="start.onderwijsniveau").options == ["CLB"]
    assert ":small[Enkel over CLB.]" in [item.value for item in at.markdown]


@pytest.mark.parametrize("role", roles.NAMES)
def test_how_sure_the_list_is_reads_the_same_for_every_role(open_page, role):
    def told(at):
        return [(metric.label, metric.value) for metric in at.metric]

    assert told(open_page("methode", rol=role)) == told(open_page("methode"))


def test_the_state_of_the_data_links_only_where_the_reader_may_go(open_page):
    def told(at):
        return " ".join(item.value for item in at.markdown if "gegevens:" in item.value)

    assert "](/datakwaliteit?" in told(open_page("bereik"))
    shown = told(open_page("bereik", rol="management"))
    assert "gegevens: " in shown
    assert "datakwaliteit" not in shown
