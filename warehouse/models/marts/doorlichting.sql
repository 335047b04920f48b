-- description: one row per doorlichting until the peildatum, under the instelling that carries its history now (its own
--   number when it closed), with its outcome, its inschalingen and whether it is the one in force at the peildatum
-- grain: doorlichting_id
-- key: doorlichting_id
-- scope: instelling
-- anonymous: onderwijsniveau, soort, advies, is_van_kracht
with doorlichtingen as (
    select
        * exclude (instellingsnummer),
        coalesce(instellingsnummer, instellingsnummer_bron) as instellingsnummer,
        instellingsnummer is not null as bestaat
    from core.fct_doorlichtingen
)

select
    doorlichtingen.doorlichting_id,
    doorlichtingen.instellingsnummer,
    doorlichtingen.datum,
    doorlichtingen.soort,
    doorlichtingen.advies,
    doorlichtingen.uitspraak_gok,
    doorlichtingen.uitspraak_llb,
    doorlichtingen.verslag_datum as datum_verslag,
    doorlichtingen.bestaat and afloop.vervangen_datum is null as is_van_kracht,
    coalesce(inschalingen.aantal_inschalingen, 0) as aantal_inschalingen,
    inschalingen.aantal_beneden,
    inschalingen.aantal_benadert,
    inschalingen.aantal_volgens,
    inschalingen.aantal_overstijgt,
    instelling.onderwijsniveau,
    instelling.scholengroep_nummer
from doorlichtingen
inner join core.doorlichting_afloop as afloop using (doorlichting_id)
left join core.fct_inschalingen as inschalingen using (doorlichting_id)
left join core.dim_instelling as instelling using (instellingsnummer)
