-- description: one row per schooljaar and instellingsnummer, with the instelling that stands for it in that schooljaar:
--   itself while it exists, else the first of its successors that exists; empty when there is none (closed, or not
--   yet founded)
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
with recursive stappen as (
    select
        schooljaren.schooljaar,
        instellingen.instellingsnummer as instellingsnummer_bron,
        instellingen.instellingsnummer,
        bestaand.instellingsnummer is not null as bestaat,
        [instellingen.instellingsnummer] as pad
    from core.dim_schooljaar as schooljaren
    cross join core.dim_instelling as instellingen
    left join core.dim_instelling_jaar as bestaand
        on bestaand.schooljaar = schooljaren.schooljaar
        and bestaand.instellingsnummer = instellingen.instellingsnummer

    union all

    select
        stappen.schooljaar,
        stappen.instellingsnummer_bron,
        instellingen.opgevolgd_door,
        bestaand.instellingsnummer is not null,
        list_append(stappen.pad, instellingen.opgevolgd_door)
    from stappen
    inner join core.dim_instelling as instellingen using (instellingsnummer)
    left join core.dim_instelling_jaar as bestaand
        on bestaand.schooljaar = stappen.schooljaar
        and bestaand.instellingsnummer = instellingen.opgevolgd_door
    where not stappen.bestaat
        and instellingen.opgevolgd_door is not null
        and instellingen.eerste_schooljaar <= stappen.schooljaar -- not yet founded: nobody stands for it
        -- two numbers that name each other as successor must not go round for ever
        and not list_contains(stappen.pad, instellingen.opgevolgd_door)
)

select
    schooljaar,
    instellingsnummer_bron,
    max(instellingsnummer) filter (where bestaat) as instellingsnummer -- a path ends at the first that exists
from stappen
group by schooljaar, instellingsnummer_bron
