-- description: one row per category text as it stands in an agenda, beside the list of agenda categorieën: whether nobody
--   has mapped it yet, and how many begeleiders use it; nothing where the list was not delivered
-- grain: categorieen
-- key: categorieen
select categorieen, is_onbekend, count(distinct items.begeleider) as begeleiders
from staging.stg_agenda__items as items
inner join core.dim_agenda_categorie using (categorieen)
where exists (from staging.stg_agenda__categorieen)
group by categorieen, is_onbekend
