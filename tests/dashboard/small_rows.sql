-- The rows of the small warehouse; small_warehouse.py tells the story behind each institution.
insert into meta.versie values (1, '2025-11-21 08:00:00', '2025-11-21', true, '2026.1', true);
insert into meta.levering values
    ('l1', 'instellingen', '2025-2026', 'instellingen_2526.csv', '2025-09-15 09:00:00', 5, 5, 0, 'actief', null),
    ('l2', 'inschrijvingen', '2025-2026', 'inschrijvingen.csv', '2025-11-01 09:00:00', 120, 117, 3, 'actief',
        '3 rijen in quarantaine');
insert into meta.quarantaine values
    ('l2', 'inschrijvingen', 'inschrijvingen.csv', null, 14, 'instellingsnummer', '999999', 'onbekende instelling');
insert into meta.validatie values
    ('instellingen', 'landing.instellingen', 'expect_column_values_to_be_unique', 'instellingsnummer', true, null, 'critical'),
    ('inschrijvingen', 'landing.inschrijvingen', 'expect_column_values_to_not_be_null', 'ambt', false, '2', 'warning');
insert into meta.kolom values
    ('mart.noden', 'rang', 'Rang', 'Plaats in de rangschikking; 1 = grootste nood.', 'rang', 'PBD 5.6.1'),
    ('mart.noden', 'trap', 'Trap', 'Verplicht, verhoogd of regulier, volgens de laatste doorlichting.', '', 'PBD 4.4'),
    ('mart.noden', 'score', 'Score', 'Gewogen som van de vier criteria, van 0 tot 1.', '0-1', 'PBD 5.6.1'),
    ('mart.noden', 'naam', 'Instelling', 'Naam van de instelling.', '', 'instellingen'),
    ('mart.doorlichting', 'advies', 'Advies', 'Advies van de inspectie.', '', 'doorlichtingen');
insert into mart.schooljaar values
    ('2023-2024', '2023-09-01', '2024-08-31', false, 1),
    ('2024-2025', '2024-09-01', '2025-08-31', false, 2),
    ('2025-2026', '2025-09-01', '2026-08-31', true, 3);
insert into mart.instelling_jaar
select jaar, nummer, naam, niveau, sg_nummer, sg, null, gemeente, 1, leerlingen, personeel, vte, oki, klasse, jaar,
    '000077', opgevolgd, 'middelgroot', lower(nummer || ' ' || naam || ' ' || gemeente)
from (values ('2023-2024'), ('2024-2025'), ('2025-2026')) as j(jaar)
cross join (values
    ('000011', 'De Beuk', 'BaO', '1', 'Het Noorderlicht', 'Aalst', 240, 30, 24.5, 1.8, 'hoog', null),
    ('000022', 'De Eik', 'SO', '1', 'Het Noorderlicht', 'Aalst', 610, 84, 71.25, 1.1, 'midden', null),
    ('000033', 'De Linde', 'SO', '12', 'De Zuidster', 'Gent', 480, 66, 58.0, 0.6, 'laag', null),
    ('000044', 'De Linde campus Noord', 'SO', '12', 'De Zuidster', 'Gent', 120, 20, 16.0, 0.7, 'laag', '000033'),
    ('000055', 'De Wilg', 'BaO', '12', 'De Zuidster', 'Gent', 180, 22, 18.0, null, null, null)
) as i(nummer, naam, niveau, sg_nummer, sg, gemeente, leerlingen, personeel, vte, oki, klasse, opgevolgd)
where not (nummer = '000044' and jaar <> '2023-2024');
insert into mart.noden
select jaar, nummer, rang, trap, score, sd, sl, sdo, sr, volledig, p05, p95, kans, naam, niveau, sgn, sg, rang, rang + 0.2,
    klasse, 0.5208 * sd, 0.2708 * coalesce(sl, 0.3), 0.1458 * sdo, 0.0625 * sr, ontbreekt, advies, gok, false, vorig,
    false, 0.71, '2026.1', steun, steun > 0, null
from (values ('2024-2025'), ('2025-2026')) as j(jaar)
cross join (values
    ('000011', 1, 'verplicht', 0.72, 0.9, 0.6, 0.5, 0.4, 1.0, 1, 2, 0.99, 'De Beuk', 'BaO', '1', 'Het Noorderlicht',
        'duidelijk', []::varchar[], '2A', false, 2, 44.5),
    ('000055', 2, 'verplicht', 0.55, 0.75, null, 0.5, 0.3, 0.75, 1, 3, 0.9, 'De Wilg', 'BaO', '12', 'De Zuidster',
        'duidelijk', ['leerresultaten'], '1B', true, 1, 0.0),
    ('000022', 3, 'verhoogd', 0.41, 0.45, 0.4, 0.3, 0.2, 1.0, 2, 4, 0.5, 'De Eik', 'SO', '1', 'Het Noorderlicht',
        'mogelijk', []::varchar[], '1B', false, 3, 6.0),
    ('000033', 4, 'regulier', 0.12, 0.1, 0.2, 0.1, 0.0, 1.0, 4, 4, 0.02, 'De Linde', 'SO', '12', 'De Zuidster',
        'niet', []::varchar[], '1A', false, null, 0.0)
) as n(nummer, rang, trap, score, sd, sl, sdo, sr, volledig, p05, p95, kans, naam, niveau, sgn, sg, klasse, ontbreekt,
    advies, gok, vorig, steun);
insert into mart.signaal_jaar values
    ('000011', '2023-2024', 'vt_minimumdoel', '4LO Nederlands', 0.39, 40, 0.32, 0.29, null),
    ('000011', '2024-2025', 'vt_minimumdoel', '4LO Nederlands', 0.42, 42, 0.33, 0.30, null),
    ('000011', '2025-2026', 'vt_minimumdoel', '4LO Nederlands', 0.45, 41, 0.33, 0.30, null),
    ('000011', '2023-2024', 'zittenblijvers', 'alle', 0.04, 240, null, 0.025, null),
    ('000011', '2024-2025', 'zittenblijvers', 'alle', null, null, null, 0.024, 'beschermd'),
    ('000033', '2023-2024', 'zittenblijvers', 'alle', 0.02, 480, null, 0.025, null),
    ('000022', '2024-2025', 'zittenblijvers', 'alle', null, null, null, 0.024, 'beschermd');
insert into mart.doorlichting values
    ('d1', '000011', '2025-03-10', 'doorlichting', '2A', 'negatief', 'positief', '2025-04-20', true, 10, 4, 3, 3, 0, 'BaO', '1'),
    ('d2', '000022', '2024-11-05', 'doorlichting', '1B', null, 'positief', '2024-12-10', true, 8, 1, 3, 4, 0, 'SO', '1'),
    ('d3', '000055', '2025-05-12', 'doorlichting', '1B', 'negatief', 'positief', '2025-06-15', true, 9, 2, 2, 5, 0, 'BaO', '12');
insert into mart.doorlichting_opvolging values
    ('d1', '000011', '2A', 1, 64, 44.5, '2026-01-20', 'tussentijdse evaluatie', false),
    ('d1', '000011', '2A', 2, 48, 0, '2026-01-20', 'tussentijdse evaluatie', false),
    ('d1', '000011', '2A', 3, 32, 0, '2026-01-20', 'tussentijdse evaluatie', false),
    ('d3', '000055', '1B', 1, 16, 0, '2025-09-15', 'ondersteuningsplan', true);
insert into mart.tijdlijn values
    ('000011', 1, '2024-09-01', '2025-08-31', false, 'toets', 'Vlaamse toetsen in 2024-2025', 'Nederlands 4LO'),
    ('000011', 2, '2025-03-10', null, false, 'doorlichting', 'Doorlichting: 2A', 'GOK negatief'),
    ('000011', 3, '2025-09-01', null, true, 'traject', 'Start opvolging 2A: beleid', '64 dagdelen gepland, lopend'),
    ('000011', 4, '2025-10-06', null, false, 'interventie', 'Interventie', '2 dagdelen, beleidsteam');
insert into mart.steun_instelling values
    ('2025-2026', '000011', 't1', 'opvolging 2A', 'beleid', 'lopend', '2025-09-01', null, 64, 44.5, 21, null),
    ('2025-2026', '000022', 't2', 'vt', 'evaluatie', 'lopend', '2025-10-01', null, 12, 6, 3, 'boekbox');
insert into mart.bereik_instelling
select jaar, nummer, strategie, 0, 0, 0, 0, false, false
from (values ('2024-2025'), ('2025-2026')) as j(jaar)
cross join (values ('000011'), ('000022'), ('000033'), ('000055')) as i(nummer)
cross join (values ('helpdesk'), ('opleiding'), ('vorming'), ('plg'), ('vt'), ('opvolging')) as s(strategie);
update mart.bereik_instelling set deelnames = 6, deelnemers = 5, dagdelen = 3, is_bereikt = true
where instellingsnummer in ('000011', '000022') and strategie = 'vorming' and schooljaar = '2025-2026';
update mart.bereik_instelling set interventies = 21, dagdelen = 44.5, is_bereikt = true
where instellingsnummer = '000011' and strategie = 'opvolging' and schooljaar = '2025-2026';
insert into mart.bereik_aantal values
    ('2024-2025', 'alle', 'alle', 'alle', 4, 3, 202, 40, 70, null, 30, 60.0, null),
    ('2025-2026', 'alle', 'alle', 'alle', 4, 2, 202, 52, 81, null, 24, 50.5, null);
insert into mart.edbi_strategie values
    ('2024-2025', 'alle', 200, 40, 10, 0.25, 0.195, 0.314, 0.2),
    ('2025-2026', 'alle', 263, 71, 10, 0.308, 0.2553, 0.3662, 0.2);
insert into mart.werkdruk_maand values
    ('2025-2026', '2025-09-01', 'alle', 70, 2400, 2310.5, true, 0.97, null),
    ('2025-2026', '2025-10-01', 'alle', 70, 2500, 2405, true, 0.95, null),
    ('2025-2026', '2025-11-01', 'alle', 70, 2450, null, false, 0.0, null);
