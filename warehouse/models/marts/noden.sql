-- description: one row per schooljaar with a list and instelling: its place in the order of needs within the whole
--   network, the four criteria behind it, how sure the place is, and the support it got that schooljaar; missing for a
--   schooljaar of which no interventies were delivered
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling
-- anonymous: schooljaar, onderwijsniveau, rang, trap, score, score_doorlichting, score_leerresultaten,
--   score_doorstroom, score_leerrecht, bijdrage_doorlichting, bijdrage_leerresultaten, bijdrage_doorstroom,
--   bijdrage_leerrecht, volledigheid, ontbreekt, rang_score, rang_gemiddeld, rang_p05, rang_p95, kans_top, klasse,
--   reden, rankability, is_in_groepen, dagdelen_ondersteuning, is_ondersteund, methode_versie
-- assert: trap in ('verplicht', 'verhoogd', 'regulier')
-- assert: score between 0 and 1
-- assert: (klasse is null) = (reden is not null)
-- assert: reden in ('beschermd', 'ontbreekt', 'nvt') or reden is null
-- assert: volledigheid between 0 and 1
with ondersteuning as (
    select
        schooljaar,
        instellingsnummer,
        sum(dagdelen::decimal(18, 4))::double as dagdelen -- exact: the same rows always give the same sum
    from core.fct_interventies
    where instellingsnummer is not null
    group by schooljaar, instellingsnummer
),

geleverd as (
    select distinct schooljaar from core.fct_interventies
),

-- After a merger the comparison is with the predecessor that stood highest.
vorig as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        min(rangen.rang) as rang
    from core.instelling_in_jaar as herkomst
    inner join core.noden_rang as rangen
        on rangen.instellingsnummer = herkomst.instellingsnummer_bron
        and left(rangen.schooljaar, 4)::integer = left(herkomst.schooljaar, 4)::integer - 1
    group by herkomst.schooljaar, herkomst.instellingsnummer
)

select
    rangen.schooljaar,
    rangen.instellingsnummer,
    instellingen.naam,
    instellingen.onderwijsniveau,
    instellingen.scholengroep_nummer,
    instellingen.scholengroep,
    rangen.rang,
    rangen.trap,
    rangen.score,
    rangen.score_doorlichting,
    rangen.score_leerresultaten,
    rangen.score_doorstroom,
    rangen.score_leerrecht,
    rangen.bijdrage_doorlichting,
    rangen.bijdrage_leerresultaten,
    rangen.bijdrage_doorstroom,
    rangen.bijdrage_leerrecht,
    rangen.volledigheid,
    list_filter([
        case when rangen.score_doorlichting is null then 'doorlichting' end,
        case when rangen.score_leerresultaten is null then 'leerresultaten' end,
        case when rangen.score_doorstroom is null then 'doorstroom' end,
        case when rangen.score_leerrecht is null then 'leerrecht' end
    ], lambda criterium: criterium is not null) as ontbreekt,
    rangen.rang_score,
    rangen.rang_gemiddeld,
    rangen.rang_p05,
    rangen.rang_p95,
    rangen.kans_top,
    rangen.klasse,
    rangen.reden,
    rangen.rankability,
    rangen.is_in_groepen,
    vorig.rang as rang_vorig,
    stand.advies,
    stand.is_gok_negatief,
    stand.is_llb_negatief,
    case when geleverd.schooljaar is not null then coalesce(ondersteuning.dagdelen, 0) end as dagdelen_ondersteuning,
    case when geleverd.schooljaar is not null then ondersteuning.instellingsnummer is not null end as is_ondersteund,
    rangen.methode_versie
from core.noden_rang as rangen
inner join core.dim_instelling_jaar as instellingen using (schooljaar, instellingsnummer)
inner join core.noden_instelling as stand using (schooljaar, instellingsnummer)
left join vorig using (schooljaar, instellingsnummer)
left join geleverd using (schooljaar)
left join ondersteuning using (schooljaar, instellingsnummer)
