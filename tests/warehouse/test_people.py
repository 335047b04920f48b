from tests.warehouse.landing_tables import landing


def test_one_person_is_known_by_address_and_by_code_across_sources(con, build_models):
    landing(
        con,
        "personeel",
        [
            {
                "persoon": "mail",
                "code": "code",
                "functie": "begeleider",
                "team": "T",
                "vte": 1.0,
                "in_dienst": "2020-09-01",
            }
        ],
    )
    landing(con, "planning", [{"schooljaar": "2025-2026", "begeleider": "code", "categorie": "vt", "dagdelen": 1.0}])
    landing(
        con,
        "inschrijvingen",
        [
            {"inschrijving_id": "I1", "activiteit_id": "A1", "persoon": "mail", "instellingsnummer": "extern"},
            {"inschrijving_id": "I2", "activiteit_id": "A1", "persoon": "leraar", "instellingsnummer": "extern"},
        ],
    )
    landing(
        con,
        "interventies",
        [{"interventie_id": "V1", "traject_id": "T1", "dagdelen": 1.0, "begeleiders": ["code", "los"]}],
    )

    build_models("core.dim_personen")

    columns = "pseudoniem, persoon, is_deelnemer, is_medewerker, is_begeleider, is_spoc"
    assert con.execute(f"select {columns} from core.dim_personen order by 1").fetchall() == [
        ("code", "mail", False, False, True, False),
        ("leraar", "leraar", True, False, False, False),
        ("los", "los", False, False, True, False),
        ("mail", "mail", True, True, False, False),
    ]
