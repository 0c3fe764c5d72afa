//! Broken packs: every fault has its file, its line, its column and one exact sentence. The country is
//! fictional.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use pack::{Exercise, FAULTS_MAX, Pack, SHEETS};
use proptest::prelude::*;

/// When these packs are read: the 24th of November 2026.
fn now() -> terms::Instant {
    "2026-11-24T00:00:00Z".parse().unwrap()
}

type Memory = BTreeMap<String, Vec<u8>>;

const PACK: &str = r#"id = "essai"
title_fr = "Essai"
country = "XX"
zone = "Africa/Bamako"
languages = ["fr"]
weekend = ["saturday", "sunday"]
origin = "essai.example/registre"

[[levels]]
id = "pays"
fr = "Pays"
rank = 0

[[levels]]
id = "ville"
fr = "Ville"
rank = 1
"#;

const CLOCKS: &str = r#"[[rule]]
id = "conseil"
level = "ville"
fr = "Conseil"
legal_basis = "none"
basis_fr = "Proposition."
mark = "P"
source = "s1"
answer = { amount = 30, unit = "days", roll = true }
remind_after_days = [30]

[[rule.escalation]]
step = 1
after_days = 45
addressee_kind = "etat"
addressee = "etat"
window = "07-01..09-30"
letter_fr = "Depuis {jours} jours."

[[pause_cause]]
id = "precision"
fr = "Précision"
once = true
"#;

/// A small pack without a fault.
fn sound() -> Memory {
    let mut files: Memory = SHEETS
        .iter()
        .map(|sheet| (sheet.file.to_owned(), format!("{}\n", sheet.columns.join(",")).into_bytes()))
        .collect();
    files.insert("pack.toml".into(), PACK.into());
    files.insert("clocks.toml".into(), CLOCKS.into());
    for (file, lines) in [
        ("sources.csv", "s1,Une source,,2020-01-02,,V,\n"),
        ("places.csv", "pays,pays,Pays,,,,,,s1\nville-a,ville,A,Aa | Ah,2000-01-01,,12.34,-1.50,s1\n"),
        ("place_parents.csv", "ville-a,pays,2000-01-01,,s1\n"),
        ("place_codes.csv", "ville-a,ISO,X1,,,s1\n"),
        (
            "body_kinds.csv",
            "conseil,Conseil,Council,ville,consultative,one-per-place,month,maire,2010-01-01,s1\n\
             etat,État,,pays,authority,one,,,,s1\n",
        ),
        ("required_counts.csv", "conseil,ville,1,2010-01-01,,s1\n"),
        ("bodies.csv", "etat,etat,État,pays,,,s1,\n"),
        ("organisations.csv", "o1,Une organisation,,ngo,2001,active,,,ville-a,s1,\n"),
        ("organisation_status.csv", "o1,launched,,,yes,s1,\n"),
        ("organisation_identifiers.csv", "o1,XX-REG,12/A,2001-02-03,,s1,\n"),
        ("legal_forms.csv", "declaree,Association déclarée,,Une loi,V,s1,\n"),
        ("organisation_recognitions.csv", "o1,declaree,13/A,XX-REG,,2001-02-03,,,s1,\n"),
        ("organisation_work.csv", "o1,ville-a | pays,eclairage,observed,,,s1,\n"),
        ("organisation_ties.csv", "o1,S7,yes,observed,,,,s1,Nommée par le texte.\n"),
        ("restrictions.csv", "taxe,Une taxe,levy,announced,,o1,ngo,,,25,,,s1,\n"),
        (
            "obligations.csv",
            "rapport,Rapport,Report,ngo,03-31,,,,Une loi,P,s1,\nbureau,Bureau,,,,90,le changement,,,K,s1,\n",
        ),
        (
            "seats.csv",
            "conseil,maire,Maire,,ex-officio,elected,1,,,no,any,,,,,P,2010-01-01,s1\n\
             conseil,civil,Civil,,nominative,civil-society,2,,,unknown,any,o1,,,,K,,s1\n",
        ),
        ("installations.csv", "conseil-ville-a,2011-01-01,month,s1,\n"),
        ("occupancies.csv", "oc1,conseil-ville-a,maire,1,person,Une Personne,female,2011-01-01,,,,,s1\n"),
        ("seat_events.csv", "conseil-ville-a,civil,2,vacant,dissolution,2012-01-01,,,s1,\n"),
        ("sittings.csv", "se1,conseil-ville-a,2012-03-01,public-account,4,5,1,,2,,Une réunion,,s1\n"),
        ("counts.csv", "installed-bodies,conseil,2012-01-01,1,1,,s1,\n"),
        ("compositions.csv", "conseil,ville-a,conseil-ville-a,2012-01-01,5,2,,,s1,\n"),
        ("tallies.csv", "plan,all,2012-01-01,10,3,4,,s1,\n"),
        ("timeline.csv", "2012-01-01,year,Un fait.,,law,ville-a,s1\n"),
        ("holidays.csv", "Fête,,dated,2020-05-23,,,s1,V\n"),
        ("holiday_years.csv", "Fête,2020,yes\n"),
        ("themes.csv", "eclairage,Éclairage,Lighting\n"),
    ] {
        files.get_mut(file).unwrap().extend_from_slice(lines.as_bytes());
    }
    files
}

fn told(files: &Memory) -> Vec<String> {
    Pack::read(files, now()).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn the_small_pack_has_no_fault() {
    assert_eq!(told(&sound()), Vec::<String>::new());
    let pack = Pack::read(&sound(), now()).unwrap();
    assert_eq!(pack.bodies[1].id.as_str(), "conseil-ville-a");
    assert_eq!(pack.bodies[1].name.english(), "Council — A");
    assert_eq!((pack.places[1].lat_e2, pack.places[1].lon_e2), (Some(1234), Some(-150)));
    assert_eq!(pack.places[1].variants, ["Aa", "Ah"]);
    assert_eq!(pack.settings.known_from.to_string(), "1900-01-01");
}

/// What is replaced in which file, and the one sentence that says so.
const TABLE: &[(&str, &str, &str, &str)] = &[
    (
        "places.csv",
        "2000-01-01",
        "2023-13-01",
        "places.csv, ligne 3, colonne « valid_from » : « 2023-13-01 » n’est pas un jour (AAAA-MM-JJ)",
    ),
    (
        "places.csv",
        "2000-01-01,",
        "2000-01-01,1999-01-01",
        "places.csv, ligne 3, colonne « valid_to » : « 1999-01-01 » n’est pas après valid_from (2000-01-01)",
    ),
    (
        "places.csv",
        "ville-a,ville",
        "ville-a,region",
        "places.csv, ligne 3, colonne « level » : « region » n’est pas un niveau de pack.toml",
    ),
    (
        "places.csv",
        "ville,A,",
        "ville,,",
        "places.csv, ligne 3, colonne « name » : la case est vide, et cette colonne doit être remplie",
    ),
    (
        "places.csv",
        "12.34",
        "12.345",
        "places.csv, ligne 3, colonne « lat » : « 12.345 » n’est pas un nombre de degrés entre -90 et 90, \
        avec deux \
      décimales au plus",
    ),
    (
        "places.csv",
        "-1.50,s1",
        "-1.50,s9",
        "places.csv, ligne 3, colonne « source » : « s9 » n’est pas une source de sources.csv",
    ),
    (
        "places.csv",
        "Pays,,,,,,s1\n",
        "Pays,,,,,,s1\n\npays,pays,Encore,,,,,,s1\n",
        "places.csv, ligne 4, colonne « id » : « pays » est déjà donné à la ligne 2",
    ),
    (
        "places.csv",
        "id,level",
        "id,niveau,level",
        "places.csv, ligne 1, colonne « niveau » : la colonne n’est pas connue",
    ),
    ("places.csv", ",lon", "", "places.csv, ligne 1, colonne « lon » : la colonne manque"),
    (
        "places.csv",
        ",lon",
        ",lon,lon",
        "places.csv, ligne 1, colonne « lon » : la colonne est donnée deux fois",
    ),
    (
        "place_parents.csv",
        "a,pays,2000-01-01,",
        "a,pays,2000-01-01",
        "place_parents.csv, ligne 2 : la ligne compte 4 cases, l’en-tête en compte 5",
    ),
    (
        "place_parents.csv",
        "pays,",
        "nulle-part,",
        "place_parents.csv, ligne 2, colonne « parent » : « nulle-part » n’est pas un lieu de places.csv",
    ),
    (
        "place_parents.csv",
        "ville-a,pays",
        "pays,ville-a",
        "place_parents.csv, ligne 2, colonne « parent » : « ville-a » n’est pas d’un niveau plus grand que \
        « pays »",
    ),
    (
        "place_parents.csv",
        "s1\n",
        "s1\nville-a,pays,2005-01-01,,s1\n",
        "place_parents.csv, ligne 3, colonne « place » : « ville-a » a déjà un parent à cette date, ligne 2",
    ),
    (
        "place_codes.csv",
        "s1\n",
        "s1\npays,ISO,X1,,,s1\n",
        "place_codes.csv, ligne 3, colonne « value » : « X1 » désigne déjà un lieu à cette date dans ISO, \
        ligne 2",
    ),
    (
        "sources.csv",
        ",V,",
        ",X,",
        "sources.csv, ligne 2, colonne « mark » : « X » n’est pas un mot admis ici (V, V-trunc, K, P)",
    ),
    (
        "body_kinds.csv",
        "one-per-place",
        "two",
        "body_kinds.csv, ligne 2, colonne « required » : « two » n’est pas un mot admis ici (one, \
        one-per-place)",
    ),
    (
        "body_kinds.csv",
        "month,maire",
        "month,prefet",
        "body_kinds.csv, ligne 2, colonne « chair » : « prefet » n’est pas un siège de la sorte « conseil » \
        dans seats.csv",
    ),
    (
        "required_counts.csv",
        "ville,1,",
        "ville,un,",
        "required_counts.csv, ligne 2, colonne « count » : « un » n’est pas un nombre entier, ou il est \
        trop grand",
    ),
    (
        "required_counts.csv",
        "ville,1,",
        "ville,99999999999,",
        "required_counts.csv, ligne 2, colonne « count » : « 99999999999 » n’est pas un nombre entier, ou \
        il est trop grand",
    ),
    (
        "required_counts.csv",
        "conseil,ville",
        "conseil,pays",
        "required_counts.csv, ligne 2, colonne « level » : « pays » n’est pas le niveau de la sorte « \
        conseil »",
    ),
    (
        "bodies.csv",
        "etat,etat,",
        "etat,armee,",
        "bodies.csv, ligne 2, colonne « kind » : « armee » n’est pas une sorte d’organe de body_kinds.csv",
    ),
    (
        "bodies.csv",
        "s1,\n",
        "s1,\nÉtat-2,etat,État,,,,s1,\n",
        "bodies.csv, ligne 3, colonne « id » : l’identifiant « État-2 » ne peut contenir que a-z, 0-9 et \
        des tirets, et ne \
      commence pas par un tiret",
    ),
    (
        "bodies.csv",
        "s1,\n",
        "s1,\nconseil-ville-a,etat,Conseil,,,,s1,\n",
        "body_kinds.csv, ligne 2, colonne « required » : « conseil-ville-a » est déjà donné à la ligne 3",
    ),
    (
        "organisations.csv",
        ",2001,",
        ",vers 2001,",
        "organisations.csv, ligne 2, colonne « founded » : « vers 2001 » n’est ni un jour, ni un mois, ni \
        une année \
      (AAAA-MM-JJ)",
    ),
    (
        "organisation_status.csv",
        "o1,",
        "o2,",
        "organisation_status.csv, ligne 2, colonne « organisation » : « o2 » n’est pas une organisation de \
        organisations.csv",
    ),
    (
        "organisation_ties.csv",
        "S7",
        "S11",
        "organisation_ties.csv, ligne 2, colonne « criterion » : « S11 » n’est pas un mot admis ici (S1, S2, S3, S4, \
         S5, S6, S7, S8, S9, S10, F1, F2, F3, F4)",
    ),
    (
        "organisation_ties.csv",
        "yes,observed",
        "yes,guessed",
        "organisation_ties.csv, ligne 2, colonne « basis » : « guessed » n’est pas un mot admis ici (declared, \
         observed)",
    ),
    (
        "legal_forms.csv",
        ",V,",
        ",sûr,",
        "legal_forms.csv, ligne 2, colonne « mark » : « sûr » n’est pas un mot admis ici (V, V-trunc, K, P)",
    ),
    (
        "organisation_recognitions.csv",
        "declaree",
        "dissoute",
        "organisation_recognitions.csv, ligne 2, colonne « form » : « dissoute » n’est pas une forme juridique de \
         legal_forms.csv",
    ),
    (
        "organisation_recognitions.csv",
        "13/A",
        "",
        "organisation_recognitions.csv, ligne 2, colonne « scheme » : la case est remplie, mais receipt est vide",
    ),
    (
        "organisation_recognitions.csv",
        "13/A",
        "12/A",
        "organisation_recognitions.csv, ligne 2, colonne « receipt » : « XX-REG 12/A » est déjà donné à la ligne 2",
    ),
    (
        "organisation_work.csv",
        "eclairage",
        "obscurite",
        "organisation_work.csv, ligne 2, colonne « themes » : « obscurite » n’est pas un mot admis ici (eclairage)",
    ),
    (
        "organisation_work.csv",
        "ville-a | pays",
        "ville-a | ville-z",
        "organisation_work.csv, ligne 2, colonne « places » : « ville-z » n’est pas un lieu de places.csv",
    ),
    (
        "organisation_work.csv",
        "ville-a | pays,eclairage",
        ",",
        "organisation_work.csv, ligne 2, colonne « places » : ni lieu ni thème : la ligne ne dit rien",
    ),
    (
        "organisation_identifiers.csv",
        "2001-02-03",
        "2001-02-30",
        "organisation_identifiers.csv, ligne 2, colonne « valid_from » : « 2001-02-30 » n’est pas un jour (AAAA-MM-JJ)",
    ),
    (
        "restrictions.csv",
        "25",
        "1001",
        "restrictions.csv, ligne 2, colonne « rate » : un prélèvement a un taux, en millièmes, de 1 à 1000 ; rien d’autre \
         n’en a",
    ),
    (
        "obligations.csv",
        "03-31",
        "02-30",
        "obligations.csv, ligne 2, colonne « yearly » : « 02-30 » n’est pas un jour de l’année (MM-JJ)",
    ),
    (
        "obligations.csv",
        "03-31",
        "",
        "obligations.csv, ligne 2, colonne « yearly » : une obligation revient chaque année (yearly), ou suit un événement \
         (after_days, plus de zéro, et after_fr)",
    ),
    (
        "obligations.csv",
        "90,le",
        "0,le",
        "obligations.csv, ligne 3, colonne « yearly » : une obligation revient chaque année (yearly), ou suit un événement \
         (after_days, plus de zéro, et after_fr)",
    ),
    (
        "obligations.csv",
        "Report,ngo",
        "Report,club",
        "obligations.csv, ligne 2, colonne « organisation_kinds » : « club » n’est pas un mot admis ici (umbrella, \
         association, ngo, federation, alliance, religious, research, youth, women, state-body, partner, other)",
    ),
    (
        "obligations.csv",
        ",P,s1",
        ",X,s1",
        "obligations.csv, ligne 2, colonne « confidence » : « X » n’est pas un mot admis ici (V, V-trunc, K, P)",
    ),
    (
        "restrictions.csv",
        "o1",
        "o9",
        "restrictions.csv, ligne 2, colonne « organisations » : « o9 » n’est pas une organisation de organisations.csv",
    ),
    (
        "seats.csv",
        "any,o1,",
        "any,,",
        "seats.csv, ligne 3, colonne « nominee » : un siège nominatif nomme une organisation",
    ),
    (
        "seats.csv",
        "nominative,civil-society",
        "nominative,osc",
        "seats.csv, ligne 3, colonne « constituency » : « osc » n’est pas un mot admis ici (executive, \
        elected, forces, \
      administration, justice, civil-society, religious, customary, youth, women, movement, \
         parliament, other)",
    ),
    (
        "installations.csv",
        "2011-01-01",
        "2009-12-31",
        "installations.csv, ligne 2, colonne « installed_on » : « 2009-12-31 » est avant le premier jour de \
         l’organe (2010-01-01)",
    ),
    (
        "installations.csv",
        "2011-01-01",
        "2026-11-25",
        "installations.csv, ligne 2, colonne « installed_on » : « 2026-11-25 » est à venir : nous sommes le \
         2026-11-24",
    ),
    (
        "occupancies.csv",
        "2011-01-01",
        "2030-01-01",
        "occupancies.csv, ligne 2, colonne « valid_from » : « 2030-01-01 » est à venir : nous sommes le \
         2026-11-24",
    ),
    (
        "occupancies.csv",
        "2011-01-01,,",
        "2011-01-01,2999-01-01,",
        "occupancies.csv, ligne 2, colonne « valid_to » : « 2999-01-01 » est à venir : nous sommes le \
         2026-11-24",
    ),
    (
        "compositions.csv",
        "2012-01-01",
        "2999-11-17",
        "compositions.csv, ligne 2, colonne « on » : « 2999-11-17 » est à venir : nous sommes le 2026-11-24",
    ),
    (
        "counts.csv",
        ",conseil,",
        ",conseils,",
        "counts.csv, ligne 2, colonne « scope » : « conseils » n’est pas une sorte d’organe de body_kinds.csv",
    ),
    (
        "counts.csv",
        "installed-bodies",
        "installed-body",
        "counts.csv, ligne 2, colonne « scope » : « conseil » n’est ni un lieu, ni un organe, ni une \
         organisation ; une sorte d’organe se compte sous « installed-bodies », un niveau sous « places »",
    ),
    (
        "sittings.csv",
        "public-account",
        "hearsay",
        "sittings.csv, ligne 2, colonne « evidence » : « hearsay » n’est pas un mot admis ici (minutes, \
         photo-and-attendance, two-confirmations, public-account)",
    ),
    (
        "sittings.csv",
        "4,5,1",
        "4,5,6",
        "sittings.csv, ligne 2, colonne « women » : « 6 » dépasse le total (4)",
    ),
    (
        "sittings.csv",
        "2012-03-01",
        "2027-03-01",
        "sittings.csv, ligne 2, colonne « on » : « 2027-03-01 » est à venir : nous sommes le 2026-11-24",
    ),
    (
        "installations.csv",
        "conseil-ville-a",
        "conseil-ville-b",
        "installations.csv, ligne 2, colonne « body » : « conseil-ville-b » n’est ni un organe de \
        bodies.csv, ni un organe \
      engendré",
    ),
    (
        "installations.csv",
        "2011-01-01",
        "",
        "installations.csv, ligne 2, colonne « installed_on » : la case est vide, et cette colonne doit \
        être remplie",
    ),
    (
        "occupancies.csv",
        "ville-a,maire",
        "ville-a,prefet",
        "occupancies.csv, ligne 2, colonne « seat_code » : « prefet » n’est pas un siège de la sorte « \
        conseil » dans \
      seats.csv",
    ),
    (
        "occupancies.csv",
        "oc1,",
        "oc0,conseil-ville-a,maire,1,person,Une Autre,female,2011-01-01,2011-06-01,replaced,,,s1\noc1,",
        "occupancies.csv, ligne 3, colonne « valid_from » : ce siège a déjà un titulaire à cette date, ligne 2 : \
         donnez la fin du premier mandat",
    ),
    (
        "occupancies.csv",
        "maire,1,",
        "maire,2,",
        "occupancies.csv, ligne 2, colonne « ordinal » : « 2 » dépasse le total (1)",
    ),
    (
        "occupancies.csv",
        "person,Une Personne",
        "office,maire-b",
        "occupancies.csv, ligne 2, colonne « holder » : « maire-b » n’est ni un organe de bodies.csv, ni un \
        organe engendré",
    ),
    (
        "seat_events.csv",
        "vacant",
        "gone",
        "seat_events.csv, ligne 2, colonne « event » : « gone » n’est pas un mot admis ici (vacant, \
        suspended)",
    ),
    ("counts.csv", ",1,1,", ",2,1,", "counts.csv, ligne 2, colonne « value » : « 2 » dépasse le total (1)"),
    (
        "compositions.csv",
        "ville-a,conseil",
        "pays,conseil",
        "compositions.csv, ligne 2, colonne « place » : « pays » n’est pas le lieu de « conseil-ville-a »",
    ),
    (
        "tallies.csv",
        "3,4",
        "3,11",
        "tallies.csv, ligne 2, colonne « under_way » : « 11 » dépasse le total (10)",
    ),
    (
        "timeline.csv",
        "year",
        "decade",
        "timeline.csv, ligne 2, colonne « precision » : « decade » n’est pas un mot admis ici (day, month, \
        year)",
    ),
    (
        "timeline.csv",
        "Un fait.",
        "\"Un\nfait\u{7}.\"",
        "timeline.csv, ligne 2, colonne « fr » : le texte contient le caractère de commande U+0007",
    ),
    (
        "holidays.csv",
        "dated,2020-05-23",
        "fixed,02-30",
        "holidays.csv, ligne 2, colonne « value » : « 02-30 » n’est pas un jour de l’année (MM-JJ)",
    ),
    (
        "holiday_years.csv",
        "Fête",
        "Autre",
        "holiday_years.csv, ligne 2, colonne « set » : « Autre » n’est pas une fête datée de holidays.csv",
    ),
    ("pack.toml", "rank = 1", "rank = un", "pack.toml, ligne 17 : le TOML est illisible"),
    (
        "pack.toml",
        "origin =",
        "origine =",
        "pack.toml, ligne 7, clé « origine » : la clé n’est pas connue ici (connues : id, title_fr, \
        title_en, country, zone, \
      languages, weekend, origin, known_from, custodians, body_names, levels)",
    ),
    ("pack.toml", "zone = \"Africa/Bamako\"\n", "", "pack.toml, ligne 1, clé « zone » : la clé manque"),
    (
        "pack.toml",
        "sunday",
        "dimanche",
        "pack.toml, ligne 6, clé « weekend » : « dimanche » n’est pas un mot admis ici (monday, tuesday, \
        wednesday, \
      thursday, friday, saturday, sunday)",
    ),
    (
        "pack.toml",
        "Africa/Bamako",
        "Africa/Bamakoo",
        "pack.toml, ligne 4, clé « zone » : « Africa/Bamakoo » n’est pas un fuseau horaire connu (IANA)",
    ),
    (
        "pack.toml",
        "origin =",
        "known_from = \"hier\"\norigin =",
        "pack.toml, ligne 7, clé « known_from » : « hier » n’est pas un jour (AAAA-MM-JJ)",
    ),
    (
        "pack.toml",
        "[[levels]]\nid = \"pays\"",
        "[[body_names]]\nkind = \"x\"\nfr = \"X de {place}\"\n\n[[levels]]\nid = \"pays\"",
        "pack.toml, ligne 10, clé « kind » : « x » n’est pas une sorte d’organe de body_kinds.csv",
    ),
    (
        "pack.toml",
        "id = \"ville\"",
        "id = \"pays\"\nrank = 1\nfr = \"P\"\n[[levels]]\nid = \"ville\"",
        "pack.toml, ligne 15, clé « id » : « pays » est déjà donné plus haut",
    ),
    (
        "pack.toml",
        "rank = 0",
        "rank = 2",
        "pack.toml, clé « rank » : il faut un niveau de rang 0, le pays, et un seul",
    ),
    (
        "clocks.toml",
        "unit = \"days\"",
        "unit = \"weeks\"",
        "clocks.toml, ligne 9 : « weeks » n’est pas un mot admis ici (working-days, days, hours, months)",
    ),
    (
        "clocks.toml",
        "addressee = \"etat\"",
        "addressee = \"onu\"",
        "clocks.toml, ligne 16, clé « addressee » : « onu » n’est ni un organe de bodies.csv, ni un organe \
        engendré",
    ),
    (
        "clocks.toml",
        "level = \"ville\"",
        "level = \"quartier\"",
        "clocks.toml, ligne 3, clé « level » : « quartier » n’est pas un niveau de pack.toml",
    ),
    (
        "clocks.toml",
        "07-01..09-30",
        "juillet",
        "clocks.toml, ligne 17, clé « window » : « juillet » n’est pas une période de l’année (MM-JJ..MM-JJ)",
    ),
    (
        "clocks.toml",
        "{jours}",
        "{semaines}",
        "clocks.toml, ligne 18, clé « letter_fr » : la lettre contient {semaines}, qui ne se remplit pas",
    ),
    (
        "clocks.toml",
        "mark = \"P\"",
        "mark = \"Z\"",
        "clocks.toml, ligne 7, clé « mark » : « Z » n’est pas un mot admis ici (V, V-trunc, K, P)",
    ),
];

#[test]
fn each_fault_is_one_exact_sentence() {
    for (file, from, to, sentence) in TABLE {
        let mut files = sound();
        let text = String::from_utf8(files[*file].clone()).unwrap();
        assert!(text.contains(from), "{file} : {from}");
        files.insert((*file).to_owned(), text.replacen(from, to, 1).into_bytes());
        let told = told(&files);
        // What the TOML reader itself says of a syntax is kept in its words; its place and beginning are
        // ours.
        let found = told.iter().any(|line| line == sentence || line.starts_with(&format!("{sentence} (")));
        assert!(found, "{file} : {from} → {to}\nwanted: {sentence}\ntold:   {}", told.join("\n        "));
    }
}

#[test]
fn all_faults_are_told_at_once_and_never_more_than_fifty() {
    let mut files = sound();
    files.get_mut("places.csv").unwrap().extend_from_slice(b"x,region,X,,hier,,200,,s9\n");
    files.get_mut("themes.csv").unwrap().extend_from_slice(b"eclairage,Encore,\n");
    files.remove("tallies.csv");
    files.insert("counts.csv".into(), Vec::new());
    files.get_mut("timeline.csv").unwrap().extend_from_slice(b"2012-01-01,day,\xff,,law,,s1\n");
    assert_eq!(
        told(&files),
        [
            "places.csv, ligne 4, colonne « level » : « region » n’est pas un niveau de pack.toml",
            "places.csv, ligne 4, colonne « valid_from » : « hier » n’est pas un jour (AAAA-MM-JJ)",
            "places.csv, ligne 4, colonne « lat » : « 200 » n’est pas un nombre de degrés entre -90 et 90, \
            avec deux \
             décimales au plus",
            "places.csv, ligne 4, colonne « source » : « s9 » n’est pas une source de sources.csv",
            "counts.csv : le fichier est vide : il faut au moins la ligne d’en-tête",
            "tallies.csv : le fichier manque ou ne peut pas être lu ; sans rien à dire, il garde sa ligne \
            d’en-tête",
            "timeline.csv, ligne 3 : le texte n’est pas en UTF-8",
            "themes.csv, ligne 3, colonne « id » : « eclairage » est déjà donné à la ligne 2",
        ]
    );
    let many = "eclairage,Encore,\n".repeat(200);
    files.get_mut("themes.csv").unwrap().extend_from_slice(many.as_bytes());
    assert_eq!(told(&files).len(), FAULTS_MAX);
    assert_eq!(told(&Memory::new()).len(), 2 + SHEETS.len(), "each missing file is told");
}

#[test]
fn a_file_that_cannot_be_read_blames_no_other_for_its_ids() {
    for file in ["sources.csv", "places.csv", "body_kinds.csv", "organisations.csv", "seats.csv", "pack.toml"]
    {
        let mut files = sound();
        files.remove(file);
        assert_eq!(told(&files).len(), 1, "{file} : {:?}", told(&files));
    }
}

#[test]
fn every_table_and_column_is_described_for_those_who_write_packs() {
    let described = include_str!("../../../packs/README.md");
    for sheet in SHEETS {
        assert!(described.contains(sheet.file), "{}", sheet.file);
        let (_, after) = described.split_once(&format!("`{}`", sheet.file)).unwrap();
        for column in sheet.columns {
            assert!(after.contains(&format!("`{column}`")), "{} : {column}", sheet.file);
        }
    }
    for key in ["known_from", "body_names", "weekend", "origin"] {
        assert!(described.contains(key), "{key}");
    }
}

const EXERCISE: &str = include_str!("../../../packs/mali/exercice.toml");

/// What is replaced in the exercise, and the sentence that says so.
const EXERCISE_TABLE: &[(&str, &str, &str)] = &[
    (
        "sex = \"female\"\nrole_fr",
        "sex = \"f\"\nrole_fr",
        "exercice.toml, ligne {ligne} : « f » n’est pas un mot admis ici (female, male)",
    ),
    (
        "exercice = true",
        "exercice = false",
        "exercice.toml, ligne {ligne}, clé « exercice » : un exercice dit qu’il en est un : « true »",
    ),
    (
        "chair = \"exercice-maire\"",
        "chair = \"exercice-roi\"",
        "exercice.toml, ligne {ligne}, clé « chair » : « exercice-roi » n’est rien de l’exercice",
    ),
    (
        "installed_on = \"2024-12-12\"",
        "installed_on = \"2024-12-32\"",
        "exercice.toml, ligne {ligne} : « 2024-12-32 » n’est pas un jour (AAAA-MM-JJ)",
    ),
    (
        "constituency = \"women\"",
        "constituency = \"osc\"",
        "exercice.toml, ligne {ligne}, clé « constituency » : « osc » n’est pas un mot admis ici \
        (executive, elected, forces, \
      administration, justice, civil-society, religious, customary, youth, women, movement, \
         parliament, other)",
    ),
];

#[test]
fn a_broken_exercise_is_told_with_its_line() {
    for (from, to, sentence) in EXERCISE_TABLE {
        let (before, _) = EXERCISE.split_once(from).unwrap();
        let line = 1 + before.matches('\n').count();
        let files: Memory = [("exercice.toml".into(), EXERCISE.replacen(from, to, 1).into_bytes())].into();
        let told = Exercise::read(&files).unwrap_err().to_string();
        assert_eq!(told, sentence.replace("{ligne}", &line.to_string()));
    }
    let faults = [
        ("channel = \"account\"", "channel = \"rumeur\"", "« rumeur » n’est pas un mot admis ici"),
        ("proof = \"bordereau\"\n", "", "« proof » manque à ce fait"),
        (
            "proof = \"bordereau\"\n",
            "proof = \"bordereau\"\nground = \"lapsed\"\n",
            "« ground » n’a pas sa place",
        ),
        (
            "addressee = \"exercice-maire\"\nproof",
            "addressee = \"exercice-roi\"\nproof",
            "« exercice-roi » n’est rien",
        ),
        (
            "point = 2\nstance",
            "point = 3\nstance",
            "recommandation « exercice-01 » : elle n’a pas de point 3",
        ),
        (
            "day = \"2025-01-16\"",
            "day = \"2025-01-10\"",
            "le fait du 2025-01-10 est écrit après celui du 2025-01-13",
        ),
        (
            "organisation = \"exercice-droits\"\nsecret",
            "organisation = \"exercice-roi\"\nsecret",
            "« exercice-roi » n’est rien",
        ),
        (
            "id = \"exercice-c2\"\norganisation",
            "id = \"exercice-c1\"\norganisation",
            "« exercice-c1 » est déjà donné plus haut",
        ),
        (
            "id = \"exercice-jeunes\"",
            "id = \"exercice-femmes\"",
            "« exercice-femmes » est déjà donné plus haut",
        ),
        ("quality = {", "qualite = {", "la clé n’est pas connue ici"),
    ];
    for (from, to, part) in faults {
        assert!(EXERCISE.contains(from), "{from}");
        let files: Memory = [("exercice.toml".into(), EXERCISE.replacen(from, to, 1).into_bytes())].into();
        let fault = Exercise::read(&files).unwrap_err();
        assert!(fault.to_string().contains(part), "{fault}");
        assert!(fault.line.is_some(), "{fault}");
    }
    assert_eq!(Exercise::read(&Memory::new()), Ok(None));
}

#[test]
fn an_exercise_takes_nothing_that_the_pack_lacks() {
    let exercise: Memory = [("exercice.toml".into(), EXERCISE.into())].into();
    let exercise = Exercise::read(&exercise).unwrap().unwrap();
    let fault = exercise.facts(&Pack::read(&sound(), now()).unwrap()).unwrap_err().to_string();
    assert_eq!(fault, "exercice.toml, clé « rule » : « ccsc » n’est pas une horloge de clocks.toml");
}

fn any_file() -> impl Strategy<Value = String> {
    let mut names: Vec<String> = sound().into_keys().collect();
    names.push("exercice.toml".into());
    prop::sample::select(names)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_in_any_file_are_read_or_refused(
        file in any_file(), bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut files = sound();
        files.insert(file, bytes);
        let _ = Exercise::read(&files);
        for fault in Pack::read(&files, now()).err().unwrap_or_default() {
            prop_assert!(!fault.to_string().is_empty());
        }
    }

    #[test]
    fn a_slip_anywhere_is_read_or_refused(
        file in any_file(), at in any::<prop::sample::Index>(), cut in 0_usize..9, put in ".{0,6}",
    ) {
        let mut files = sound();
        files.insert("exercice.toml".into(), EXERCISE.into());
        let bytes = files.get_mut(&file).unwrap();
        let at = at.index(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, put.bytes());
        let exercise = Exercise::read(&files);
        if let Ok(pack) = Pack::read(&files, now()) {
            prop_assert!(!pack.facts().is_empty());
            if let Ok(Some(exercise)) = exercise {
                let _ = exercise.facts(&pack);
            }
        }
    }
}
