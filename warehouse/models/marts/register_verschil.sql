-- description: one row per instelling of the list of the schooljaar of the peildatum on which the register differs: it
--   does not know the number, has it closed, or puts its seat in another gemeente
-- grain: instellingsnummer
-- key: instellingsnummer
-- scope: instelling, leveringen
-- assert: len(verschillen) > 0
select
    schooljaar,
    instellingsnummer,
    naam,
    scholengroep_nummer,
    verschillen,
    gemeente_lijst,
    gemeente_register,
    einddatum
from core.register_vergelijking
where len(verschillen) > 0
