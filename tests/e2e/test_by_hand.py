"""Every promised mart against figures computed by hand from the handwritten deliveries; peildatum 15 March 2026.

Anchors, weights and other settings are those of warehouse/settings.toml, version 2026.1; rules are those of the
delivery rules and the plan. The computation stands above each figure.
"""

from pathlib import Path

import duckdb
import pytest

from pipelines.pseudonym import load_key, pseudonym
from tests.e2e.command_line import status
from tests.e2e.conftest import LATER, Rows
from tests.e2e.deliveries import (
    ACACIA,
    BERK,
    CEDER,
    DEN,
    ESDOORN,
    FIJNSPAR,
    GINKGO,
    HAZELAAR,
    IEP,
    JASMIJN,
    KASTANJE,
    LINDE,
    MOERBEI,
)
from tests.e2e.needs_by_hand import CRITERIA, SCORES, VOLLEDIGHEID

NU, VORIG = "2025-2026", "2024-2025"


def exactly(value: float) -> object:
    """A figure that was computed with a calculator."""
    return pytest.approx(value, abs=1e-7)


def to_six(value: float) -> object:
    """A sum of VTE, which is kept to six decimals per person."""
    return pytest.approx(value, abs=1e-5)


def test_every_row_read_is_accepted_or_in_quarantine(warehouses: dict[str, Path]) -> None:
    state = status(warehouses[LATER].parents[1])
    counts = {row["bestand"]: (row["gelezen"], row["aanvaard"], row["quarantaine"]) for row in state["leveringen"]}
    assert counts["instellingen 2024-2025.csv"] == (13, 13, 0)
    assert counts["instellingen 2025-2026.csv"] == (11, 11, 0)
    # Rows 16 (unknown activiteit), 17 (unknown instelling), 18 (31 February) and 19 (key of row 3 again).
    assert counts["inschrijvingen 2025.csv"] == (20, 16, 4)
    assert counts["doorlichtingen.csv"] == (12, 11, 1)  # D12 ends before it starts
    assert counts["inschalingen.csv"] == (15, 14, 1)  # D99 is no doorlichting
    assert counts["interventies.csv"] == (7, 6, 1)  # T9 is no traject
    assert counts["qualtrics.csv"] == (92, 92, 0)  # the preview is read and accepted; it just does not count
    assert all(read == accepted + refused for read, accepted, refused in counts.values())


def test_quarantine_names_file_row_column_value_and_reason(rows: Rows) -> None:
    found = rows("select rij, kolom, waarde from meta.quarantaine where bestand = 'inschrijvingen 2025.csv' order by 1")
    assert found == [
        (16, "activiteit id", "A25-999"),
        (17, "instellingsnummer", "999999"),
        (18, "ingeschreven op", "31/02/2026"),
        (19, "inschrijving id", "I02"),
    ]


def test_trap_and_rang(rows: Rows) -> None:
    # Verplicht: open 2A (Acacia), 2B (Ginkgo), a negative ruling (Ceder: GOK; Iep: LLB, inherited from Hazelaar).
    # Verhoogd: 1B (Kastanje, Den). Regulier: the rest, also Berk, whose 2A was settled in November 2025.
    # Within a trap the score of test_score_and_its_four_criteria decides: Ginkgo has the gravest advice and yet
    # comes second; Fijnspar scores higher than Den and yet comes after it.
    found = rows("select instellingsnummer, trap from mart.noden where schooljaar = ? order by rang", NU)
    assert found == [
        (ACACIA, "verplicht"),  # 0.7416
        (GINKGO, "verplicht"),  # 0.6969
        (IEP, "verplicht"),  # 0.5779
        (CEDER, "verplicht"),  # 0.5667
        (DEN, "verhoogd"),  # 0.4104
        (KASTANJE, "verhoogd"),  # 0.3656
        (FIJNSPAR, "regulier"),  # 0.4423
        (ESDOORN, "regulier"),  # 0.2763
        (MOERBEI, "regulier"),  # 0.2354
        (BERK, "regulier"),  # 0.1735
        (LINDE, "regulier"),  # 0.1313
    ]


def test_trap_of_an_earlier_schooljaar_is_that_of_its_end(rows: Rows) -> None:
    # On 31 August 2025 Berk's 2A was still open, Acacia and Ginkgo had no report yet, Ceder neither; Hazelaar and
    # Jasmijn still existed, and Iep did not stand for Hazelaar yet.
    found = dict(rows("select instellingsnummer, trap from mart.noden where schooljaar = ?", VORIG))
    assert found == {
        BERK: "verplicht",
        HAZELAAR: "verplicht",
        JASMIJN: "verplicht",
        DEN: "verhoogd",
        KASTANJE: "verhoogd",
        **dict.fromkeys([ACACIA, CEDER, ESDOORN, FIJNSPAR, GINKGO, IEP, LINDE, MOERBEI], "regulier"),
    }


def test_score_and_its_four_criteria(rows: Rows) -> None:
    found = rows(
        "select instellingsnummer, score, volledigheid, score_doorlichting, score_leerresultaten, "
        "score_doorstroom, score_leerrecht from mart.noden where schooljaar = ?",
        NU,
    )
    assert len(found) == len(SCORES)
    for number, score, completeness, *criteria in found:
        expected = [None if value is None else exactly(value) for value in CRITERIA[number]]
        assert criteria == expected, number
        assert score == exactly(SCORES[number]), number
        assert completeness == exactly(VOLLEDIGHEID[number]), number


def test_a_niveau_of_which_nothing_is_known_has_no_class(rows: Rows) -> None:
    # The academy is the only one of its onderwijsniveau: its score is the fixed values alone. All others have a class.
    found = dict(rows("select instellingsnummer, reden from mart.noden where schooljaar = ? and klasse is null", NU))
    assert found == {MOERBEI: "ontbreekt"}


def test_hidden_results_are_neither_zero_nor_missing(rows: Rows) -> None:
    found = dict(
        rows(
            "select indicator, reden from mart.noden_indicator where schooljaar = ? and instellingsnummer = ? "
            "and indicator in ('vt_minimumdoel', 'vroegtijdig_schoolverlaters', 'schoolse_vertraging', "
            "'zittenblijvers')",
            NU,
            DEN,
        )
    )
    assert found == {
        "vt_minimumdoel": "beschermd",
        "vroegtijdig_schoolverlaters": "beschermd",
        "schoolse_vertraging": "ontbreekt",
        "zittenblijvers": None,
    }


def test_rank_interval_stays_within_the_trap(rows: Rows) -> None:
    # Four institutions are verplicht, two verhoogd, five regulier, whatever is drawn. A top of 50 holds all eleven.
    limits = {"verplicht": (1, 4), "verhoogd": (5, 6), "regulier": (7, 11)}
    found = rows("select trap, rang, rang_p05, rang_p95, kans_top from mart.noden where schooljaar = ?", NU)
    for trap, rang, p05, p95, chance in found:
        low, high = limits[trap]
        assert low <= p05 <= rang <= p95 <= high
        assert chance == 1.0
    # Kastanje and Den have the same advice and no certainty about the rest: either may come first.
    assert {(p05, p95) for trap, _, p05, p95, _ in found if trap == "verhoogd"} == {(5, 6)}


def test_oki_of_the_latest_known_schooljaar(rows: Rows) -> None:
    # 1.4 is exactly the limit of "hoog"; Iep's pupils were "n.v.t.": no OKI, not zero.
    found = rows(
        "select oki, oki_klasse, aantal_leerlingen from mart.instelling_jaar where schooljaar = ? "
        "and instellingsnummer in (?, ?, ?) order by instellingsnummer",
        NU,
        ACACIA,
        GINKGO,
        IEP,
    )
    assert found == [(exactly(1.4), "hoog", 200), (None, None, 1300), (None, None, 400)]


def test_a_later_delivery_counts_from_its_receipt_on(warehouses: dict[str, Path], rows: Rows) -> None:
    # The complete list of 10 April has a report of 1 April: Esdoorn is 2A from then on, and was not on 15 March.
    ask = "select trap, advies from mart.noden where schooljaar = ? and instellingsnummer = ?"
    assert rows(ask, NU, ESDOORN) == [("regulier", "1A")]
    with duckdb.connect(warehouses[LATER], read_only=True) as con:
        assert con.execute(ask, [NU, ESDOORN]).fetchall() == [("verplicht", "2A")]


def test_reach_of_an_institution_by_strategy(rows: Rows) -> None:
    found = {
        (number, strategy): (taken, people, interventions, dagdelen)
        for number, strategy, taken, people, interventions, dagdelen in rows(
            "select instellingsnummer, strategie, deelnames, deelnemers, interventies, dagdelen "
            "from mart.bereik_instelling where schooljaar = ? and is_bereikt",
            NU,
        )
    }
    # What a strategy never has (a visit of a vorming, a participant of a traject) is not there: no zero.
    assert found == {
        # An Peeters, under two spellings: I01 and I03. Not: no-show I04, cancelled I05, waiting list I06, and I07
        # without attendance in an activiteit where attendance was taken.
        (ACACIA, "vorming"): (2, 1, None, None),
        (ACACIA, "opleiding"): (1, 1, None, None),  # I02, "deels"
        (ACACIA, "opvolging"): (None, None, 2, 3.5),  # V01 and V02: 2 + 1.5
        (BERK, "vorming"): (1, 1, None, None),  # I08; not I10, whose activiteit is still to come
        (BERK, "helpdesk"): (1, 1, None, None),  # I09: no attendance taken at all, and over
        (IEP, "vorming"): (1, 1, None, None),  # I11, under Hazelaar's number
        (IEP, "vt"): (None, None, 1, 2),  # V03, a traject under Hazelaar's number
        (DEN, "opvolging"): (None, None, 1, 1),  # V05; not the no-show I19
        (KASTANJE, "infosessie"): (2, 2, None, None),  # I13, I14
        (KASTANJE, "opleiding"): (1, 1, None, None),  # I18
    }
    # Jasmijn and Hazelaar were reached while they existed.
    assert rows(
        "select instellingsnummer from mart.bereik_instelling where schooljaar = ? and strategie = 'vorming' "
        "and is_bereikt order by 1",
        VORIG,
    ) == [(HAZELAAR,), (JASMIJN,)]


def test_unknown_attendance_is_marked(rows: Rows) -> None:
    assert rows("select instellingsnummer from mart.bereik_instelling where is_aanwezigheid_onbekend") == [(BERK,)]


def test_people_are_counted_anew_for_every_total(rows: Rows) -> None:
    # Acacia: An only, three participations. Kastanje: karla twice, kobe: two people, three participations.
    found = rows(
        "select instellingsnummer, deelnemers, deelnames from mart.bereik_intensiteit "
        "where schooljaar = ? and deelnames > 2 order by 1",
        NU,
    )
    assert found == [(ACACIA, 1, 3), (KASTANJE, 2, 3)]
    # The network: An, fien, hans, karla, kobe; jo from outside is no professional of an instelling.
    assert rows(
        "select professionals, deelnames from mart.bereik_aantal where schooljaar = ? and strategie = 'alle' "
        "and onderwijsniveau = 'alle' and scholengroep_nummer = 'alle'",
        NU,
    ) == [(5, 9)]


def test_targets_for_reach(rows: Rows) -> None:
    found = rows("select code, schooljaar, streefwaarde, gerealiseerd, aandeel from mart.bereik_doel order by 1, 2")
    assert found == [
        ("D-CLB", NU, 2, 1, 0.5),  # Kastanje
        ("D-LEZEN", NU, 8, 4, 0.5),  # A25-001 and -002 carry the code: An (twice), fien, hans, karla
        ("D-REEKS", NU, 4, 2, 0.5),  # A25-001 and -006 were held; -004 is to come
        ("D-SGR", NU, 3, 1, exactly(1 / 3)),  # the PLG of scholengroep 2
        ("D-VORM", VORIG, 10, 2, 0.2),  # Hazelaar and Jasmijn
        ("D-VORM", NU, 10, 3, exactly(0.3)),  # Acacia, Berk, Iep
        ("D-ZORG", NU, 20, 1, exactly(0.05)),  # fien, written "Zorgcoördinator"
    ]


def test_response_rate_of_a_measurement(rows: Rows) -> None:
    found = {
        row[0]: row[1:]
        for row in rows(
            "select activiteit_of_traject_id, strategie, uitgenodigd, volledig, gedeeltelijk, respons, "
            "respons_laag, respons_hoog from mart.edbi_respons where schooljaar = ?",
            NU,
        )
    }
    assert set(found) == {"A25-001", "A25-003", "A25-007", "T2"}
    # 270 invitations, 4 bounced, 3 refused: 263. 70 complete, 11 partial; U1's second answer does not count again.
    # Wilson's interval of 81/263, as published: 0.2553 to 0.3662.
    large = found["A25-007"]
    assert large[:4] == ("opleiding", 263, 70, 11)
    assert large[4] == exactly(81 / 263)
    assert large[5:] == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))
    # Four of six; the preview is nobody's answer.
    assert found["A25-001"][:4] == ("vorming", 6, 4, 0)
    # A QR survey: anonymous answers fill the rows of the participants: 3 of 4.
    assert found["A25-003"][:4] == ("helpdesk", 4, 3, 0)
    assert found["A25-003"][4] == 0.75
    # A traject: four invited, one bounced, one refused: 2 of 2. At 100 % the interval is (2 / (2 + 1.96^2), 1).
    assert found["T2"][:5] == ("vt", 2, 1, 1, 1.0)
    assert found["T2"][5:] == (pytest.approx(2 / (2 + 3.8414588), abs=1e-6), 1.0)


def test_questions_under_five_answers_are_hidden(rows: Rows) -> None:
    found = {
        (strategy, question): figures
        for strategy, question, *figures in rows(
            "select strategie, vraag, n, gemiddelde, aandeel_gunstig from mart.edbi_vraag where schooljaar = ?", NU
        )
    }
    # A1: 70 complete and 10 partial answers (R81 wrote text only): 40 x 6 + 15 x 5 + 10 x 4 + 5 x 2 + 10 x 3 = 395;
    # favourable from 5: 55 of 80.
    assert found["opleiding", "A1"] == [80, exactly(395 / 80), exactly(55 / 80)]
    # A2 is turned around on 1-6: 50 x (7 - 1) + 20 x (7 - 4) = 360 over 70; favourable: the 50.
    assert found["opleiding", "A2"] == [70, exactly(360 / 70), exactly(50 / 70)]
    # Vorming has four answers: the preview must not make it five. Helpdesk has three, vt two.
    hidden = {key for key, figures in found.items() if figures == [None, None, None]}
    assert hidden == {(s, q) for s in ("vorming", "helpdesk", "vt") for q in ("A1", "A2")} & set(found)
    assert ("vorming", "A1") in hidden
    assert len(found) == len(hidden) + 2  # the open question G1 has no figure


def test_follow_up_of_inspections(rows: Rows) -> None:
    found = rows(
        "select doorlichting_id, jaar, instellingsnummer, advies, dagdelen_voorzien, dagdelen_besteed, "
        "deadline::varchar, deadline_soort, is_te_laat from mart.doorlichting_opvolging order by 1, 2"
    )
    evaluation = "tussentijdse evaluatie"
    assert found == [
        # Report of 1 October 2025. The engagementsverklaring came in time; the support plan was due three months
        # after the report. Evaluations every six months: 1 April (year 1), 1 October 2026 (year 2), 2027 (year 3).
        ("D01", 1, ACACIA, "2A", 64, 3.5, "2026-01-01", "ondersteuningsplan", True),
        ("D01", 2, ACACIA, "2A", 48, None, "2026-10-01", evaluation, False),
        ("D01", 3, ACACIA, "2A", 32, None, "2027-10-01", evaluation, False),
        # Settled: no deadlines. V06 of November 2024 falls in its second year; its first has no list of schools.
        ("D02", 1, BERK, "2A", 64, None, None, None, False),
        ("D02", 2, BERK, "2A", 48, 3, None, None, False),
        ("D02", 3, BERK, "2A", 32, 0, None, None, False),
        # Negative ruling: 16 dagdelen; engagementsverklaring 30 days after 12 January 2026 and not there.
        ("D04", 1, CEDER, "1B", 16, 0, "2026-02-11", "engagementsverklaring", True),
        # 2B: 16 dagdelen; appealed on 5 March, new inspection within 60 days of it.
        ("D07", 1, GINKGO, "2B", 16, 0, "2026-05-04", "nieuwe doorlichting", False),
        # Hazelaar's ruling is Iep's to follow up; the engagementsverklaring came in time.
        ("D08", 1, IEP, "1B", 16, None, None, None, False),
        # A school that closed without successor owes nothing any more.
        ("D11", 1, JASMIJN, "2A", 64, None, None, None, False),
        ("D11", 2, JASMIJN, "2A", 48, 0, None, None, False),
        ("D11", 3, JASMIJN, "2A", 32, 0, None, None, False),
    ]


def test_capacity_by_largest_remainder(rows: Rows) -> None:
    # 49 + 49.5 = 98.5 dagdelen planned for scholengroepen: 98 whole ones over 76 + 47 + 37 = 160 VTE:
    # 46.55, 28.7875, 22.6625 -> 46 + 28 + 22 = 96; the two left go to .7875 and .6625. Rounding would give 99.
    # Spent: V01-V03 in scholengroep 1 (2 + 1.5 + 2), V04 and V05 in 2.
    found = rows(
        "select scholengroep_nummer, vte, dagdelen_pro_rata, dagdelen_toegekend, dagdelen_besteed "
        "from mart.capaciteit where schooljaar = ? order by scholengroep_nummer::integer",
        NU,
    )
    assert found == [("1", 76, 46, None, 5.5), ("2", 47, 29, None, 4), ("12", 37, 23, None, 0)]


def test_workload_counts_overlapping_hours_once(rows: Rows, warehouses: dict[str, Path]) -> None:
    key = load_key(warehouses[LATER].parents[1])
    spent = {
        (person, month.month, category): dagdelen
        for person, month, category, dagdelen in rows(
            "select begeleider, maand, categorie, dagdelen_besteed from hr.mart.werkdruk where dagdelen_besteed > 0"
        )
    }
    first, second = pseudonym("B001", key), pseudonym("B002", key)
    assert spent == {
        # 9-12 h and, at the turn of the month, 22-24 h: 5 hours. Free time from 14 to 16 h is no work.
        (first, 10, "vt"): exactly(5 / 4),
        (first, 10, "intern overleg"): exactly(1 / 4),  # 11-13 h, of which 11-12 h was the other's
        (first, 10, "opleiding"): exactly(2),  # a whole day of work: two dagdelen; the day of leave none
        (first, 10, "zonder categorie"): exactly(2 / 4),  # the private hour and the unmapped "Koffie"
        (first, 11, "vt"): exactly(2 / 4),  # 0-2 h on 1 November
        (first, 11, "intern overleg"): exactly(4 / 4),
        (second, 10, "vt"): exactly(3 / 4),  # 10/7/2025 in an English export is 7 October
        (second, 11, "vt"): exactly(4 / 4),  # 1 to 5 PM
    }


def test_planning_is_spread_over_working_days(rows: Rows, warehouses: dict[str, Path]) -> None:
    person = pseudonym("B001", load_key(warehouses[LATER].parents[1]))
    planned = {
        (month.month, category): (dagdelen, is_registered)
        for month, category, dagdelen, is_registered in rows(
            "select maand, categorie, dagdelen_gepland, is_geregistreerd from hr.mart.werkdruk "
            "where schooljaar = ? and begeleider = ?",
            NU,
            person,
        )
    }
    # 30 + 10 dagdelen of vt over the 217 working days from September to June (22 23 20 23 22 20 22 22 21 22).
    assert planned[10, "vt"] == (exactly(40 * 23 / 217), True)
    assert planned[2, "vt"] == (exactly(40 * 20 / 217), False)  # no agenda: not registered, not "nothing spent"
    assert planned[7, "vt"] == (0, False)
    # 33 dagdelen of ontwikkelwerk over June, July and August: 22 + 23 + 21 = 66 working days.
    assert planned[6, "ontwikkelwerk"] == (exactly(11), False)


def test_staff_by_month_hides_small_teams(rows: Rows) -> None:
    found = {
        (service, team): figures
        for service, team, *figures in rows(
            "select dienst, team, personen, vte_aanstelling, vte_inzetbaar, aandeel_verlof, "
            "aandeel_langdurig_afwezig from mart.hr_maand where maand = '2026-02-01'"
        )
    }
    hidden = [None] * 5
    # Noord: 6 people (n7 left in December), 1 + 1 + 1 + 0.5 + 0.5 + 0.8 = 4.8 VTE. Leave: half of n1, 0.5. Absent:
    # n2 1.0; n3 14 of 28 days, 0.5; n4 13 of 28 days of 0.5, 0.23214286. Deployable: 4.8 - 0.5 - 1.73214286.
    # Long-term: n2, since 10 January; n4 was away exactly 30 days, which is not longer than 30.
    assert found["PBD", "Noord"] == [6, exactly(4.8), to_six(2.56785714), to_six(0.5 / 4.8), exactly(1 / 6)]
    assert found["PBD", "Zuid"] == hidden  # three people
    assert found["PBD", "Oost"] == hidden  # five, but with the total they would give away Zuid
    # The whole service, counted anew: 14 people, 12.8 VTE.
    assert found["PBD", "alle"] == [14, exactly(12.8), to_six(10.56785714), to_six(0.5 / 12.8), exactly(1 / 14)]
    assert found["POC", "Centraal"] == hidden  # four people
    assert found["POC", "alle"] == hidden
    assert rows("select personen from mart.hr_maand where maand = '2025-12-01' and team = 'Noord'") == [(7,)]


def test_picture_of_each_clb(rows: Rows) -> None:
    found = rows(
        "select instellingsnummer, medewerkers, deelnemers, deelnames, interventies, criteria, is_prioritair "
        "from mart.clb_foto where schooljaar = ? order by 1",
        NU,
    )
    assert found == [
        (KASTANJE, 12, 2, 3, 0, ["doorlichting"], True),  # 1B
        # 1A, and POC+ named no criterion of anybody: whether another one holds is not known.
        (LINDE, 9, 0, 0, 0, None, None),
    ]


def test_warehouse_holds_no_address_and_no_name(warehouses: dict[str, Path]) -> None:
    with duckdb.connect(warehouses[LATER], read_only=True) as con:
        tables = con.execute(
            "select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE'"
        ).fetchall()
        text = "\n".join(str(con.execute(f'from "{s}"."{t}"').fetchall()) for s, t in tables).lower()
    assert len(text) > 10_000
    for trace in ("@", "peeters", "geheim overleg", "10.0.0.1", "'b001'", "acacia.example"):
        assert trace not in text, trace
