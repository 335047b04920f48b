"""The panel 'Wat als': other settings for the ranking, what they change, and the way back."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from analysis.needs_scenario import Scenario
from dashboard import filters
from dashboard.components.blocks import export_context, table_block
from dashboard.figures import noden_scenario as figures
from dashboard.filters import Choice
from dashboard.registry import PageEntry

_INTRODUCTION = (
    "Probeer andere instellingen. De rangschikking wordt opnieuw berekend op dit scherm; aan de gegevens en aan de "
    "standaardlijst verandert niets. Het adres bewaart de keuze: wie het doorstuurt, deelt dit beeld."
)
_ORDER_NOTE = "De volgorde van de criteria speelt enkel mee bij gewichten die ervan afhangen."


@dataclass(frozen=True)
class WhatIf:
    """The settings in force, the choice as exports print it, and what the links of this page keep of it."""

    scenario: Scenario
    choice: Choice
    carried: dict[str, str]

    @property
    def is_default(self) -> bool:
        """Return whether these are the settings of the method."""
        return self.scenario == figures.standard()


def what_if_panel(page: PageEntry, instellingen: int) -> WhatIf:
    """Draw the panel and return the settings in force; `instellingen` is the length of the whole list.

    What cannot be used (a bad address, own weights that do not add up) falls back to the default with a sentence.
    """
    notices: list[str] = []
    is_open = any(key in st.query_params for key in figures.KEYS)
    with st.expander(
        "Wat als: andere gewichten, een andere N, onverwachte nood", expanded=is_open, icon=":material/tune:"
    ):
        st.markdown(f":small[{_INTRODUCTION}]")
        first, second = figures.setting_filters()
        chosen = filters.bar(page, *first, notices=notices).joined(filters.bar(page, *second, notices=notices))
        weights, problem = _own_weights(page, chosen, notices)
        scenario = figures.scenario_of(chosen, weights)
        st.markdown(f":small[{_ORDER_NOTE}]")
    filters.say(notices)
    # Outside the panel: then every klasse on the page says nothing, also with the standard N on a short list.
    if limit := figures.limit_notice(scenario.top_n, instellingen):
        st.info(limit, icon=":material/done_all:")
    if problem:
        st.warning(problem, icon=":material/balance:")
    printed = Choice(page, {"rangschikking": "wat-als"}, {"Rangschikking": figures.printed_setting(scenario)})
    return WhatIf(scenario, printed, filters.keep_on_page(*figures.KEYS))


def what_if_banner(page: PageEntry, what_if: WhatIf, ranked: pl.DataFrame) -> None:
    """Draw, for settings that differ from the default, what they are, what they change, and the way back."""
    if what_if.is_default:
        return
    lines = [
        f"**Wat als: dit is niet de standaardlijst.** Gekozen: {'; '.join(figures.setting_words(what_if.scenario))}.",
        figures.change_sentence(ranked, what_if.scenario.top_n),
    ]
    if what_if.scenario.gewichten == "lexicografisch":
        lines.append(figures.LEXICOGRAPHIC_NOTE)
    with st.container(key="wat-als-balk"):
        words, back = st.columns([4, 1], vertical_alignment="center")
        with words:
            st.info("\n\n".join(lines), icon=":material/tune:")
        with back:
            st.button(
                "Terug naar de standaard",
                icon=":material/restart_alt:",
                key=f"{page.key}.terug",
                on_click=filters.forget,
                args=(page, *figures.KEYS),
                width="stretch",
            )


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
        note=figures.MOVEMENT_NOTE,
        height=320,
        empty="Met deze instellingen verandert niemand van plaats bij de eersten of van klasse.",
    )


def _own_weights(page: PageEntry, chosen: Choice, notices: list[str]) -> tuple[Choice | None, str | None]:
    """Draw the boxes for own weights where they were asked for; return them, or why they cannot be used.

    The default weights stand in for what cannot be used.
    """
    if chosen["gewichten"] != "eigen":
        filters.forget(page, *figures.WEIGHT_KEYS)
        return None, None
    weights = filters.bar(page, *figures.weight_filters(), notices=notices)
    problem = figures.weight_problem(weights)
    if problem:
        chosen.values["gewichten"] = figures.standard().gewichten
        return None, problem
    return weights, None
