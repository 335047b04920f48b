-- description: one row per schooljaar, month and planning category ('alle' = all together, counted anew): dagdelen
--   planned and spent by all begeleiders. A sum to which fewer persons contribute than the minimum is hidden; with it the
--   smallest other category (of planning: one with the same months), and the total too where that would still give it
--   away. Zero is a sum of everybody and is shown
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

-- Planning is the same share of the year in every month of its period: what is known of one month is known of all. So it
-- is judged per schooljaar and period, the agenda per month.
gepland as (
    select
        *,
        concat_ws(' ', schooljaar, min(maand) over categorie, max(maand) over categorie) as venster
    from mart.werkdruk
    where dagdelen_gepland > 0
    window categorie as (partition by schooljaar, categorie)
),

bijdragen as (
    select 'gepland' as maat, venster, maand, categorie, begeleider
    from gepland
    union all
    select 'besteed', maand::varchar, maand, categorie, begeleider
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

-- One hidden category, or hidden ones of too few together, would follow from the total of the months of the window.
alleen as (
    select maat, venster
    from bijdragen
    semi join verborgen using (maat, venster, categorie)
    group by maat, venster
    having count(distinct categorie) = 1
        or count(distinct begeleider) < getvariable('bescherming.minimum_personen')
),

alle_verborgen as (
    select distinct maat, maand, categorie
    from bijdragen
    semi join verborgen using (maat, venster, categorie)
    union
    select distinct maat, maand, 'alle'
    from bijdragen
    semi join alleen using (maat, venster)
),

gemerkt as (
    select
        regels.*,
        regels.begeleiders < getvariable('bescherming.minimum_personen') as is_klein,
        -- with agendas of a few, a zero too tells of them alone
        max(regels.geregistreerd) over (partition by regels.maand)
        between 1 and getvariable('bescherming.minimum_personen') - 1 as zijn_agendas_klein,
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
    if(verbergt_gepland, null, dagdelen_gepland) as dagdelen_gepland,
    if(verbergt_besteed or zijn_agendas_klein, null, dagdelen_besteed) as dagdelen_besteed,
    geregistreerd > 0 as is_geregistreerd,
    if(is_klein, null, geregistreerd / begeleiders) as aandeel_geregistreerd,
    case
        when is_klein or verbergt_gepland or verbergt_besteed or zijn_agendas_klein then 'beschermd'
        when geregistreerd = 0 then 'ontbreekt'
    end as reden
from gemerkt
