"""EDBI without answers, staff without the lists of leave or absence: what they would tell is missing, not zero."""

import datetime as dt

import polars as pl
import pytest

from dashboard import quality, texts
from dashboard.figures import edbi, edbi_answers, leerresultaten, medewerkers, werkdruk

pytestmark = pytest.mark.usefixtures("data_dir")

_UNANSWERED = {"volledig": None, "gedeeltelijk": None, "respons": None, "respons_laag": None, "respons_hoog": None}
_ANSWERED = {"volledig": 2, "gedeeltelijk": 0, "respons": 0.5, "respons_laag": 0.15, "respons_hoog": 0.85}
#: Columns that are empty here keep their type.
_TYPES = {
    name: pl.Int64 if name in ("volledig", "gedeeltelijk") else pl.Float64
    for name in (*_UNANSWERED, "aandeel_volledig", "respons_vorig")
}


def response(answers):
    row = {
        "strategie": "alle", "metingen": 1, "uitgenodigd": 4, **answers, "aandeel_volledig": answers["respons"],
        "doel": 0.2, "respons_vorig": None, "schooljaar_vorig": None, "is_lopend": False,
    }  # fmt: skip
    return pl.DataFrame([row], schema_overrides=_TYPES | {"schooljaar_vorig": pl.String})


def measurements(answers, **rest):
    row = {
        "activiteit_of_traject_id": "A1", "titel": "Rekenen", "strategie": "vorming", "organisator": "PBD",
        "datum": dt.date(2025, 10, 2), "uitgenodigd": 4, **answers, "is_beschermd": None, "reden": "ontbreekt", **rest,
    }  # fmt: skip
    return pl.DataFrame([row], schema_overrides=_TYPES | {"is_beschermd": pl.Boolean, "reden": pl.String})


def values(figures):
    return {figure.label: figure.value for figure in figures}


def test_response_without_delivered_answers_is_missing_in_every_key_figure():
    figures = edbi.key_figures(response(_UNANSWERED), measurements(_UNANSWERED), "alle")

    assert set(values(figures).values()) == {"ontbreekt"}
    assert figures[0].target == "20 %"
    assert figures[1].change is None


def test_response_with_answers_is_counted():
    known = measurements(_ANSWERED, is_beschermd=True, reden=None)

    assert values(edbi.key_figures(response(_ANSWERED), known, "alle")) == {
        "Respons": "50 %",
        "Volledig beantwoord": "50 %",
        "Metingen die het doel halen": "1 van 1",
        "Metingen met te weinig antwoorden": "1",
    }


def test_survey_to_which_nobody_was_invited_has_no_target_to_reach():
    nobody = measurements(_UNANSWERED, uitgenodigd=0, is_beschermd=True, reden="nvt")

    shown = values(edbi.key_figures(response(_UNANSWERED), nobody, "alle"))
    assert shown["Metingen die het doel halen"] == "n.v.t."


def test_titles_and_table_of_edbi_claim_nothing_about_answers_that_are_not_there():
    rows = measurements(_UNANSWERED)
    counts = {"verstuurd": 4, "bezorgd": 4, "uitgenodigd": 4, "begonnen": None, "beantwoord": None, "volledig": None}
    stages = edbi.stages(pl.DataFrame([counts]))

    assert edbi.funnel(stages).spec.title == "Waar haken genodigden af?"
    assert edbi.measurements(rows, "uitnodigingen", 0.2).spec.title == "Welke metingen liggen duidelijk onder 20 %?"
    assert "Geen enkele strategie" not in edbi.response(response(_UNANSWERED)).spec.alt
    assert "Bij die metingen" not in edbi.measurements(rows, "uitnodigingen", 0.2).spec.alt
    assert edbi.funnel(stages).spec.alt == (
        "Waar haken genodigden af? Aantallen van verstuurd tot bezorgd en niet vooraf geweigerd. "
        "De andere fasen ontbreken."
    )
    assert edbi.measurements_table(rows).texts["inhoud"].to_list() == ["ontbreekt"]


def test_response_that_is_not_known_is_not_drawn_and_the_missing_source_is_named():
    unasked = response(_UNANSWERED | {"uitgenodigd": None})
    for rows, words in ((response(_UNANSWERED), edbi.NO_ANSWERS), (unasked, edbi.NO_INVITATIONS)):
        assert edbi.response(rows).native.categories == ()
        assert edbi.no_response(rows, texts.NO_ROWS) == words
    assert edbi.measurements(measurements(_UNANSWERED), "uitnodigingen", 0.2).native.categories == ()
    assert edbi.measurements(measurements(_ANSWERED), "uitnodigingen", 0.2).native.categories != ()
    assert edbi.response(response(_ANSWERED)).native.categories != ()
    assert edbi.no_response(response(_ANSWERED).clear(), texts.NO_ROWS) == texts.NO_ROWS


def test_answers_that_were_not_delivered_are_named_where_there_are_none_to_show():
    none = pl.DataFrame(schema={"reden": pl.String})
    assert "geen antwoorden op EDBI geleverd" in edbi_answers.nothing_to_show(none, response(_UNANSWERED))
    assert edbi_answers.nothing_to_show(none, response(_ANSWERED)) == texts.NO_ROWS


def staff(**figures):
    row = {
        "maand": dt.date(2026, 11, 1), "naam": "An", "code": "B001", "functie": "begeleider", "dienst": "PBD",
        "team": "Beleid", "statuut": "CODO", "hoofdadviseur_naam": None, "vte_aanstelling": 1.0, "vte_verlof": 0.0,
        "vte_afwezig": 0.0, "vte_inzetbaar": 1.0, "is_langdurig_afwezig": False, "reden_code": "ontbreekt", **figures,
    }  # fmt: skip
    numbers = dict.fromkeys(("vte_verlof", "vte_afwezig", "vte_inzetbaar"), pl.Float64)
    return pl.DataFrame([row], schema_overrides=numbers | {"is_langdurig_afwezig": pl.Boolean})


NOBODY_COMPARED = pl.DataFrame(schema={"verschil": pl.Float64, "reden": pl.String})


def test_staff_without_lists_of_leave_and_absence_has_no_figure_of_them():
    rows = staff(vte_verlof=None, vte_afwezig=None, vte_inzetbaar=None, is_langdurig_afwezig=None)

    shown = values(medewerkers.key_figures(rows, NOBODY_COMPARED))
    assert [shown[label] for label in ("Inzetbare VTE", "VTE in verlof", "Langdurig afwezig")] == ["ontbreekt"] * 3
    assert medewerkers.available_title(rows) == (
        "Wie is inzetbaar in november 2026? Dat ontbreekt: verloven en afwezigheden zijn niet geleverd"
    )
    only_leave = staff(vte_verlof=None, vte_afwezig=None, vte_inzetbaar=None)
    assert medewerkers.available_title(only_leave).endswith("Dat ontbreekt: verloven zijn niet geleverd")


def test_without_a_list_of_staff_nobody_is_counted():
    nobody = staff().clear()

    figures = medewerkers.key_figures(nobody, NOBODY_COMPARED)
    assert set(values(figures).values()) == {"ontbreekt"}
    assert not any("van 0" in (figure.change or "") for figure in figures)


def test_staff_of_whom_nobody_is_away_has_zeros():
    shown = values(medewerkers.key_figures(staff(), NOBODY_COMPARED))

    assert [shown[label] for label in ("Inzetbare VTE", "VTE in verlof", "Langdurig afwezig")] == ["1,00", "0,00", "0"]
    assert medewerkers.available_title(staff()).endswith("Iedereen, minstens deels")


def test_month_of_somebody_in_service_without_a_list_of_leave_is_missing_and_out_of_service_is_not_applicable():
    unknown = staff(vte_verlof=None, vte_afwezig=None, vte_inzetbaar=None, is_langdurig_afwezig=None)
    gone = unknown.with_columns(pl.lit(None, pl.Float64).alias("vte_aanstelling"))
    work = {"maandnaam": "nov 2026", "dagdelen_gepland": 1.0, "dagdelen_besteed": 1.0, "stand": "volledig"}
    rows = pl.concat([unknown, gone]).with_columns(
        *(pl.lit(value).alias(name) for name, value in work.items()), pl.lit("ontbreekt").alias("reden")
    )

    assert medewerkers.course_table(rows).texts["vte_inzetbaar"].to_list() == ["ontbreekt", "n.v.t."]


def test_long_absence_is_drawn_without_a_list_of_leave():
    months = pl.DataFrame(
        {
            "maandnaam": ["nov 2026"], "maand": [dt.date(2026, 11, 1)], "personen": [9], "aandeel_verlof": [None],
            "aandeel_langdurig_afwezig": [1 / 9],
        },
        schema_overrides={"aandeel_verlof": pl.Float64},
    )  # fmt: skip

    assert werkdruk.absence(months, "PBD").spec.alt == (
        "In november 2026: het verlof ontbreekt; 11 % langdurig afwezig. Groep: PBD."
    )


def test_what_is_deployable_without_a_list_of_leave_names_that_list():
    months = pl.DataFrame(
        {"aandeel_verlof": [None], "aandeel_langdurig_afwezig": [0.1], "reden": ["ontbreekt"]},
        schema_overrides={"aandeel_verlof": pl.Float64},
    )
    groups = pl.DataFrame({"dienst": ["PBD"], "team": ["alle"]})

    assert werkdruk.nothing_to_show(months, groups) == (
        "Van dit schooljaar zijn geen verloven geleverd: wie inzetbaar is, is niet bekend."
    )
    assert werkdruk.nothing_to_show(months.clear(), groups) == texts.NO_ROWS
    neither = months.with_columns(pl.lit(None, pl.Float64).alias("aandeel_langdurig_afwezig"))
    assert werkdruk.nothing_to_show(neither, groups) == (
        "Van dit schooljaar zijn geen verloven en afwezigheden geleverd: wie inzetbaar of afwezig is, is niet bekend."
    )


def test_planning_without_agendas_is_not_drawn_as_an_empty_axis():
    rows = pl.DataFrame(
        {
            "maandnaam": ["sep 2026"],
            "stand": ["niet geregistreerd"],
            "dagdelen_gepland": [None],
            "dagdelen_besteed": [None],
        },
        schema_overrides={"dagdelen_gepland": pl.Float64, "dagdelen_besteed": pl.Float64},
    )

    assert medewerkers.months(rows, "PBD").native.categories == ()
    planned = rows.with_columns(pl.lit(3.0).alias("dagdelen_gepland"))
    assert medewerkers.months(planned, "PBD").native.categories == ("sep 2026",)


def test_a_source_that_was_never_delivered_is_named_in_the_plural():
    assert quality.undelivered("doorlichting", "doorlichtingen", "inschrijvingen") == "doorlichtingen"
    assert quality.undelivered("bereik_aantal", "inschrijvingen") == ""
    assert quality.undelivered("no_mart", "inschrijvingen") == ""


def test_results_of_tests_that_never_were_have_another_sentence_than_those_of_another_schooljaar():
    years = {"schooljaar": pl.String}
    assert leerresultaten.no_results(pl.DataFrame({"schooljaar": [None]}, years)) == leerresultaten.NEVER_TESTED
    assert leerresultaten.no_results(pl.DataFrame({"schooljaar": ["2024-2025"]}, years)) == leerresultaten.NO_RESULTS
