-- description: one row per schooljaar, month and planning category ('alle' = all together, counted anew): dagdelen
--   planned and spent by all begeleiders. A sum to which fewer persons contribute than the minimum is hidden; with it the
--   smallest other category, and the total too where that would still give it away
-- grain: schooljaar, maand, categorie
-- key: schooljaar, maand, categorie
-- scope: werkdruk
with regels as (
    select
        schooljaar,
        maand,
        coalesce(categorie, 'alle') as categorie,
        count(distinct begeleider) as begeleiders,
        count(distinct begeleider) filter (where is_geregistreerd) as geregistreerd,
        -- exact: the same rows always give the same sum
        sum(dagdelen_gepland::decimal(18, 6))::double as dagdelen_gepland,
        sum(dagdelen_besteed::decimal(18, 6))::double as dagdelen_besteed
    from mart.werkdruk
    group by schooljaar, maand, cube (categorie)
),

-- Planning is the same share of the year in every month, so it is judged per schooljaar; the agenda per month.
bijdragen as (
    select 'gepland' as maat, schooljaar as venster, schooljaar, maand, categorie, begeleider
    from mart.werkdruk
    where dagdelen_gepland > 0
    union all
    select 'besteed', maand::varchar, schooljaar, maand, categorie, begeleider
    from mart.werkdruk
    where dagdelen_besteed > 0
),

grootten as (
    select
        maat,
        venster,
        categorie,
        count(distinct begeleider) as personen,
        count(distinct begeleider) < getvariable('bescherming.minimum_personen') as is_klein
    from bijdragen
    group by maat, venster, categorie
),

verborgen as (
    select maat, venster, categorie
    from grootten
    qualify is_klein
        or (
            bool_or(is_klein) over (partition by maat, venster)
            and row_number() over (partition by maat, venster, is_klein order by personen, categorie) = 1
        )
),

alle_verborgen as (
    select distinct maat, maand, categorie
    from bijdragen
    semi join verborgen using (maat, venster, categorie)
    union
    select bijdragen.maat, bijdragen.maand, 'alle'
    from bijdragen
    left join verborgen using (maat, venster, categorie)
    group by bijdragen.maat, bijdragen.maand
    having count(distinct bijdragen.begeleider) < getvariable('bescherming.minimum_personen')
        or count(distinct bijdragen.begeleider) filter (where verborgen.categorie is not null)
        between 1 and getvariable('bescherming.minimum_personen') - 1
),

gemerkt as (
    select
        regels.*,
        regels.begeleiders < getvariable('bescherming.minimum_personen') as is_klein,
        gepland.categorie is not null as verbergt_gepland,
        besteed.categorie is not null as verbergt_besteed
    from regels
    left join alle_verborgen as gepland
        on gepland.maat = 'gepland' and gepland.maand = regels.maand and gepland.categorie = regels.categorie
    left join alle_verborgen as besteed
        on besteed.maat = 'besteed' and besteed.maand = regels.maand and besteed.categorie = regels.categorie
)

select
    schooljaar,
    maand,
    categorie,
    if(is_klein, null, begeleiders) as begeleiders,
    if(is_klein or verbergt_gepland, null, dagdelen_gepland) as dagdelen_gepland,
    if(is_klein or verbergt_besteed, null, dagdelen_besteed) as dagdelen_besteed,
    geregistreerd > 0 as is_geregistreerd,
    if(is_klein, null, geregistreerd / begeleiders) as aandeel_geregistreerd,
    case
        when is_klein or verbergt_gepland or verbergt_besteed then 'beschermd'
        when geregistreerd = 0 then 'ontbreekt'
    end as reden
from gemerkt
