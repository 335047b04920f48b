-- description: one row per schooljaar and instelling where the summary in the outputdossier does not say the same of the
--   last doorlichting as the list of doorlichtingen: for whoever mends one of the two. No other figure uses the summary
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling, leveringen
-- assert: len(verschillen) > 0
select
    vergelijking.schooljaar,
    vergelijking.instellingsnummer,
    instellingen.naam,
    instellingen.scholengroep_nummer,
    vergelijking.verschillen,
    vergelijking.doorlichting_id,
    vergelijking.samenvatting_datum,
    vergelijking.lijst_begindatum,
    vergelijking.lijst_datum_verslag,
    vergelijking.samenvatting_advies,
    vergelijking.lijst_advies,
    vergelijking.samenvatting_gok,
    vergelijking.lijst_gok,
    vergelijking.samenvatting_llb,
    vergelijking.lijst_llb
from core.doorlichting_vergelijking as vergelijking
left join core.dim_instelling as instellingen using (instellingsnummer)
where len(vergelijking.verschillen) > 0
