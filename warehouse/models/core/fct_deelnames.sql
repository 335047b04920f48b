-- description: one row per inschrijving that counts as reach: enrolled and present (ja or deels); where an activiteit
--   has no attendance at all, enrolled counts once the activiteit is over, and attendance is marked as unknown.
--   People from outside GO! are marked extern and have no institution
-- grain: inschrijving_id
-- key: inschrijving_id
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
        activiteiten.startdatum,
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
    bereikt.inschrijving_id,
    bereikt.activiteit_id,
    bereikt.schooljaar,
    bereikt.strategie,
    bereikt.bereikdoel_code,
    bereikt.persoon,
    bereikt.ambt,
    bereikt.ancienniteit_jaren,
    opvolging.instellingsnummer,
    instelling.scholengroep_nummer,
    instelling.onderwijsniveau,
    bereikt.is_extern,
    bereikt.is_aanwezigheid_onbekend,
    bereikt.inschrijving_datum,
    bereikt.startdatum,
    bereikt.einddatum
from bereikt
left join core.instelling_bij_werk as opvolging
    on opvolging.schooljaar = bereikt.schooljaar
    and opvolging.instellingsnummer_bron = bereikt.instellingsnummer_bron
left join core.dim_instelling_jaar as instelling
    on instelling.schooljaar = bereikt.schooljaar
    and instelling.instellingsnummer = opvolging.instellingsnummer
