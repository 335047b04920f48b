-- The tables of the small warehouse: columns exactly as the marts promise them.
create schema mart; create schema meta;
create table meta.versie(versie bigint, gebouwd_op timestamp, peildatum date, is_demo boolean, methode_versie varchar, is_enkel_demo boolean);
create table meta.levering(levering varchar, bron varchar, vak varchar, bestand varchar, ontvangen_op timestamp,
    gelezen bigint, aanvaard bigint, quarantaine bigint, status varchar, boodschap varchar);
create table meta.quarantaine(levering varchar, bron varchar, bestand varchar, blad varchar, rij bigint,
    kolom varchar, waarde varchar, reden varchar);
create table meta.validatie(bron varchar, tabel varchar, verwachting varchar, kolom varchar, geslaagd boolean,
    waargenomen varchar, ernst varchar);
create table meta.model(model varchar, rijen bigint, seconden double);
create table meta.kolom(tabel varchar, kolom varchar, naam varchar, definitie varchar, eenheid varchar, bron varchar);
create table mart.schooljaar(schooljaar varchar, begin date, einde date, is_lopend boolean, volgnummer bigint);
create table mart.instelling_jaar(schooljaar varchar, instellingsnummer varchar, naam varchar, onderwijsniveau varchar,
    scholengroep_nummer varchar, scholengroep varchar, scholengemeenschap varchar, gemeente varchar,
    aantal_vestigingen bigint, aantal_leerlingen bigint, aantal_personeelsleden bigint, aantal_vte double,
    oki double, oki_klasse varchar, oki_schooljaar varchar, clb varchar, opgevolgd_door varchar,
    grootte_klasse varchar, zoektekst varchar);
create table mart.noden(schooljaar varchar, instellingsnummer varchar, rang bigint, trap varchar, score double,
    score_doorlichting double, score_leerresultaten double, score_doorstroom double, score_leerrecht double,
    volledigheid double, rang_p05 bigint, rang_p95 bigint, kans_top double, naam varchar, onderwijsniveau varchar,
    scholengroep_nummer varchar, scholengroep varchar, rang_score bigint, rang_gemiddeld double, klasse varchar,
    bijdrage_doorlichting double, bijdrage_leerresultaten double, bijdrage_doorstroom double, bijdrage_leerrecht double,
    ontbreekt varchar[], advies varchar, is_gok_negatief boolean, is_llb_negatief boolean, rang_vorig bigint,
    is_in_groepen boolean, rankability double, methode_versie varchar, dagdelen_ondersteuning double,
    is_ondersteund boolean, reden varchar);
create table mart.signaal_jaar(instellingsnummer varchar, schooljaar varchar, indicator varchar, reeks varchar,
    waarde double, n bigint, vergelijkbaar double, netwerk double, reden varchar);
create table mart.doorlichting(doorlichting_id varchar, instellingsnummer varchar, datum date, soort varchar,
    advies varchar, uitspraak_gok varchar, uitspraak_llb varchar, datum_verslag date, is_van_kracht boolean,
    aantal_inschalingen bigint, aantal_beneden bigint, aantal_benadert bigint, aantal_volgens bigint,
    aantal_overstijgt bigint, onderwijsniveau varchar, scholengroep_nummer varchar);
create table mart.doorlichting_opvolging(doorlichting_id varchar, instellingsnummer varchar, advies varchar,
    jaar bigint, dagdelen_voorzien double, dagdelen_besteed double, deadline date, deadline_soort varchar,
    is_te_laat boolean);
create table mart.tijdlijn(instellingsnummer varchar, volgnummer bigint, datum date, einddatum date,
    is_lopend boolean, soort varchar, titel varchar, detail varchar);
create table mart.steun_instelling(schooljaar varchar, instellingsnummer varchar, traject_id varchar, soort varchar,
    focus varchar, status varchar, startdatum date, einddatum date, geplande_dagdelen double, dagdelen_besteed double,
    interventies bigint, label varchar);
create table mart.bereik_instelling(schooljaar varchar, instellingsnummer varchar, strategie varchar,
    deelnames bigint, deelnemers bigint, interventies bigint, dagdelen double, is_bereikt boolean,
    is_aanwezigheid_onbekend boolean);
create table mart.bereik_aantal(schooljaar varchar, strategie varchar, onderwijsniveau varchar,
    scholengroep_nummer varchar, instellingen bigint, instellingen_bereikt bigint, personeelsleden bigint,
    professionals bigint, deelnames bigint, reden_deelnames varchar, interventies bigint, dagdelen double,
    reden_interventies varchar);
create table mart.edbi_strategie(schooljaar varchar, strategie varchar, uitgenodigd bigint, volledig bigint,
    gedeeltelijk bigint, respons double, respons_laag double, respons_hoog double, doel double);
create table mart.werkdruk_maand(schooljaar varchar, maand date, categorie varchar, begeleiders bigint,
    dagdelen_gepland double, dagdelen_besteed double, is_geregistreerd boolean, aandeel_geregistreerd double,
    reden varchar);
