-- description: de verborgen dagdelen van een maand waarvan het totaal getoond wordt, zijn van twee categorieën of meer en
--   samen van genoeg begeleiders
with bijdragen as (
    select 'gepland' as maat, maand, categorie, begeleider
    from mart.werkdruk
    where dagdelen_gepland > 0
    union all
    select 'besteed', maand, categorie, begeleider
    from mart.werkdruk
    where dagdelen_besteed > 0
),

getoond as (
    select 'gepland' as maat, maand, categorie, dagdelen_gepland as dagdelen
    from mart.werkdruk_maand
    union all
    select 'besteed', maand, categorie, dagdelen_besteed
    from mart.werkdruk_maand
)

-- The rows that fail are written in a message: no figures in it.
select maat, maand
from bijdragen
inner join getoond using (maat, maand, categorie)
inner join getoond as totaal using (maat, maand)
where getoond.dagdelen is null
    and totaal.categorie = 'alle'
    and totaal.dagdelen is not null
group by maat, maand
having count(distinct getoond.categorie) = 1
    or count(distinct begeleider) < getvariable('bescherming.minimum_personen')
