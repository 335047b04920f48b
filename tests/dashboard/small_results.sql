-- Test results of the small warehouse: De Eik clearly below like schools, De Linde not, De Beuk hidden.
create table mart.toets_instelling(schooljaar varchar, instellingsnummer varchar, toets varchar, leerjaar varchar,
    stroom varchar, vak varchar, domein varchar, groep varchar, onderdeel varchar, naam varchar,
    onderwijsniveau varchar, scholengroep_nummer varchar, scholengroep varchar, maat varchar, n bigint, waarde double,
    standaardfout double, laag double, hoog double, vergelijkbaar double, netwerk double, vlaanderen double,
    verschil_vergelijkbaar double, zekerheid varchar, reden varchar, reden_n varchar, aandeel_minimumdoel double,
    minimumdoel_laag double, minimumdoel_hoog double, aandeel_niveau_a double, aandeel_niveau_b double,
    aandeel_niveau_c double, aandeel_niveau_d double, aandeel_niveau_e double, leerwinst double,
    reden_minimumdoel varchar, reden_niveau varchar, verandering double, verandering_laag double,
    verandering_hoog double, verandering_zekerheid varchar, reden_verandering varchar);
create table mart.toets_netwerk(schooljaar varchar, scholengroep_nummer varchar, onderwijsniveau varchar,
    toets varchar, leerjaar varchar, stroom varchar, vak varchar, domein varchar, groep varchar, onderdeel varchar,
    maat varchar, instellingen bigint, met_resultaat bigint, beschermd bigint, ontbreekt bigint, deelnemers bigint,
    gemiddelde double, standaardfout double, p10 double, p25 double, mediaan double, p75 double, p90 double, vergelijkbaar double,
    vlaanderen double, vergeleken bigint, duidelijk_lager bigint, duidelijk_hoger bigint,
    deelnemers_minimumdoel bigint, aandeel_minimumdoel double, aandeel_niveau_a double, aandeel_niveau_b double,
    aandeel_niveau_c double, aandeel_niveau_d double, aandeel_niveau_e double, leerwinst double,
    minimumdoel_laag double, minimumdoel_hoog double, is_in_reeks boolean, uitleg_reeks varchar);
create table mart.toets_scholengroep(schooljaar varchar, scholengroep_nummer varchar, scholengroep varchar,
    onderwijsniveau varchar, toets varchar, leerjaar varchar, stroom varchar, vak varchar, domein varchar,
    groep varchar, onderdeel varchar, instellingen bigint, vergeleken bigint, duidelijk_lager bigint,
    aandeel_lager double, aandeel_laag double, aandeel_hoog double, rode_draad varchar);

insert into mart.toets_instelling values
    ('2025-2026', '000022', 'Vlaamse toetsen', '2SO', 'A', 'wiskunde', 'totaal', '2SO-A', 'wiskunde: totaal', 'De Eik',
        'SO', '1', 'Het Noorderlicht', 'score', 40, 480, 10, 460.4, 499.6, 515, 510, 516, -35, 'duidelijk lager',
        null, null, 0.45, 0.307, 0.602, 0.05, 0.2, 0.25, 0.3, 0.2, null, null, null, -8, -36, 20, 'kan toeval zijn',
        null),
    ('2025-2026', '000033', 'Vlaamse toetsen', '2SO', 'A', 'wiskunde', 'totaal', '2SO-A', 'wiskunde: totaal',
        'De Linde', 'SO', '12', 'De Zuidster', 'score', 60, 530, 12, 506.5, 553.5, 522, 510, 516, 8,
        'kan toeval zijn', null, null, 0.8, 0.682, 0.882, 0.2, 0.3, 0.3, 0.15, 0.05, null, null, null, 30, 2, 58,
        'duidelijk hoger', null),
    ('2025-2026', '000011', 'Vlaamse toetsen', '4LO', '', 'wiskunde', 'totaal', '4LO', 'wiskunde: totaal', 'De Beuk',
        'BaO', '1', 'Het Noorderlicht', 'score', null, null, null, null, null, 495, null, 500, null, null,
        'beschermd', 'beschermd', null, null, null, null, null, null, null, null, null, 'beschermd', 'beschermd',
        null, null, null, null, 'beschermd'),
    ('2025-2026', '000011', 'Koala', '', '', '', 'taal', 'alle', 'taal', 'De Beuk', 'BaO', '1', 'Het Noorderlicht',
        'aandeel', 20, 0.5, null, 0.299, 0.701, 0.75, 0.5, null, -0.25, 'duidelijk lager', null, null, null, null,
        null, null, null, null, null, null, null, 'nvt', 'nvt', 0.1, -0.19, 0.37, 'kan toeval zijn', null),
    ('2025-2026', '000011', 'OVSG', '', '', '', 'wiskunde', 'alle', 'wiskunde', 'De Beuk', 'BaO', '1',
        'Het Noorderlicht', 'aandeel', 20, 0.7, null, 0.481, 0.855, null, 0.7, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, 'nvt', 'nvt', null, null, null, null, 'nvt');
insert into mart.toets_netwerk
select jaar, sg, niveau, 'Vlaamse toetsen', '2SO', 'A', 'wiskunde', 'totaal', '2SO-A', 'wiskunde: totaal', 'score',
    instellingen, instellingen, 0, 0, n, score + verschil, 8, 485, 492, 505, 518, 525, 519.2, 516, instellingen, lager, 0,
    n, minimum, 0.14, 0.26, 0.28, 0.21, 0.11, null, laag, hoog, true, 'Dezelfde schaal.'
from (values ('2024-2025', -10), ('2025-2026', 0)) as j(jaar, verschil)
cross join (values ('alle'), ('SO')) as o(niveau)
cross join (values
    ('alle', 2, 100, 510, 1, 0.66, 0.563, 0.745),
    ('1', 1, 40, 480, 1, 0.45, 0.307, 0.602),
    ('12', 1, 60, 530, 0, 0.8, 0.682, 0.882)
) as s(sg, instellingen, n, score, lager, minimum, laag, hoog);
insert into mart.toets_netwerk
select '2025-2026', sg, niveau, 'Vlaamse toetsen', '4LO', '', 'wiskunde', 'totaal', '4LO', 'wiskunde: totaal', 'score',
    1, 0, 1, 0, null, null, null, null, null, null, null, null, null, 500, 0, 0, 0, null, null, null, null, null, null, null,
    null, null, null, true, 'Dezelfde schaal.'
from (values ('alle'), ('1')) as s(sg) cross join (values ('alle'), ('BaO')) as o(niveau);
insert into mart.toets_netwerk
select '2025-2026', sg, niveau, toets, '', '', '', domein, 'alle', domein, 'aandeel', 1, 1, 0, 0, 20, share, 0.1, share,
    share, share, share, share, alike, null, compared, compared, 0, null, null, null, null, null, null, null, null,
    null, null, toets = 'Koala', uitleg
from (values ('alle'), ('1')) as s(sg) cross join (values ('alle'), ('BaO')) as o(niveau)
cross join (values
    ('Koala', 'taal', 0.5, 0.75, 1, 'Elk jaar hetzelfde.'),
    ('OVSG', 'wiskunde', 0.7, null, 0, 'Elk jaar andere opgaven.')
) as t(toets, domein, share, alike, compared, uitleg);
insert into mart.toets_scholengroep
select '2025-2026', sg, naam, niveau, 'Vlaamse toetsen', '2SO', 'A', 'wiskunde', domein, '2SO-A',
    'wiskunde: ' || domein, 8, vergeleken, lager, lager / vergeleken, laag, hoog, draad
from (values ('alle'), ('SO')) as o(niveau)
cross join (values
    ('1', 'Het Noorderlicht', 'totaal', 8, 5, 0.306, 0.863, 'duidelijk'),
    ('1', 'Het Noorderlicht', 'meetkunde', 8, 2, 0.071, 0.591, 'mogelijk'),
    ('12', 'De Zuidster', 'totaal', 8, 0, 0.0, 0.324, 'niet'),
    ('12', 'De Zuidster', 'meetkunde', 3, 1, 0.061, 0.792, 'te weinig instellingen')
) as c(sg, naam, domein, vergeleken, lager, laag, hoog, draad);

-- De Eik has a label: too few to show on 2SO-B; the first row stands for seven schools, clearly better than like ones.
create table mart.effect_traject(label varchar, schooljaar varchar, toets varchar, leerjaar varchar, stroom varchar,
    vak varchar, domein varchar, instellingen bigint, vergelijkbare bigint, verandering double,
    verandering_vergelijkbaar double, verschil double, verschil_laag double, verschil_hoog double, reden varchar);
create table mart.effect_geval(label varchar, schooljaar varchar, toets varchar, leerjaar varchar, stroom varchar,
    vak varchar, domein varchar, instellingsnummer varchar, plaats bigint, buur varchar, naam varchar,
    scholengroep_nummer varchar, verandering double, reden_verandering varchar);
insert into mart.effect_traject values
    ('boekbox', 'alle', 'Vlaamse toetsen', '2SO', 'A', 'Nederlands', 'begrijpend lezen', 7, 20, 9, -3, 12, 4, 20, null),
    ('boekbox', '2025-2026', 'Vlaamse toetsen', '2SO', 'A', 'Nederlands', 'begrijpend lezen', 4, 15, null, null, null,
        null, null, 'te weinig'),
    ('boekbox', 'alle', 'Vlaamse toetsen', '2SO', 'B', 'Nederlands', 'begrijpend lezen', 1, 2, null, null, null, null,
        null, 'te weinig'),
    ('didactische cahiers', 'alle', 'Vlaamse toetsen', '4LO', '', 'wiskunde', 'totaal', 6, 9, 2, 4, -2, -9, 5, null),
    ('didactische cahiers', 'alle', 'Vlaamse toetsen', '6LO', '', 'wiskunde', 'totaal', 0, 0, null, null, null, null,
        null, 'te weinig');
insert into mart.effect_geval values
    ('boekbox', '2025-2026', 'Vlaamse toetsen', '2SO', 'A', 'Nederlands', 'begrijpend lezen', '000022', 0, '000022',
        'De Eik', '1', 14, null),
    ('boekbox', '2025-2026', 'Vlaamse toetsen', '2SO', 'A', 'Nederlands', 'begrijpend lezen', '000022', 1, '000033',
        'De Linde', '12', 4, null),
    ('didactische cahiers', '2025-2026', 'Vlaamse toetsen', '4LO', '', 'wiskunde', 'totaal', '000011', 0, '000011',
        'De Beuk', '1', null, 'beschermd');
