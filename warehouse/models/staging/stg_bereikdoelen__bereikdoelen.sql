-- description: one row per target for reach and schooljaar
-- grain: code, schooljaar
-- key: code, schooljaar
select
    code,
    schooljaar,
    omschrijving,
    eenheid,
    strategie,
    onderwijsniveau as onderwijsniveaus,
    ambt,
    streefwaarde,
    bron
from landing.bereikdoelen
