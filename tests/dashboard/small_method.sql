-- What the small warehouse says of its own ranking: a look back at two years, and two instellingen under other choices.
create table mart.noden_terugblik(schooljaar varchar, lijst varchar, omschrijving varchar, top_n bigint,
    instellingen bigint, nieuw_ongunstig bigint, in_top bigint, aandeel double, laag double, hoog double,
    is_volledig boolean);
insert into mart.noden_terugblik values
    ('2023-2024', 'rangschikking', 'De rangschikking op noden', 50, 400, 10, 4, 0.4, 0.1682, 0.6873, true),
    ('2023-2024', 'naief', 'Alleen het laatste advies', 50, 400, 10, 2, 0.2, 0.0567, 0.5098, true),
    ('2023-2024', 'naief_oki', 'Alleen de OKI, hoogste eerst', 50, 400, 10, 1, 0.1, 0.0179, 0.4042, true),
    ('2024-2025', 'rangschikking', 'De rangschikking op noden', 50, 400, 0, 0, null, null, null, false),
    ('2024-2025', 'naief', 'Alleen het laatste advies', 50, 400, 0, 0, null, null, null, false),
    ('2024-2025', 'naief_oki', 'Alleen de OKI, hoogste eerst', 50, 400, 0, 0, null, null, null, false);
create table mart.noden_kleinste(schooljaar varchar, krimping varchar, top_n bigint, instellingen bigint, kleinste bigint,
    meeste_leerlingen bigint, in_top bigint, aandeel double, verwacht double);
insert into mart.noden_kleinste values
    ('2025-2026', 'voor', 50, 400, 40, 60, 11, 0.22, 0.1),
    ('2025-2026', 'na', 50, 400, 40, 60, 4, 0.08, 0.1);
create table mart.noden_robuustheid(schooljaar varchar, instellingsnummer varchar, rang bigint, rang_gelijk bigint,
    rang_rangsom bigint, rang_lexicografisch bigint, rang_onverwacht bigint, rang_zonder_doorlichting bigint,
    rang_zonder_leerresultaten bigint, rang_zonder_doorstroom bigint, rang_zonder_leerrecht bigint,
    grootste_verschuiving bigint);
-- 1 and 2 change places without doorlichtingen; 3 falls to 60, out of the first fifty, on unexpected need.
insert into mart.noden_robuustheid values
    ('2025-2026', '000011', 1, 1, 1, 1, 1, 2, 1, 1, 1, 1),
    ('2025-2026', '000055', 2, 2, 2, 2, 2, 1, 2, 2, 2, 1),
    ('2025-2026', '000022', 3, 3, 3, 3, 60, 3, 3, 3, 3, 57),
    ('2025-2026', '000033', 4, 4, 4, 4, 4, 4, 4, 4, 4, 0);
