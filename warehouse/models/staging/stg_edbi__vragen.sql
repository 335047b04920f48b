-- description: one row per question and the schooljaar its definition holds for ('alle' = every schooljaar)
-- grain: definitie_schooljaar, vraag
-- key: definitie_schooljaar, vraag
select
    _vak as definitie_schooljaar,
    vraag,
    module,
    coalesce(kernvraag, false) as is_kernvraag,
    dimensie,
    tekst,
    schaal_min,
    schaal_max,
    coalesce(omgekeerd, false) as is_omgekeerd,
    gunstig_vanaf,
    schaal_labels
from landing.edbi_vragen
