-- description: one row per instelling and schooljaar in the summaries of the outputdossier, beside the last doorlichting
--   in the list that the summary can know: reported before it came in and before its schooljaar was over, or begun,
--   ended or reported on the day it names. Where a summary leaves a cell empty it contradicts nothing, save that there was
--   a doorlichting at all. A summary may name a doorlichting of a predecessor or leave it out. No rows as long as no
--   list of doorlichtingen was delivered
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
with samenvattingen as (
    select
        * exclude (ontvangen_datum),
        least(make_date(left(schooljaar, 4)::integer + 1, 8, 31), ontvangen_datum) as bekend_tot
    from staging.stg_outputdossier__doorlichtingen_samenvatting
    where exists (from staging.stg_doorlichtingen__doorlichtingen)
),

lijnen as (
    select
        samenvattingen.schooljaar,
        samenvattingen.instellingsnummer_bron as instellingsnummer,
        coalesce(delen.instellingsnummer_bron, samenvattingen.instellingsnummer_bron) as instellingsnummer_bron,
        samenvattingen.laatste_datum,
        samenvattingen.bekend_tot
    from samenvattingen
    left join core.instelling_in_jaar as zelf
        on zelf.schooljaar = samenvattingen.schooljaar
        and zelf.instellingsnummer_bron = samenvattingen.instellingsnummer_bron
    left join core.instelling_in_jaar as delen
        on delen.schooljaar = samenvattingen.schooljaar
        and delen.instellingsnummer = zelf.instellingsnummer
),

kandidaten as (
    select
        lijnen.schooljaar,
        lijnen.instellingsnummer,
        lijst.* exclude (instellingsnummer),
        lijst.instellingsnummer_bron = lijnen.instellingsnummer as is_eigen,
        [lijst.begindatum, lijst.einddatum, lijst.verslag_datum] as dagen,
        coalesce(list_contains(dagen, lijnen.laatste_datum), false) as is_genoemd
    from lijnen
    inner join core.fct_doorlichtingen as lijst
        on lijst.instellingsnummer_bron = lijnen.instellingsnummer_bron
    where is_genoemd or (is_eigen and lijst.datum <= lijnen.bekend_tot)
),

laatste as (
    select *
    from (
        from kandidaten
        -- schools that merge are often visited on the same days
        qualify is_eigen or not bool_or(is_eigen and is_genoemd) over (partition by schooljaar, instellingsnummer)
    )
    qualify row_number() over (
        partition by schooljaar, instellingsnummer order by datum desc, doorlichting_id desc
    ) = 1
)

select
    samenvattingen.schooljaar,
    samenvattingen.instellingsnummer_bron as instellingsnummer,
    samenvattingen.laatste_datum as samenvatting_datum,
    samenvattingen.advies as samenvatting_advies,
    samenvattingen.uitspraak_gok as samenvatting_gok,
    samenvattingen.uitspraak_llb as samenvatting_llb,
    laatste.doorlichting_id,
    laatste.begindatum as lijst_begindatum,
    laatste.verslag_datum as lijst_datum_verslag,
    laatste.advies as lijst_advies,
    laatste.uitspraak_gok as lijst_gok,
    laatste.uitspraak_llb as lijst_llb,
    list_filter([
        case
            when samenvattingen.laatste_datum is null and laatste.doorlichting_id is null then null
            when not coalesce(list_contains(laatste.dagen, samenvattingen.laatste_datum), false)
                then 'laatste doorlichting'
        end,
        case when samenvattingen.advies != coalesce(laatste.advies, '') then 'advies' end,
        case when samenvattingen.uitspraak_gok != coalesce(laatste.uitspraak_gok, '') then 'GOK' end,
        case when samenvattingen.uitspraak_llb != coalesce(laatste.uitspraak_llb, '') then 'LLB' end
    ], lambda veld: veld is not null) as verschillen
from samenvattingen
left join laatste
    on laatste.schooljaar = samenvattingen.schooljaar
    and laatste.instellingsnummer = samenvattingen.instellingsnummer_bron
