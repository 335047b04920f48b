-- description: one row per schooljaar and instelling that exists in it: who it is (name, level, place, size, pupils)
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- assert: (oki is null) = (oki_klasse is null)
-- assert: oki_schooljaar <= schooljaar or oki_schooljaar is null
with instroom as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        instroom.schooljaar as oki_schooljaar,
        sum(instroom.oki * instroom.aantal_leerlingen order by instroom.instellingsnummer_bron)
        / sum(instroom.aantal_leerlingen) as oki
    from core.instelling_in_jaar as herkomst
    inner join core.fct_instroom as instroom
        on instroom.instellingsnummer_bron = herkomst.instellingsnummer_bron
        and instroom.schooljaar <= herkomst.schooljaar
    where herkomst.instellingsnummer is not null
    group by all
    -- a part that is missing or hidden leaves the whole unknown
    having count(*) = count(instroom.oki)
),

laatste_oki as (
    select
        schooljaar,
        instellingsnummer,
        max(oki_schooljaar) as oki_schooljaar,
        arg_max(oki, oki_schooljaar) as oki
    from instroom
    group by schooljaar, instellingsnummer
)

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
left join laatste_oki using (schooljaar, instellingsnummer)
where instellingen.is_eigen_lijst
