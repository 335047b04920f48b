-- description: one row per Outlook category with its meaning
-- grain: categorie
-- key: categorie
select
    categorie,
    proces,
    planningscategorie
from landing.agenda_categorieen
