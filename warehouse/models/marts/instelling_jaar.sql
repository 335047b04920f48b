-- description: one row per schooljaar and instelling that exists in it: who it is (name, level, place, size, pupils)
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling
-- anonymous: schooljaar, onderwijsniveau, oki_klasse, grootte_klasse
-- assert: (oki is null) = (oki_klasse is null)
-- assert: oki_schooljaar <= schooljaar or oki_schooljaar is null
select
    instellingen.schooljaar,
    instellingen.instellingsnummer,
    instellingen.naam,
    instellingen.onderwijsniveau,
    instellingen.scholengroep_nummer,
    instellingen.scholengroep,
    instellingen.scholengemeenschap,
    instellingen.gemeente,
    instellingen.aantal_vestigingen,
    instellingen.aantal_leerlingen,
    instellingen.aantal_personeelsleden,
    instellingen.aantal_vte,
    laatste_oki.oki,
    case
        when laatste_oki.oki >= getvariable('instelling.oki_hoog') then 'hoog'
        when laatste_oki.oki >= getvariable('instelling.oki_midden') then 'midden'
        when laatste_oki.oki is not null then 'laag'
    end as oki_klasse,
    laatste_oki.oki_schooljaar,
    instellingen.clb,
    instellingen.opgevolgd_door,
    case
        when instellingen.aantal_leerlingen >= getvariable('instelling.leerlingen_groot') then 'groot'
        when instellingen.aantal_leerlingen >= getvariable('instelling.leerlingen_middelgroot') then 'middelgroot'
        when instellingen.aantal_leerlingen is not null then 'klein'
    end as grootte_klasse,
    lower(strip_accents(concat_ws(
        ' ', instellingen.naam, instellingen.instellingsnummer, instellingen.gemeente
    ))) as zoektekst
from core.dim_instelling_jaar as instellingen
left join core.instelling_oki as laatste_oki using (schooljaar, instellingsnummer)
where instellingen.is_eigen_lijst
