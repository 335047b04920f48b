-- description: one row per instelling that the list of the schooljaar of the peildatum holds, of an onderwijsniveau of
--   which the register knows at least one (its export holds no CLB, say): what the list and the register tell
--   differently. An instelling is closed in the register when all its vestigingsplaatsen are
-- grain: instellingsnummer
-- key: instellingsnummer
with lijst as (
    select instellingen.*
    from core.dim_instelling_jaar as instellingen
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    where schooljaren.is_lopend
),

register as (
    select
        instellingsnummer,
        bool_and(is_gesloten) as is_gesloten,
        max(einddatum) as einddatum,
        arg_max(gemeente, (not is_gesloten, is_hoofdzetel, vestigingsplaats)) as gemeente
    from mart.vestiging
    group by instellingsnummer
),

naast_elkaar as (
    select
        lijst.schooljaar,
        lijst.instellingsnummer,
        lijst.naam,
        lijst.scholengroep_nummer,
        lijst.gemeente as gemeente_lijst,
        register.gemeente as gemeente_register,
        register.einddatum,
        register.instellingsnummer is not null as staat_in_register,
        coalesce(register.is_gesloten, false) as is_gesloten,
        lower(strip_accents(trim(lijst.gemeente))) != lower(strip_accents(trim(register.gemeente))) as is_elders
    from lijst
    left join register using (instellingsnummer)
    where lijst.onderwijsniveau in (select onderwijsniveau from lijst semi join register using (instellingsnummer))
)

select
    * exclude (is_gesloten, is_elders),
    is_elders is not null as heeft_gemeenten,
    list_filter(
        [
            if(not staat_in_register, 'onbekend', null),
            if(is_gesloten, 'gesloten', null),
            if(is_elders, 'gemeente', null)
        ],
        lambda verschil: verschil is not null
    ) as verschillen
from naast_elkaar
