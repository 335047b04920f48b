-- description: one row per schooljaar and source of what EDBI asks about (activiteiten, trajecten, 'alle' = both) that
--   lacks something: of how many invitations and answers the activiteit or traject is not known, so that no figure of a
--   measurement or strategy counts them
-- grain: schooljaar, bron
-- key: schooljaar, bron
-- scope: netwerk, leveringen
-- assert: bron in ('activiteiten', 'trajecten', 'alle')
select
    schooljaar,
    bron,
    uitnodigingen,
    uitnodigingen_onbekend,
    antwoorden_onbekend,
    is_onvolledig
from core.edbi_onbekend
where uitnodigingen_onbekend > 0 or antwoorden_onbekend > 0
