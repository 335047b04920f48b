-- The HR file of the small warehouse: An and Bo of one team, led by Leen; Cis of another team, led by An; Dirk of POC, by
-- nobody. Peildatum 21/11/2025: November runs; of Bo there is no agenda of October, of Dirk none, of Cis no planning.
create schema mart;
create schema meta;

create table meta.versie as select 1 as versie, date '2025-11-21' as peildatum;

create table mart.medewerker as
select * from (values
    ('p-an', 'c-an', 'p-leen', 'begeleider', 'Noord', 'PBD', 'CODO', 1.0, date '2020-09-01', null::date),
    ('p-bo', 'c-bo', 'p-leen', 'begeleider', 'Noord', 'PBD', 'CODO', 0.8, date '2021-09-01', null),
    ('p-cis', 'c-cis', 'p-an', 'begeleider', 'Zuid', 'PBD', 'GECO', 0.5, date '2022-09-01', null),
    ('p-dirk', null, null, 'beleidsmedewerker', 'Beleid', 'POC', 'contractueel', 1.0, date '2023-09-01', null)
) as t(persoon, begeleider, hoofdadviseur, functie, team, dienst, statuut, vte, in_dienst_datum, uit_dienst_datum);

create table mart.persoon_naam as
select * from (values
    ('p-an', 'An@go.example'), ('c-an', 'B001'), ('p-bo', 'bo@go.example'), ('c-bo', 'B002'),
    ('p-cis', 'cis@go.example'), ('c-cis', 'B003'), ('p-dirk', 'dirk@go.example'), ('p-leen', 'Leen@go.example')
) as t(pseudoniem, naam);

create table mart.medewerker_maand as
select * replace (
    vte_aanstelling::double as vte_aanstelling,
    vte_verlof::double as vte_verlof,
    vte_afwezig::double as vte_afwezig,
    vte_inzetbaar::double as vte_inzetbaar
)
from (values
    ('2025-2026', date '2025-10-01', 'p-an', 1.0, 0.0, 0.0, 1.0, false),
    ('2025-2026', date '2025-10-01', 'p-bo', 0.8, 0.4, 0.0, 0.4, false),
    ('2025-2026', date '2025-11-01', 'p-an', 1.0, 0.0, 0.25, 0.75, false),
    ('2025-2026', date '2025-11-01', 'p-bo', 0.8, 0.4, 0.0, 0.4, false),
    ('2025-2026', date '2025-11-01', 'p-cis', 0.5, 0.0, 0.5, 0.0, true),
    ('2025-2026', date '2025-11-01', 'p-dirk', 1.0, 0.0, 0.0, 1.0, false)
) as t(
    schooljaar, maand, persoon, vte_aanstelling, vte_verlof, vte_afwezig, vte_inzetbaar, is_langdurig_afwezig
);

create table mart.werkdruk as
select
    * replace (dagdelen_gepland::double as dagdelen_gepland, dagdelen_besteed::double as dagdelen_besteed),
    dagdelen_besteed is not null as is_geregistreerd
from (values
    ('2025-2026', date '2025-09-01', 'c-an', 'vt', 20.0, 26.0),
    ('2025-2026', date '2025-09-01', 'c-an', 'plg', 10.0, 10.0),
    ('2025-2026', date '2025-10-01', 'c-an', 'vt', 20.0, 24.0),
    ('2025-2026', date '2025-11-01', 'c-an', 'vt', 20.0, 8.0),
    ('2025-2026', date '2025-12-01', 'c-an', 'vt', 20.0, null),
    ('2025-2026', date '2025-09-01', 'c-bo', 'vt', 20.0, 16.0),
    ('2025-2026', date '2025-10-01', 'c-bo', 'vt', 20.0, null),
    ('2025-2026', date '2025-09-01', 'c-cis', 'zonder categorie', null, 6.0),
    ('2025-2026', date '2025-09-01', 'c-weg', 'vt', 99.0, 99.0)
) as t(schooljaar, maand, begeleider, categorie, dagdelen_gepland, dagdelen_besteed);
