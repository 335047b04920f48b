-- description: one row per inschrijving that counts as reach: enrolled and present (ja or deels); where an activiteit
--   has no attendance at all, enrolled counts once the activiteit is over, and attendance is marked as unknown.
--   People from outside GO! are marked extern and have no institution
-- grain: volgorde, blad, rij
-- key: volgorde, blad, rij
-- assert: not (is_extern and instellingsnummer is not null)
with aanwezigheid as (
    select
        activiteit_id,
        count(aanwezig) = 0 as is_aanwezigheid_onbekend
    from staging.stg_registratie__inschrijvingen
    group by activiteit_id
),

bereikt as (
    select
        inschrijvingen.*,
        aanwezigheid.is_aanwezigheid_onbekend,
        activiteiten.schooljaar,
        activiteiten.strategie,
        activiteiten.bereikdoel_code,
        activiteiten.einddatum
    from staging.stg_registratie__inschrijvingen as inschrijvingen
    inner join staging.stg_registratie__activiteiten as activiteiten using (activiteit_id)
    inner join aanwezigheid using (activiteit_id)
    where inschrijvingen.status = 'ingeschreven'
        and (
            inschrijvingen.aanwezig in ('ja', 'deels')
            or (aanwezigheid.is_aanwezigheid_onbekend and activiteiten.einddatum <= getvariable('peildatum'))
        )
)

select
    bereikt.volgorde,
    bereikt.blad,
    bereikt.rij,
    bereikt.activiteit_id,
    bereikt.schooljaar,
    bereikt.strategie,
    bereikt.bereikdoel_code,
    deelnemers.nummer as persoon_nummer,
    bereikt.ambt,
    opvolging.instellingsnummer,
    instelling.scholengroep_nummer,
    instelling.onderwijsniveau,
    bereikt.is_extern,
    bereikt.is_aanwezigheid_onbekend,
    bereikt.inschrijving_datum,
    bereikt.einddatum
from bereikt
left join core.dim_deelnemers as deelnemers on deelnemers.persoon = bereikt.persoon
left join core.instelling_bij_werk as opvolging
    on opvolging.schooljaar = bereikt.schooljaar
    and opvolging.instellingsnummer_bron = bereikt.instellingsnummer_bron
left join core.dim_instelling_jaar as instelling
    on instelling.schooljaar = bereikt.schooljaar
    and instelling.instellingsnummer = opvolging.instellingsnummer
