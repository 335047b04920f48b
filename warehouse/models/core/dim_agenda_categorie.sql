-- description: one row per category text as it stands in an agenda, with the meaning of the first category in it that
--   is known; is_onbekend marks texts that nobody has mapped yet (they count as hours without category)
-- grain: categorieen
-- key: categorieen
with teksten as (
    select distinct categorieen from staging.stg_agenda__items where categorieen is not null
),

-- Outlook separates several categories by a semicolon (Dutch) or a comma (English); a name may itself hold a comma,
-- so the whole text is tried first.
namen as (
    select
        categorieen,
        unnest(list_prepend(categorieen, string_split_regex(categorieen, '[;,]'))) as naam,
        unnest(range(len(string_split_regex(categorieen, '[;,]')) + 1)) as plaats
    from teksten
),

gekend as (
    select
        namen.categorieen,
        arg_min(betekenis.proces, (namen.plaats, betekenis.categorie)) as proces,
        -- the struct keeps an empty planningscategorie of the first match: arg_min alone skips nulls
        arg_min({'waarde': betekenis.planningscategorie}, (namen.plaats, betekenis.categorie)).waarde
            as planningscategorie
    from namen
    inner join staging.stg_agenda__categorieen as betekenis
        on lower(trim(betekenis.categorie)) = lower(trim(namen.naam))
    group by namen.categorieen
)

select
    teksten.categorieen,
    gekend.proces,
    gekend.planningscategorie,
    gekend.categorieen is null as is_onbekend
from teksten
left join gekend using (categorieen)
