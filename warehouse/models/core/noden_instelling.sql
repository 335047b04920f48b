-- description: one row per schooljaar with a list and instelling, with the state of its inspection at the end of that
--   schooljaar (or at the peildatum): the advice in force (the gravest, when predecessors bring several), open negative
--   rulings, and the inschalingen of the reports in force. Input of the ranking
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- assert: heeft_doorlichting = (advies is not null)
with verslagen as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        doorlichtingen.doorlichting_id,
        doorlichtingen.datum,
        doorlichtingen.advies,
        coalesce(afloop.vervangen_datum > schooljaren.einde, true) as is_van_kracht,
        doorlichtingen.is_gok_negatief
        and coalesce(afloop.gok_gesloten_datum > schooljaren.einde, true) as is_gok_open,
        doorlichtingen.is_llb_negatief
        and coalesce(afloop.llb_gesloten_datum > schooljaren.einde, true) as is_llb_open
    from core.dim_schooljaar as schooljaren
    inner join core.instelling_in_jaar as herkomst
        on herkomst.schooljaar = schooljaren.schooljaar
        and herkomst.instellingsnummer is not null
    inner join core.fct_doorlichtingen as doorlichtingen
        on doorlichtingen.instellingsnummer_bron = herkomst.instellingsnummer_bron
        and doorlichtingen.datum <= schooljaren.einde
    inner join core.doorlichting_afloop as afloop
        on afloop.doorlichting_id = doorlichtingen.doorlichting_id
),

-- An instelling that is listed again after a successor stood for it: what replaced its report is about another one,
-- so its own last report counts again.
geldende as (
    select
        * replace (
            is_van_kracht
            or (
                not bool_or(is_van_kracht) over eigen
                and row_number() over (eigen order by datum desc, doorlichting_id desc) = 1
            ) as is_van_kracht
        )
    from verslagen
    window eigen as (partition by schooljaar, instellingsnummer)
),

stand as (
    select
        geldende.schooljaar,
        geldende.instellingsnummer,
        max(geldende.advies) filter (where geldende.is_van_kracht) as advies, -- 1A < 1B < 2A < 2B, as text too
        bool_or(geldende.is_gok_open) as is_gok_negatief,
        bool_or(geldende.is_llb_open) as is_llb_negatief,
        sum(inschalingen.aantal_inschalingen) filter (where geldende.is_van_kracht) as aantal_inschalingen,
        sum(inschalingen.aantal_beneden) filter (where geldende.is_van_kracht) as aantal_beneden,
        sum(inschalingen.aantal_benadert) filter (where geldende.is_van_kracht) as aantal_benadert
    from geldende
    left join core.fct_inschalingen as inschalingen using (doorlichting_id)
    group by geldende.schooljaar, geldende.instellingsnummer
)

select
    instellingen.schooljaar,
    instellingen.instellingsnummer,
    instellingen.onderwijsniveau,
    stand.instellingsnummer is not null as heeft_doorlichting,
    stand.advies,
    coalesce(stand.is_gok_negatief, false) as is_gok_negatief,
    coalesce(stand.is_llb_negatief, false) as is_llb_negatief,
    stand.aantal_inschalingen::bigint as aantal_inschalingen,
    stand.aantal_beneden::bigint as aantal_beneden,
    stand.aantal_benadert::bigint as aantal_benadert
from core.dim_instelling_jaar as instellingen
left join stand using (schooljaar, instellingsnummer)
where instellingen.is_eigen_lijst
