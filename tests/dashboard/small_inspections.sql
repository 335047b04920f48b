-- Doorlichtingen of the small warehouse: the follow-up is open, and what was scaled in d1 to d3 and before.
alter table mart.doorlichting_opvolging add column is_open boolean default true;
alter table mart.doorlichting_opvolging add column schooljaar varchar;
update mart.doorlichting_opvolging set schooljaar = format('{}-{}', 2023 + jaar, 2024 + jaar);
create table mart.doorlichting_verschil(schooljaar varchar, instellingsnummer varchar, naam varchar,
    scholengroep_nummer varchar, verschillen varchar[], doorlichting_id varchar, samenvatting_datum date,
    lijst_begindatum date, lijst_datum_verslag date, samenvatting_advies varchar, lijst_advies varchar,
    samenvatting_gok varchar, lijst_gok varchar, samenvatting_llb varchar, lijst_llb varchar);
insert into mart.doorlichting_verschil values
    ('2025-2026', '000022', 'De Eik', '1', ['advies'], 'd2', '2024-11-05', '2024-11-05', '2024-12-10', '1A', '1B',
        'positief', null, 'positief', 'positief');
create table mart.doorlichting_advies(schooljaar varchar, periode varchar, onderwijsniveau varchar,
    scholengroep_nummer varchar, soort varchar, aantal_doorlichtingen bigint, aantal_1a bigint, aantal_1b bigint,
    aantal_2a bigint, aantal_2b bigint, aantal_gok_negatief bigint, aantal_llb_negatief bigint, aantal_ongunstig bigint,
    aandeel_ongunstig double, aandeel_ongunstig_laag double, aandeel_ongunstig_hoog double);
-- Counted by hand: 2 of 8 unfavourable, 2 of 6 in BaO; SO has too few for a share.
insert into mart.doorlichting_advies values
    ('2024-2025', 'jaar', 'alle', 'alle', 'alle', 8, 2, 4, 2, 0, 2, 0, 2, 0.25, 0.0715, 0.5907),
    ('2024-2025', 'jaar', 'BaO', 'alle', 'alle', 6, 2, 2, 2, 0, 2, 0, 2, 0.3333, 0.0968, 0.7),
    ('2024-2025', 'tot_en_met', 'alle', 'alle', 'alle', 8, 2, 4, 2, 0, 2, 0, 2, 0.25, 0.0715, 0.5907),
    ('2025-2026', 'tot_en_met', 'alle', 'alle', 'alle', 8, 2, 4, 2, 0, 2, 0, 2, 0.25, 0.0715, 0.5907),
    ('2025-2026', 'tot_en_met', 'SO', 'alle', 'alle', 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0.6576),
    ('2025-2026', 'tot_en_met', 'BaO', 'alle', 'alle', 6, 2, 2, 2, 0, 2, 0, 2, 0.3333, 0.0968, 0.7);
create table mart.doorlichting_inschaling(doorlichting_id varchar, kwaliteitsverwachting varchar, onderwerp varchar,
    schooljaar varchar, instellingsnummer varchar, naam varchar, onderwijsniveau varchar, scholengroep_nummer varchar,
    datum date, soort varchar, advies varchar, is_bestaand boolean, inschaling varchar, is_tekort boolean,
    volgende_doorlichting_id varchar, volgende_datum date, volgende_schooljaar varchar, volgende_inschaling varchar,
    is_terugkerend boolean);
-- Five years before d1 De Beuk had the same deficit in O1 wiskunde; K2 was put right.
insert into mart.doorlichting_inschaling values
    ('d0', 'O1', 'wiskunde', '2019-2020', '000011', 'De Beuk', 'BaO', '1', '2020-02-01', 'doorlichting', '1B', true,
        'beneden de verwachting', true, 'd1', '2025-03-10', '2024-2025', 'beneden de verwachting', true),
    ('d0', 'K2', '', '2019-2020', '000011', 'De Beuk', 'BaO', '1', '2020-02-01', 'doorlichting', '1B', true,
        'beneden de verwachting', true, 'd1', '2025-03-10', '2024-2025', 'volgens de verwachting', false),
    ('d1', 'O1', 'wiskunde', '2024-2025', '000011', 'De Beuk', 'BaO', '1', '2025-03-10', 'doorlichting', '2A', true,
        'beneden de verwachting', true, null, null, null, null, false),
    ('d1', 'K2', '', '2024-2025', '000011', 'De Beuk', 'BaO', '1', '2025-03-10', 'doorlichting', '2A', true,
        'volgens de verwachting', false, null, null, null, null, false),
    ('d2', 'O1', 'wiskunde', '2024-2025', '000022', 'De Eik', 'SO', '1', '2024-11-05', 'doorlichting', '1B', true,
        'beneden de verwachting', true, null, null, null, null, false);
-- Eight subjects of De Wilg: two of eight below expectation, enough for a percentage.
insert into mart.doorlichting_inschaling
select 'd3', 'O2', 'vak ' || nummer, '2024-2025', '000055', 'De Wilg', 'BaO', '12', '2025-05-12', 'doorlichting', '1B', true,
    if(nummer <= 2, 'beneden de verwachting', 'volgens de verwachting'), nummer <= 2, null, null, null, null, false
from range(1, 9) as vakken(nummer);
create table mart.doorlichting_terugkerend(schooljaar varchar, scholengroep_nummer varchar, onderwijsniveau varchar,
    kwaliteitsverwachting varchar, onderwerp varchar, instellingen_onderzocht bigint, instellingen_met_tekort bigint,
    namen varchar[], aandeel_tekort double, aandeel_tekort_laag double, aandeel_tekort_hoog double);
insert into mart.doorlichting_terugkerend values
    ('2025-2026', '1', 'alle', 'O1', 'wiskunde', 2, 2, ['De Beuk', 'De Eik'], null, null, null),
    ('2025-2026', '1', 'BaO', 'O1', 'wiskunde', 1, 1, ['De Beuk'], null, null, null),
    ('2025-2026', '1', 'alle', 'K2', '', 1, 0, [], null, null, null);
