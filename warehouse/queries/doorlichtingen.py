"""Questions about doorlichtingen: which advice, which deficits, which of them come back, what still has to follow.

`periode` is 'jaar' (the schooljaar alone) or 'tot_en_met' (that schooljaar and all before it). A deficit is an
inschaling 'beneden de verwachting'. Codes of kwaliteitsverwachtingen are ordered as people read them: K2 before K10.
"""

import polars as pl

from warehouse.queries.fetch import Reader, fetch

_ADVICE = """
    select schooljaar, onderwijsniveau, aantal_doorlichtingen, aantal_1a, aantal_1b, aantal_2a, aantal_2b,
        aantal_ongunstig, aandeel_ongunstig, aandeel_ongunstig_laag, aandeel_ongunstig_hoog,
        aantal_gok_negatief, aantal_llb_negatief
    from zicht.doorlichting_advies
    where scholengroep_nummer = $scholengroep and soort = $soort
"""


def kinds(reader: Reader) -> pl.DataFrame:
    """Return the kinds of doorlichting (`soort`) that were delivered."""
    return fetch(reader, "select distinct soort from netwerk.doorlichting order by soort")


def advice_total(
    reader: Reader,
    schooljaar: str,
    periode: str,
    scholengroep: str,
    onderwijsniveau: str,
    soort: str,
) -> pl.DataFrame:
    """Return the advice over the whole choice: one row, or none where there is no doorlichting.

    Columns: schooljaar, onderwijsniveau, aantal_doorlichtingen, aantal_1a, aantal_1b, aantal_2a, aantal_2b,
    aantal_ongunstig, aandeel_ongunstig (0-1) with its 95 % interval (_laag, _hoog), aantal_gok_negatief,
    aantal_llb_negatief.
    """
    return fetch(
        reader,
        _ADVICE + " and schooljaar = $schooljaar and periode = $periode and onderwijsniveau = $onderwijsniveau",
        schooljaar=schooljaar,
        periode=periode,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        soort=soort,
    )


def advice_by_year(
    reader: Reader,
    schooljaar: str,
    periode: str,
    scholengroep: str,
    onderwijsniveau: str,
    soort: str,
) -> pl.DataFrame:
    """Return the advice per schooljaar of the period, oldest first, with the columns of `advice_total`."""
    return fetch(
        reader,
        _ADVICE
        + """
        and periode = 'jaar' and onderwijsniveau = $onderwijsniveau
        and if($periode = 'jaar', schooljaar = $schooljaar, schooljaar <= $schooljaar)
        order by schooljaar
        """,
        schooljaar=schooljaar,
        periode=periode,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        soort=soort,
    )


def advice_by_level(
    reader: Reader,
    schooljaar: str,
    periode: str,
    scholengroep: str,
    onderwijsniveau: str,
    soort: str,
) -> pl.DataFrame:
    """Return the advice per onderwijsniveau over the period, from BaO on, with the columns of `advice_total`."""
    return fetch(
        reader,
        _ADVICE
        + """
        and schooljaar = $schooljaar and periode = $periode and onderwijsniveau <> 'alle'
        and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
        order by list_position(
            ['BaO', 'BuBaO', 'SO', 'BuSO', 'DKO', 'VWO', 'LSC', 'CLB', 'INT'], onderwijsniveau
        ) nulls last, onderwijsniveau
        """,
        schooljaar=schooljaar,
        periode=periode,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        soort=soort,
    )


def scaled(reader: Reader) -> pl.DataFrame:
    """Return one row: is_bekend, whether any inschaling is known, of whichever doorlichting of the network."""
    return fetch(reader, "select count(*) > 0 as is_bekend from netwerk.doorlichting_inschaling")


def scales(
    reader: Reader,
    schooljaar: str,
    periode: str,
    scholengroep: str,
    onderwijsniveau: str,
    soort: str,
    advies: str,
) -> pl.DataFrame:
    """Return how each kwaliteitsverwachting was scaled per onderwijsniveau, in the order of the codes.

    Columns: kwaliteitsverwachting, onderwijsniveau, aantal_inschalingen, aantal_doorlichtingen, aantal_beneden,
    aantal_benadert, aantal_volgens, aantal_overstijgt. A combination that nobody examined has no row.
    """
    return fetch(
        reader,
        """
        select kwaliteitsverwachting, onderwijsniveau,
            count(*) as aantal_inschalingen,
            count(distinct doorlichting_id) as aantal_doorlichtingen,
            count(*) filter (where is_tekort) as aantal_beneden,
            count(*) filter (where inschaling = 'benadert de verwachting') as aantal_benadert,
            count(*) filter (where inschaling = 'volgens de verwachting') as aantal_volgens,
            count(*) filter (where inschaling = 'overstijgt de verwachting') as aantal_overstijgt
        from netwerk.doorlichting_inschaling
        where if($periode = 'jaar', schooljaar = $schooljaar, schooljaar <= $schooljaar)
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
            and ($soort = 'alle' or soort = $soort)
            and ($advies = 'alle' or advies = $advies)
            and onderwijsniveau is not null
        group by kwaliteitsverwachting, onderwijsniveau
        order by rtrim(kwaliteitsverwachting, '0123456789'), length(kwaliteitsverwachting), kwaliteitsverwachting,
            onderwijsniveau
        """,
        schooljaar=schooljaar,
        periode=periode,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        soort=soort,
        advies=advies,
    )


def shared_deficits(
    reader: Reader, schooljaar: str, scholengroep: str, onderwijsniveau: str, vanaf: int
) -> pl.DataFrame:
    """Return the deficits that at least `vanaf` instellingen of one scholengroep share, most shared first.

    The state at the end of the schooljaar. Columns: tekort (a code for the row), scholengroep_nummer, scholengroep,
    kwaliteitsverwachting, onderwerp ('' where it is about the whole instelling), instellingen_met_tekort,
    instellingen_onderzocht, aandeel_tekort (null on few instellingen) with its interval (_laag, _hoog), reden, namen.
    """
    return fetch(
        reader,
        """
        with groepen as (
            select scholengroep_nummer, arg_max(scholengroep, schooljaar) as scholengroep
            from zicht.instelling_jaar
            group by scholengroep_nummer
        )
        select concat_ws('|', scholengroep_nummer, kwaliteitsverwachting, onderwerp) as tekort,
            scholengroep_nummer, scholengroep, kwaliteitsverwachting, onderwerp,
            instellingen_met_tekort, instellingen_onderzocht,
            aandeel_tekort, aandeel_tekort_laag, aandeel_tekort_hoog,
            if(aandeel_tekort is null, 'te klein aantal', null) as reden,
            namen
        from zicht.doorlichting_terugkerend
        left join groepen using (scholengroep_nummer)
        where schooljaar = $schooljaar
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and onderwijsniveau = $onderwijsniveau
            and instellingen_met_tekort >= $vanaf
        order by instellingen_met_tekort desc, aandeel_tekort desc nulls last,
            try_cast(scholengroep_nummer as integer),
            rtrim(kwaliteitsverwachting, '0123456789'), length(kwaliteitsverwachting), kwaliteitsverwachting, onderwerp
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        vanaf=vanaf,
    )


def deficit_institutions(reader: Reader, schooljaar: str, onderwijsniveau: str, tekort: str) -> pl.DataFrame:
    """Return the instellingen that share one deficit of `shared_deficits` (its code), by name.

    Columns: instellingsnummer, naam, onderwijsniveau, datum, soort, advies, is_terugkeer (it was a deficit already
    in the doorlichting before). The last inschaling counts that still held at the end of the schooljaar.
    """
    return fetch(
        reader,
        """
        with eerder as (
            select volgende_doorlichting_id as doorlichting_id, kwaliteitsverwachting, onderwerp
            from zicht.doorlichting_inschaling
            where is_terugkerend
            group by all
        )
        select instellingsnummer, naam, onderwijsniveau, datum, soort, advies,
            eerder.doorlichting_id is not null as is_terugkeer
        from zicht.doorlichting_inschaling as inschaling
        left join eerder using (doorlichting_id, kwaliteitsverwachting, onderwerp)
        where concat_ws('|', scholengroep_nummer, kwaliteitsverwachting, onderwerp) = $tekort
            and is_tekort and is_bestaand
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
            and schooljaar <= $schooljaar and coalesce(volgende_schooljaar > $schooljaar, true)
        qualify row_number() over (partition by instellingsnummer order by datum desc, doorlichting_id desc) = 1
        order by naam, instellingsnummer
        """,
        schooljaar=schooljaar,
        onderwijsniveau=onderwijsniveau,
        tekort=tekort,
    )


def reexamined(reader: Reader, schooljaar: str, periode: str, scholengroep: str, onderwijsniveau: str) -> pl.DataFrame:
    """Return every deficit that a later doorlichting of the same instelling, in the period, examined again.

    Columns: instellingsnummer, naam, onderwijsniveau, scholengroep_nummer, kwaliteitsverwachting, onderwerp, datum,
    volgende_datum, volgende_inschaling, is_terugkerend; those that returned first, then the latest first.
    """
    return fetch(
        reader,
        """
        select instellingsnummer, naam, onderwijsniveau, scholengroep_nummer, kwaliteitsverwachting, onderwerp,
            datum, volgende_datum, volgende_inschaling, is_terugkerend
        from zicht.doorlichting_inschaling
        where is_tekort
            and if($periode = 'jaar', volgende_schooljaar = $schooljaar, volgende_schooljaar <= $schooljaar)
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
        order by is_terugkerend desc, volgende_datum desc, naam,
            rtrim(kwaliteitsverwachting, '0123456789'), length(kwaliteitsverwachting), kwaliteitsverwachting, onderwerp
        """,
        schooljaar=schooljaar,
        periode=periode,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
    )


def inspections(
    reader: Reader,
    schooljaar: str,
    periode: str,
    scholengroep: str,
    onderwijsniveau: str,
    soort: str,
    advies: str,
) -> pl.DataFrame:
    """Return the doorlichtingen of the choice, newest first, with the state of their follow-up at the peildatum.

    `opvolging` is 'geen' (none is due), 'afgesloten', 'loopt' or 'te_laat' (a deadline has passed). Columns besides:
    doorlichting_id, datum, instellingsnummer, naam, onderwijsniveau, scholengroep_nummer, soort, advies, uitspraak_gok,
    uitspraak_llb, is_van_kracht, aantal_inschalingen, aantal_beneden, dagdelen_voorzien (over all years of follow-up),
    dagdelen_besteed (up to the peildatum; null where that of one of the years that have begun is not known: a part
    beside what all years provide would read as too little), deadline, deadline_soort (the next one), reden ('nvt'
    where no follow-up is due).
    """
    return fetch(
        reader,
        """
        with namen as (
            select instellingsnummer, arg_max(naam, schooljaar) as naam
            from zicht.instelling_jaar
            group by instellingsnummer
        ),
        opvolging as (
            select doorlichting_id,
                case
                    when bool_or(is_te_laat) then 'te_laat'
                    when bool_or(is_open) then 'loopt'
                    else 'afgesloten'
                end as opvolging,
                sum(dagdelen_voorzien) as dagdelen_voorzien,
                if(
                    bool_or(
                        dagdelen_besteed is null
                        and make_date(left(schooljaar, 4)::integer, 9, 1) <= (select peildatum from meta.versie)
                    ),
                    null,
                    sum(dagdelen_besteed)
                ) as dagdelen_besteed,
                min(deadline) as deadline,
                arg_min(deadline_soort, deadline) as deadline_soort
            from zicht.doorlichting_opvolging
            group by doorlichting_id
        )
        select doorlichting_id, datum, instellingsnummer, coalesce(naam, instellingsnummer) as naam, onderwijsniveau,
            scholengroep_nummer, soort, advies, uitspraak_gok, uitspraak_llb, is_van_kracht,
            aantal_inschalingen, aantal_beneden, coalesce(opvolging, 'geen') as opvolging,
            dagdelen_voorzien, dagdelen_besteed, deadline, deadline_soort,
            if(opvolging is null, 'nvt', null) as reden
        from zicht.doorlichting
        left join namen using (instellingsnummer)
        left join opvolging using (doorlichting_id)
        where datum <= make_date(try_cast(left($schooljaar, 4) as integer) + 1, 8, 31)
            and ($periode <> 'jaar' or datum >= make_date(try_cast(left($schooljaar, 4) as integer), 9, 1))
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
            and ($soort = 'alle' or soort = $soort)
            and ($advies = 'alle' or advies = $advies)
        order by datum desc, doorlichting_id
        """,
        schooljaar=schooljaar,
        periode=periode,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        soort=soort,
        advies=advies,
    )


def differences(reader: Reader, schooljaar: str, scholengroep: str, onderwijsniveau: str) -> pl.DataFrame:
    """Return where the outputdossier of the schooljaar and the list of doorlichtingen do not say the same, by name.

    Columns: instellingsnummer, naam, onderwijsniveau, scholengroep_nummer, verschillen (list), and samenvatting_datum,
    lijst_datum_verslag, and advies, gok and llb of both (samenvatting_, lijst_).
    """
    return fetch(
        reader,
        """
        with niveaus as (
            select instellingsnummer, arg_max(onderwijsniveau, schooljaar) as onderwijsniveau
            from zicht.instelling_jaar
            group by instellingsnummer
        )
        select instellingsnummer, coalesce(naam, instellingsnummer) as naam, onderwijsniveau, scholengroep_nummer,
            verschillen, samenvatting_datum, lijst_begindatum, lijst_datum_verslag, samenvatting_advies, lijst_advies,
            samenvatting_gok, lijst_gok, samenvatting_llb, lijst_llb
        from zicht.doorlichting_verschil
        left join niveaus using (instellingsnummer)
        where schooljaar = $schooljaar
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
        order by naam, instellingsnummer
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
    )


def dossiers(reader: Reader, schooljaar: str, scholengroep: str) -> pl.DataFrame:
    """Return one row: aantal, the outputdossiers in use of one schooljaar (and scholengroep)."""
    return fetch(
        reader,
        """
        select count(*) as aantal
        from meta.levering
        where bron = 'outputdossier' and status = 'actief'
            and if($scholengroep = 'alle', starts_with(vak, $schooljaar || ' '),
                vak = $schooljaar || ' scholengroep ' || $scholengroep)
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
    )
