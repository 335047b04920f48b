-- description: one row per label, schooljaar in which an instelling first has a running or finished traject with it, and
--   test result: the change of that instelling since the edition before (plaats 0), and of its nearest comparable
--   instellingen that never had the label until then (plaats 1 and up)
-- grain: label, schooljaar, toets, leerjaar, stroom, vak, domein, instellingsnummer, plaats
-- key: label, schooljaar, toets, leerjaar, stroom, vak, domein, instellingsnummer, plaats
-- scope: instelling
-- neighbour: buur, naam, scholengroep_nummer
-- assert: (plaats = 0) = (buur = instellingsnummer)
-- assert: plaats <= getvariable('effect.aantal_vergelijkbaar')
with begonnen as (
    select
        labels.label,
        trajecten.instellingsnummer,
        min(trajecten.schooljaar) as schooljaar
    from core.fct_trajecten as trajecten
    inner join (select distinct label from core.effect_vraag) as labels
        on lower(labels.label) = lower(trim(trajecten.label)) -- written by people: in any case
    where trajecten.status in ('lopend', 'afgerond') and trajecten.instellingsnummer is not null
    group by labels.label, trajecten.instellingsnummer
),

resultaten as (
    select
        vragen.label,
        toets.schooljaar,
        toets.instellingsnummer,
        toets.toets,
        toets.leerjaar,
        toets.stroom,
        toets.vak,
        toets.domein,
        toets.naam,
        toets.scholengroep_nummer,
        toets.verandering,
        toets.reden_verandering
    from core.effect_vraag as vragen
    inner join mart.toets_instelling as toets using (toets, leerjaar, stroom, vak, domein)
),

gevallen as (
    select resultaten.*
    from resultaten
    inner join begonnen using (label, schooljaar, instellingsnummer)
),

buren as (
    select
        gevallen.* replace (
            buur.naam as naam,
            buur.scholengroep_nummer as scholengroep_nummer,
            buur.verandering as verandering,
            buur.reden_verandering as reden_verandering
        ),
        buur.instellingsnummer as buur,
        row_number() over (
            partition by
                gevallen.label, gevallen.schooljaar, gevallen.instellingsnummer,
                gevallen.toets, gevallen.leerjaar, gevallen.stroom, gevallen.vak, gevallen.domein
            order by volgorde.plaats
        ) as plaats
    from gevallen
    inner join core.noden_buur as volgorde using (schooljaar, instellingsnummer)
    inner join resultaten as buur
        on buur.label = gevallen.label
        and buur.schooljaar = gevallen.schooljaar
        and buur.instellingsnummer = volgorde.buur
        and buur.toets = gevallen.toets
        and buur.leerjaar = gevallen.leerjaar
        and buur.stroom = gevallen.stroom
        and buur.vak = gevallen.vak
        and buur.domein = gevallen.domein
    left join begonnen
        on begonnen.label = gevallen.label
        and begonnen.instellingsnummer = buur.instellingsnummer
        and begonnen.schooljaar <= gevallen.schooljaar
    where buur.verandering is not null and begonnen.instellingsnummer is null
)

select *, instellingsnummer as buur, 0::bigint as plaats from gevallen
union all by name
select * from buren where plaats <= getvariable('effect.aantal_vergelijkbaar')
