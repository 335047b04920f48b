-- What the pages Datakwaliteit and Definities and the badges read: one warning on the registrations, which feed
-- bereik_aantal; two versions of history; and who has not delivered.
create schema settings;
create table settings.levering_verwacht(tabel varchar);
insert into settings.levering_verwacht values ('instellingen'), ('instroom');
create table settings.levering_niet_verwacht(tabel varchar, reden varchar);
insert into settings.levering_niet_verwacht values ('inschrijvingen', 'Wie niet deelneemt, staat er niet in.');
create table settings.strategie(strategie varchar, uit_inschrijvingen boolean, uit_verslagtool boolean);
insert into settings.strategie values ('helpdesk', true, false), ('opleiding', true, false), ('vorming', true, false),
    ('plg', true, true), ('vt', false, true), ('opvolging', false, true);
create table settings.bron_eigenaar(bron varchar, eigenaar varchar);
create table meta.herkomst(mart varchar, tabel varchar, bron varchar);
create table meta.validatie_historie(versie bigint, gebouwd_op timestamp, peildatum date, bron varchar, tabel varchar,
    ernst varchar, geslaagd bigint, mislukt bigint);
create table mart.levering_volledigheid(tabel varchar, schooljaar varchar, scholengroep_nummer varchar,
    scholengroep varchar, eenheid varchar, aantal_verwacht bigint, aantal_geleverd bigint, aandeel_geleverd double, is_lopend boolean);
create table mart.levering_instelling(tabel varchar, schooljaar varchar, instellingsnummer varchar, naam varchar,
    onderwijsniveau varchar, scholengroep_nummer varchar, scholengroep varchar, is_geleverd boolean, is_lopend boolean);
create table mart.personeel_verschil(schooljaar varchar, instellingsnummer varchar, naam varchar,
    scholengroep_nummer varchar, aantal_personeelsleden bigint, aantal_deelnemers bigint);
alter table meta.kolom add column sinds varchar;
update meta.kolom set sinds = 'versie 0.1.0';

insert into settings.bron_eigenaar values ('instellingen', 'Dienst Kwaliteit'), ('inschrijvingen', '');
insert into meta.herkomst values
    ('noden', 'instellingen', 'instellingen'), ('instelling_jaar', 'instellingen', 'instellingen'),
    ('bereik_aantal', 'instellingen', 'instellingen'), ('bereik_aantal', 'inschrijvingen', 'inschrijvingen'),
    ('doorlichting', 'doorlichtingen', 'doorlichtingen'), ('hr_maand', 'personeel', 'personeel');
update meta.validatie set tabel = bron, ernst = if(geslaagd, 'kritiek', 'waarschuwing'),
    verwachting = if(geslaagd, '''instellingsnummer'' is uniek', '''ambt'' is niet bijna overal leeg');
insert into meta.validatie_historie values
    (1, '2025-10-01 08:00:00', '2025-10-01', 'inschrijvingen', 'inschrijvingen', 'kritiek', 4, 2),
    (1, '2025-10-01 08:00:00', '2025-10-01', 'inschrijvingen', 'inschrijvingen', 'waarschuwing', 4, 1),
    (2, '2025-11-21 08:00:00', '2025-11-21', 'inschrijvingen', 'inschrijvingen', 'kritiek', 6, 0),
    (2, '2025-11-21 08:00:00', '2025-11-21', 'inschrijvingen', 'inschrijvingen', 'waarschuwing', 4, 1),
    (2, '2025-11-21 08:00:00', '2025-11-21', 'instellingen', 'instellingen', 'kritiek', 9, 0);
insert into mart.levering_volledigheid values
    ('instellingen', '2025-2026', '1', 'Het Noorderlicht', 'instelling', 2, 2, 1.0, true),
    ('instellingen', '2025-2026', '12', 'De Zuidster', 'instelling', 2, 2, 1.0, true),
    ('instroom', '2025-2026', '1', 'Het Noorderlicht', 'instelling', 2, 1, 0.5, true),
    ('instroom', '2025-2026', '12', 'De Zuidster', 'instelling', 2, 0, 0.0, true),
    ('instroom', '2024-2025', '1', 'Het Noorderlicht', 'instelling', 2, 2, 1.0, false),
    ('instroom', '2024-2025', '12', 'De Zuidster', 'instelling', 20, 19, 0.95, false),
    ('instroom', '2024-2025', '3', 'De Ster', 'instelling', 2, 0, 0.0, false);
insert into mart.levering_instelling values
    ('instellingen', '2025-2026', '000011', 'De Beuk', 'BaO', '1', 'Het Noorderlicht', true, true),
    ('instroom', '2025-2026', '000022', 'De Eik', 'SO', '1', 'Het Noorderlicht', false, true),
    ('instroom', '2025-2026', '000033', 'De Linde', 'SO', '12', 'De Zuidster', false, true),
    ('instroom', '2025-2026', '000055', 'De Wilg', 'BaO', '12', 'De Zuidster', false, true),
    ('doorstroom', '2025-2026', '000055', null, 'BaO', '12', 'De Zuidster', false, true);
insert into mart.personeel_verschil values
    ('2025-2026', '000011', 'De Beuk', '1', 30, 34),
    ('2025-2026', '000022', 'De Eik', '1', 2, 4);
