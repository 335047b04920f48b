-- What the page Instelling alone reads of the small warehouse: indicators, comparable schools, self-scaling.
create table mart.noden_indicator(schooljaar varchar, instellingsnummer varchar, criterium varchar,
    indicator varchar, reeks varchar, waarde double, standaardfout double, n bigint, laatste_meetjaar varchar,
    laag double, hoog double, verwacht double, vergelijkbaar_gemiddelde double, netwerk_gemiddelde double,
    score double, bijdrage double, reden varchar);
create table mart.noden_vergelijkbaar(schooljaar varchar, instellingsnummer varchar, plaats bigint,
    buur varchar, naam varchar, scholengroep_nummer varchar, scholengroep varchar, oki double,
    aantal_leerlingen bigint, schoolse_vertraging double, afstand double);
create table mart.noden_kenmerken(schooljaar varchar, instellingsnummer varchar,
    onderwijsniveau varchar, oki double, aantal_leerlingen bigint, schoolse_vertraging double);
create table mart.procesindicator(schooljaar varchar, instellingsnummer varchar, ingevuld_door varchar,
    indicator bigint, naam varchar, betekenis varchar, inschaling double, schaal_max double, aandeel double,
    ingevuld_op date, netwerk_mediaan double, netwerk_aantal bigint, reden varchar);

-- De Beuk: reading clearly lower than like schools, arithmetic a little better, one hidden, one missing.
insert into mart.noden_indicator by name
select '2025-2026' as schooljaar, '000011' as instellingsnummer, * from (values
    ('leerresultaten', 'vt_score', '4LO Nederlands', 30.0, 20.0, 40.0, 41, '2025-2026', 16.0, 5.0, 0.5, 0.05, null),
    ('leerresultaten', 'vt_score', '4LO wiskunde', 2.0, -6.0, 10.0, 41, '2024-2025', 8.0, 5.0, 0.22, 0.02, null),
    ('leerresultaten', 'vt_minimumdoel', '4LO Nederlands', 0.44, 0.3, 0.59, 41, '2025-2026', 0.4, 0.3, 0.5, 0.09, null),
    ('doorstroom', 'zittenblijvers', 'alle', null, null, null, null, null, 0.03, 0.025, null, null, 'beschermd'),
    ('leerrecht', 'problematisch_30', 'alle', null, null, null, null, null, null, 0.02, null, null, 'ontbreekt')
) as rijen(criterium, indicator, reeks, waarde, laag, hoog, n, laatste_meetjaar, verwacht, netwerk_gemiddelde, score,
    bijdrage, reden);
insert into mart.noden_kenmerken values ('2025-2026', '000011', 'BaO', 1.8, 240, 0.12);
insert into mart.noden_vergelijkbaar values
    ('2025-2026', '000011', 1, '000055', 'De Wilg', '12', 'De Zuidster', null, 180, 0.1, 0.42);
insert into mart.procesindicator
select jaar, '000011', '000011', nummer, 'Indicator ' || nummer, 'naam niet aangeleverd',
    case when nummer <> 3 then 1 + nummer % 4 end, schaal, case when nummer <> 3 then (1 + nummer % 4) / schaal end,
    (jaar[:4] || '-12-01')::date, 2.5, 210, case when nummer = 3 then 'ontbreekt' end
from (values ('2023-2024', 4), ('2024-2025', 5)) as j(jaar, schaal), range(1, 16) as n(nummer);
