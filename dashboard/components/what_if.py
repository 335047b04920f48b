"""The panel 'Wat als': other settings for the ranking, what they change, and the way back."""

from dataclasses import dataclass

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.needs_scenario import Scenario
from dashboard import filters
from dashboard.components.blocks import export_context, table_block
from dashboard.figures import noden_scenario as figures
from dashboard.filters import Choice
from dashboard.registry import PageEntry

_DEFAULT_NOTE = "De lijst volgt de standaard. Kies hieronder andere instellingen: enkel dit scherm verandert."
_NOTE = (
    "Het belang van de criteria telt enkel bij gewichten die ervan afhangen. Het adres bewaart de keuze: wie het "
    "doorstuurt, deelt dit beeld."
)
#: On a narrow screen the panel is folded away: the page says where it is.
_WHERE = "Andere gewichten, een andere N, onverwachte nood: in het paneel *Wat als* links, of in het menu."


@dataclass(frozen=True)
class WhatIf:
    """The settings in force, the choice as exports print it, and what the links of this page keep of it.

    `head` is the place in the panel for what they change.
    """

    scenario: Scenario
    choice: Choice
    carried: dict[str, str]
    head: DeltaGenerator

    @property
    def is_default(self) -> bool:
        """Return whether these are the settings of the method."""
        return self.scenario == figures.standard()


def what_if_panel(page: PageEntry, instellingen: int) -> WhatIf:
    """Draw the panel and return the settings in force; `instellingen` is the length of the whole list.

    It stands in the sidebar, so beside the list while that scrolls; a narrow screen folds it with the sidebar. What
    cannot be used (a bad address, own weights that do not add up) falls back to the default with a sentence.
    """
    notices: list[str] = []
    with st.sidebar, st.container(key="wat-als", gap="small"):
        st.markdown("**:material/tune: Wat als**")
        head = st.container()
        chosen = filters.stack(page, *figures.setting_filters(), notices=notices)
        st.markdown(f":small[{figures.order_words(chosen['belang'])}]")
        weights, problem = _own_weights(page, chosen, notices)
        scenario = figures.scenario_of(chosen, weights)
        st.markdown(f":small[{_NOTE}]")
    # On the page, not in the panel, which may be folded away.
    filters.say(notices)
    if problem:
        st.warning(problem, icon=":material/balance:")
    if limit := figures.limit_notice(scenario.top_n, instellingen):
        st.info(limit, icon=":material/done_all:")
    printed = Choice(page, {"rangschikking": "wat-als"}, {"Rangschikking": figures.printed_setting(scenario)})
    return WhatIf(scenario, printed, filters.keep_on_page(*figures.KEYS), head)


def what_if_outcome(page: PageEntry, what_if: WhatIf, ranked: pl.DataFrame) -> None:
    """Say in the panel and above the list what was chosen and what it changes, and offer the way back in one click."""
    if what_if.is_default:
        with what_if.head:
            st.markdown(f":small[{_DEFAULT_NOTE}]")
        st.markdown(f":small[{_WHERE}]")
        return
    with what_if.head:
        st.info(figures.change_headline(ranked, what_if.scenario.top_n))
        _way_back(page, "paneel")
    lines = [
        f"**Wat als: dit is niet de standaardlijst.** Gekozen: {'; '.join(figures.setting_words(what_if.scenario))}.",
        figures.change_sentence(ranked, what_if.scenario.top_n),
    ]
    if what_if.scenario.gewichten == "lexicografisch":
        lines.append(figures.LEXICOGRAPHIC_NOTE)
    words, back = st.columns([4, 1], vertical_alignment="center")
    with words:
        st.info("\n\n".join(lines), icon=":material/tune:")
    with back:
        _way_back(page, "balk")


def what_if_movements(page: PageEntry, what_if: WhatIf, ranked: pl.DataFrame, schooljaar: Choice) -> None:
    """Draw, for settings that differ from the default, who enters, who leaves and whose klasse changes."""
    if what_if.is_default:
        return
    moved = figures.movements(ranked, what_if.scenario.top_n)
    table_block(
        "verschuivingen",
        "Wie komt erbij, wie verdwijnt?",
        figures.movement_table(moved.drop_nulls("instellingsnummer")),
        export_context(page, schooljaar.joined(what_if.choice)),
        figures.SOURCE,
        note=figures.movement_note(moved),
        height=320,
        empty=figures.nobody_moves(),
    )


def _way_back(page: PageEntry, place: str) -> None:
    st.button(
        "Terug naar de standaard",
        icon=":material/restart_alt:",
        key=f"{page.key}.terug-{place}",
        on_click=filters.forget,
        args=(page, *figures.KEYS),
        width="stretch",
    )


def _own_weights(page: PageEntry, chosen: Choice, notices: list[str]) -> tuple[Choice | None, str | None]:
    """Draw the boxes for own weights where they were asked for; return them, or why they cannot be used.

    The default weights stand in for what cannot be used.
    """
    if chosen["gewichten"] != "eigen":
        filters.forget(page, *figures.WEIGHT_KEYS)
        return None, None
    weights = filters.stack(page, *figures.weight_filters(), notices=notices)
    problem = figures.weight_problem(weights)
    if problem:
        chosen.values["gewichten"] = figures.standard().gewichten
        return None, problem
    return weights, None
