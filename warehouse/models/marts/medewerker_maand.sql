-- description: one row per member of staff and month with at least one day in service until the peildatum: VTE of the
--   appointment, on leave, lost by absence and left to deploy, and whether an absence was long
-- grain: persoon, maand
-- key: persoon, maand
-- scope: hr
select
    maanden.schooljaar,
    staf.maand,
    staf.persoon,
    staf.vte_aanstelling,
    staf.vte_verlof,
    staf.vte_afwezig,
    staf.vte_inzetbaar,
    staf.is_langdurig_afwezig
from core.fct_personeel_maand as staf
inner join core.dim_maand as maanden using (maand)
