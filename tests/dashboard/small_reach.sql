-- Reach, EDBI, staff and workload of the small warehouse: the tables and rows that the last three pages read.
create table mart.bereik_cumulatief(schooljaar varchar, onderwijsniveau varchar, instellingen bigint,
    instellingen_bereikt_cumulatief bigint, professionals_cumulatief bigint,
    instellingen_bereikt_alle_jaren bigint, professionals_alle_jaren bigint, is_bereik_in_plan_volledig boolean,
    is_professionals_in_plan_volledig boolean);
create table mart.bereik_intensiteit(schooljaar varchar, instellingsnummer varchar, intensiteit varchar,
    deelnemers bigint, deelnames bigint, dagdelen double);
create table mart.bereik_doel(code varchar, schooljaar varchar, omschrijving varchar, eenheid varchar, strategie varchar,
    bron varchar, streefwaarde double, gerealiseerd bigint, aandeel double, prognose double, basis_datum date,
    is_volledig_bekend boolean);
create table mart.edbi_respons(activiteit_of_traject_id varchar, schooljaar varchar, strategie varchar, titel varchar,
    organisator varchar, datum date, verstuurd bigint, bezorgd bigint, uitgenodigd bigint, begonnen bigint,
    volledig bigint, gedeeltelijk bigint, anoniem bigint, respons double, respons_laag double, respons_hoog double,
    aandeel_volledig double, is_beschermd boolean);
create table mart.edbi_onbekend(schooljaar varchar, bron varchar, uitnodigingen bigint, uitnodigingen_onbekend bigint,
    antwoorden_onbekend bigint, is_onvolledig boolean);
create table mart.edbi_vraag(schooljaar varchar, strategie varchar, vraag varchar, module varchar, dimensie varchar,
    tekst varchar, is_kernvraag boolean, schaal_min double, schaal_max double, gunstig_vanaf double, n bigint,
    gemiddelde double, aandeel_gunstig double, aandeel_gunstig_laag double, aandeel_gunstig_hoog double, reden varchar,
    is_wachtend boolean);
create table mart.edbi_verdeling(schooljaar varchar, strategie varchar, vraag varchar, antwoord double, aantal bigint,
    aandeel double);
create table mart.edbi_buiten_schaal(schooljaar varchar, strategie varchar, vraag varchar, tekst varchar,
    schaal_min double, schaal_max double, aantal bigint, reden varchar);
create table mart.hr_maand(maand date, dienst varchar, team varchar, personen bigint, vte_aanstelling double,
    vte_inzetbaar double, aandeel_verlof double, aandeel_langdurig_afwezig double, reden varchar);
alter table mart.edbi_strategie add column metingen bigint;
alter table mart.edbi_strategie add column aandeel_volledig double;

-- De Beuk and De Eik were reached. The sum over strategies (58) is more than the 52 people: some came twice.
insert into mart.bereik_aantal values
    ('2025-2026', 'vorming', 'alle', 'alle', 4, 2, 202, 40, 60, null, null, null, 'nvt'),
    ('2025-2026', 'plg', 'alle', 'alle', 4, 1, 202, 18, 21, null, 3, 6.0, null),
    ('2025-2026', 'opvolging', 'alle', 'alle', 4, 1, 202, null, null, 'nvt', 21, 44.5, null),
    ('2025-2026', 'alle', 'BaO', 'alle', 2, 1, 52, 20, 31, null, 21, 44.5, null),
    ('2025-2026', 'alle', 'SO', 'alle', 2, 1, 150, 32, 50, null, 3, 6.0, null),
    ('2025-2026', 'alle', 'alle', '1', 2, 2, 114, 52, 81, null, 24, 50.5, null),
    ('2025-2026', 'alle', 'alle', '12', 2, 0, 88, 0, 0, null, 0, 0.0, null);
insert into mart.bereik_cumulatief values
    ('2024-2025', 'alle', 4, null, null, 3, 40, true, true),
    ('2025-2026', 'alle', 4, 3, 52, 4, 80, true, true);
insert into mart.bereik_intensiteit values
    ('2025-2026', '000011', 'verandertraject', 5, 6, 44.5),
    ('2025-2026', '000022', 'opleiding en vorming', 5, 6, 3.0),
    ('2025-2026', '000033', 'niet bereikt', 0, 0, 0.0),
    ('2025-2026', '000055', 'niet bereikt', 0, 0, 0.0);
insert into mart.bereik_doel values
    ('CURR', '2025-2026', 'Basisscholen bereikt', 'instellingen', 'vorming', 'PBD 4', 4, 1, 0.25, 4.6, '2025-11-19', true),
    ('DUAAL', '2025-2026', 'Leraren duaal leren', 'professionals', 'opleiding', 'PBD 4', 30, 0, 0.0, 0.0, '2025-11-19', true),
    ('MESO', '2025-2026', 'Scholengroepen mesoniveau', 'scholengroepen', null, 'PBD 4', 2, null, null, null, null, false);

update mart.edbi_strategie set metingen = 12, aandeel_volledig = volledig / uitgenodigd;
insert into mart.edbi_strategie values
    ('2025-2026', 'vorming', 200, 61, 9, 0.35, 0.2873, 0.4183, 0.2, 9, 0.305),
    ('2025-2026', 'helpdesk', 63, 3, 1, 0.0635, 0.025, 0.1523, 0.2, 3, 0.0476);
insert into mart.edbi_respons values
    ('A1', '2025-2026', 'vorming', 'Begrijpend lezen, reeks 1', 'PBD', '2025-10-03', 26, 25, 25, 12, 8, 2, 3, 0.4, 0.234, 0.593, 0.32, false),
    ('A2', '2025-2026', 'helpdesk', 'Helpdesk live: leerplannen', 'PBD', '2025-10-10', 60, 58, 57, 4, 3, 1, 0, 0.07, 0.028, 0.167, 0.053, true),
    ('T1', '2025-2026', 'vorming', 'Evaluatie', null, '2025-11-02', 3, 0, 0, 0, 0, 0, 0, null, null, null, null, true);
insert into mart.edbi_vraag values
    ('2025-2026', 'vorming', 'A1', 'A', 'tevredenheid', 'Ik ben tevreden.', true, 1, 5, 4, 70, 4.1, 0.8, 0.692, 0.877, null, false),
    ('2025-2026', 'vorming', 'A2', 'A', 'bruikbaarheid', 'Ik kan dit gebruiken.', true, 1, 5, 4, 68, 3.9, 0.75, 0.636, 0.838, null, true),
    ('2025-2026', 'vorming', 'E1', 'E', 'motivatie', 'Het onderwerp boeit mij.', false, 1, 6, 4, 66, 4.8, 0.9, 0.805, 0.952, null, false),
    ('2025-2026', 'helpdesk', 'A1', 'A', 'tevredenheid', 'Ik ben tevreden.', true, 1, 5, 4, null, null, null, null, null, 'beschermd', false);
insert into mart.edbi_verdeling values
    ('2025-2026', 'vorming', 'A1', 1, 0, 0.0), ('2025-2026', 'vorming', 'A1', 2, 4, 0.057),
    ('2025-2026', 'vorming', 'A1', 3, 10, 0.143), ('2025-2026', 'vorming', 'A1', 4, 36, 0.514),
    ('2025-2026', 'vorming', 'A1', 5, 20, 0.286),
    ('2025-2026', 'vorming', 'A2', 3, 17, 0.25), ('2025-2026', 'vorming', 'A2', 5, 51, 0.75),
    ('2025-2026', 'vorming', 'E1', 2, 6, 0.1), ('2025-2026', 'vorming', 'E1', 5, 60, 0.9);

insert into mart.edbi_buiten_schaal values
    ('2023-2024', 'vorming', 'A1', 'Ik ben tevreden.', 1, 5, 12, null),
    ('2023-2024', 'vorming', 'A2', 'Ik kan dit gebruiken.', 1, 5, null, 'beschermd');

insert into mart.edbi_onbekend
    (schooljaar, bron, uitnodigingen, uitnodigingen_onbekend, antwoorden_onbekend, is_onvolledig)
    values ('2023-2024', 'activiteiten', 900, 3, 1, false);

insert into mart.hr_maand values
    ('2024-11-01', 'PBD', 'alle', 20, 17.0, 15.25, 0.04, 0.05, null),
    ('2025-10-01', 'PBD', 'alle', 21, 18.0, 15.5, 0.06, 0.0476, null),
    ('2025-11-01', 'PBD', 'alle', 21, 18.0, 15.0, 0.07, 0.0952, null),
    ('2025-10-01', 'PBD', 'team taal', 12, 10.0, 9.0, 0.05, 0.0833, null),
    ('2025-11-01', 'PBD', 'team taal', 12, 10.0, 8.5, 0.05, 0.0833, null),
    ('2025-11-01', 'PBD', 'directie', null, null, null, null, null, 'beschermd'),
    ('2025-11-01', 'PBD', 'secretariaat', null, null, null, null, null, 'beschermd');
insert into mart.werkdruk_maand values
    ('2025-2026', '2025-09-01', 'vt', 12, 120, 90, true, 1.0, null),
    ('2025-2026', '2025-10-01', 'vt', 12, 130, 150, true, 1.0, null),
    ('2025-2026', '2025-11-01', 'vt', 12, 125, 40, true, 0.5, null),
    ('2025-2026', '2025-12-01', 'vt', 12, 115, null, false, 0.0, 'ontbreekt'),
    ('2025-2026', '2025-09-01', 'spoc', 6, 40, null, true, 1.0, 'beschermd'),
    ('2025-2026', '2025-10-01', 'spoc', 6, 44, 30, true, 1.0, null),
    ('2025-2026', '2025-09-01', 'zonder categorie', 40, null, 60, true, 1.0, null);
insert into meta.kolom values
    ('mart.bereik_aantal', 'instellingen_bereikt', 'Bereikte instellingen', 'Met minstens één deelname.', 'instellingen', 'inschrijvingen'),
    ('mart.hr_maand', 'personen', 'Personen', 'Personen in dienst in de maand.', 'personen', 'personeel');
