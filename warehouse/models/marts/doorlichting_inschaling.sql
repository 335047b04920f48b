-- description: one row per doorlichting and per kwaliteitsverwachting (and leergebied or vak) that it examined: how it was
--   scaled, and how the next doorlichting of the same instelling, or of the one that carries its history by then, scaled
--   the same expectation
-- grain: doorlichting_id, kwaliteitsverwachting, onderwerp
-- key: doorlichting_id, kwaliteitsverwachting, onderwerp
-- scope: instelling
-- anonymous: schooljaar, kwaliteitsverwachting, onderwerp, onderwijsniveau, soort, is_bestaand, inschaling,
--   is_tekort, volgende_schooljaar, volgende_inschaling, is_terugkerend
-- link: doorlichting_id
-- assert: volgende_schooljaar >= schooljaar or volgende_schooljaar is null
-- assert: is_terugkerend = (is_tekort and coalesce(volgende_inschaling = 'beneden de verwachting', false))
with inschalingen as materialized (
    select
        doorlichtingen.doorlichting_id,
        doorlichtingen.instellingsnummer_bron,
        doorlichtingen.instellingsnummer is not null as is_bestaand,
        doorlichtingen.datum,
        inschalingen.kwaliteitsverwachting,
        inschalingen.onderwerp,
        inschalingen.inschaling
    from core.fct_doorlichtingen as doorlichtingen
    inner join staging.stg_doorlichtingen__inschalingen as inschalingen using (doorlichting_id)
),

-- Made before the later ones are looked for: joined all at once, expectations may be matched before instellingen are.
lijnen as materialized (
    select inschalingen.*, lijn.instellingsnummer as opvolger, lijn.sinds
    from inschalingen
    inner join core.instelling_herkomst as lijn using (instellingsnummer_bron)
),

-- Later means the same as for an advice that is replaced (core.doorlichting_afloop).
volgende as (
    select
        vroeger.doorlichting_id,
        vroeger.kwaliteitsverwachting,
        vroeger.onderwerp,
        later.doorlichting_id as volgende_doorlichting_id,
        later.datum as volgende_datum,
        later.inschaling as volgende_inschaling
    from lijnen as vroeger
    inner join inschalingen as later
        on later.instellingsnummer_bron = vroeger.opvolger
        and later.kwaliteitsverwachting = vroeger.kwaliteitsverwachting
        and later.onderwerp = vroeger.onderwerp
        and later.datum >= coalesce(vroeger.sinds, later.datum)
        and (later.datum, later.doorlichting_id) > (vroeger.datum, vroeger.doorlichting_id)
    qualify row_number() over (
        partition by vroeger.doorlichting_id, vroeger.kwaliteitsverwachting, vroeger.onderwerp
        order by later.datum, later.doorlichting_id
    ) = 1
),

jaren as (
    select
        inschalingen.*,
        volgende.* exclude (doorlichting_id, kwaliteitsverwachting, onderwerp),
        year(datum - interval 8 months) as jaar, -- a schooljaar starts on 1 September
        year(volgende_datum - interval 8 months) as volgende_jaar
    from inschalingen
    left join volgende using (doorlichting_id, kwaliteitsverwachting, onderwerp)
)

select
    doorlichting_id,
    kwaliteitsverwachting,
    onderwerp,
    format('{}-{}', jaren.jaar, jaren.jaar + 1) as schooljaar,
    doorlichting.instellingsnummer,
    instellingen.naam,
    doorlichting.onderwijsniveau,
    doorlichting.scholengroep_nummer,
    doorlichting.datum,
    doorlichting.soort,
    doorlichting.advies,
    jaren.is_bestaand,
    jaren.inschaling,
    jaren.inschaling = 'beneden de verwachting' as is_tekort,
    jaren.volgende_doorlichting_id,
    jaren.volgende_datum,
    if(volgende_jaar is not null, format('{}-{}', volgende_jaar, volgende_jaar + 1), null) as volgende_schooljaar,
    jaren.volgende_inschaling,
    jaren.inschaling = 'beneden de verwachting'
    and coalesce(jaren.volgende_inschaling = 'beneden de verwachting', false) as is_terugkerend
from jaren
inner join mart.doorlichting as doorlichting using (doorlichting_id)
left join core.dim_instelling as instellingen using (instellingsnummer)
