//! Imports of each layout, from small fictional files here and, where they are at hand, from real ones beside the repository.

use std::io::Write as _;
use std::path::Path;

use terms::{Span, Unit};
use web::rehearsal::Rehearsal;

use super::world::{established, kind, rule, world};
use crate::import::{Imported, Refused, import};

fn take(house: &Rehearsal, name: &str, text: &str) -> Imported {
    let mut last = (0, 0);
    let imported = import(house.house().record(), name, text.as_bytes(), &mut |done, all| last = (done, all));
    assert_eq!(last.0, last.1);
    imported.unwrap()
}

fn said(imported: &Imported) -> Vec<String> {
    imported.oddities.iter().map(ToString::to_string).collect()
}

fn rows(house: &Rehearsal) -> Vec<crate::export::Row> {
    house.house().record().shelf.read(|tx| crate::export::rows(tx, &mut |_, _| {})).unwrap()
}

/// Taken once, nothing new the second time, and the tables are what the record makes of them.
fn twice(house: &Rehearsal, name: &str, text: &str) -> Imported {
    let first = take(house, name, text);
    let again = take(house, name, text);
    assert_eq!((again.taken, again.already), (0, first.taken + first.already), "{name}");
    assert_eq!(house.difference(), None);
    first
}

/// By when each addressee should answer.
fn due(shelf: &record::Shelf, id: &'static str) -> Vec<Option<terms::Day>> {
    let sql = "SELECT answer_by FROM recommendation_addressee WHERE recommendation = ?1 ORDER BY rank";
    shelf.read(move |tx| tx.rows(sql, record::values![id], |row| row.get(0))).unwrap()
}

fn states(house: &Rehearsal, names: &[&str]) {
    kind(house, "etat", Some("national"));
    for name in names {
        let id = crate::tests::imports::slug(name);
        established(house, &format!("etat-{id}"), "etat", &format!("État fictif {name}"), None, true);
    }
}

fn slug(name: &str) -> String {
    record::directory::sort_key(name).replace(' ', "-")
}

const RAW: &str = "\
year,session_file,rec_no,text,from_state,to_state,decision,notes
2013,2013,1.1,Publier le budget (Atlantide);,Atlantide,syldavie,support,
2013,2013,1.1,Publier aussi les comptes (Borduvie);,Borduvie,syldavie,implemented,
2013,2013,,Former les juges;,Borduvie,syldavie,consider,
2013,2013,1.3,Abolir une peine;,Borduvie,syldavie,reject,contraire à la loi fictive
2013,2013,1.4,Signer un traité;,Borduvie,syldavie,noted,
2013,2013,1.5,Rien d’autre;,Borduvie,syldavie,peut-être,
2013,2013,1.6,Ailleurs;,Borduvie,nulleparte,support,
demain,2013,1.7,Plus tard;,Borduvie,syldavie,support,
2013,2013,1.8,,Borduvie,syldavie,support,
2013,2013,1.9,Trop peu de cellules
2013,2013,1.10,Sans auteur;,,syldavie,support,
";

#[test]
fn the_review_by_year_is_taken_line_by_line() {
    let house = world();
    states(&house, &["syldavie"]);
    let imported = twice(&house, "fictif.csv", RAW);
    assert_eq!(imported.taken, 7);
    let odd = said(&imported);
    for (line, part) in [
        ("ligne 7, colonne « decision »", "« peut-être » inconnue"),
        ("ligne 8, colonne « to_state »", "« nulleparte » inconnu du registre"),
        ("ligne 9, colonne « year »", "« demain » n’est pas une année passée"),
        ("ligne 10, colonne « text »", "texte vide"),
        ("ligne 11", "4 cellules, l’en-tête 8"),
        ("ligne 12, colonne « from_state »", "auteur non indiqué"),
        ("ligne 3, colonne « rec_no »", "« 1.1 » est déjà celui de la ligne 2"),
        ("ligne 4, colonne « rec_no »", "n’a pas de numéro"),
        ("ligne 12, colonne « rec_no »", "« 1.10 » ne suit pas « 1.8 » (1 en moins)"),
    ] {
        assert!(odd.iter().any(|o| o.starts_with(line) && o.contains(part)), "{line} {part} : {odd:?}");
    }
    assert_eq!(odd.len(), 9, "{odd:?}");
    let observations = |number: &str| {
        let rows = rows(&house);
        let row = rows.iter().find(|row| row.cells[0] == number).unwrap().clone();
        row.cells[17].clone()
    };
    assert!(observations("1.3").contains("refusée, motif donné"));
    assert!(observations("1.4").contains("ni acceptée ni refusée"));
    assert_eq!(observations("1.5"), crate::export::EXERCISE);
    // What is said to be done or under way is accepted, and nothing more: its state stays unknown.
    assert!(rows(&house).iter().all(|row| row.cells[12].is_empty() && row.cells[13].is_empty()));
}

#[test]
fn the_review_by_cycle_takes_its_state_from_the_name() {
    let text = "\
cycle,rec_no,text,position,source_of_position,theme,other_themes
2,115.1,Ratifier la convention fictive (Atlantide);,supported,A/HRC/28/15/Add.1 - Para. 3,A12,general
3,115.1,Ratifier encore (Borduvie);,noted,A/HRC/43/15 - Para 121,A12,
3,115.2,Sans document;,noted,Para 121,A12,
";
    let house = world();
    states(&house, &["syldavie"]);
    let imported = twice(&house, "dossier/Syldavie_cycles_2_3.csv", text);
    assert_eq!(imported.taken, 2);
    assert_eq!(said(&imported).len(), 1);
    assert!(said(&imported)[0].starts_with("ligne 4, colonne « source_of_position »"));
    let refused = import(house.house().record(), "autre.csv", text.as_bytes(), &mut |_, _| {}).unwrap_err();
    assert!(matches!(&refused, Refused::Addressee(name) if name == "autre.csv"));
    assert!(refused.to_string().contains("nommez le fichier"));
}

const PACK_HEADER: &str = "id,source,document,number,recommender,year,adopted_on,known_on,title_fr,text_fr,title_en,theme,\
    addressee,position,position_on,position_document,note,mark";

#[test]
fn the_pack_brings_days_marks_and_positions() {
    let text = format!(
        "{PACK_HEADER}
fictif-1,EPU fictif,F/1,1.1,Atlantide,2013,2013-01-22,2013-06-30,Titre,Texte,Title,infrastructure,etat-syldavie,\
implemented-or-under-way,2013-02-01,\"F/1, § 3\",Note,V
fictif-2,Étude,F/2,,Institut fictif,2025,,2025-12-31,Titre,Texte,,inconnu,etat-syldavie,,,,,X
fictif-3,Étude,F/2,,Institut fictif,2025,31/02/2025,2025-12-31,Titre,Texte,,,personne,,,,,K
Fictif 4,Étude,F/2,,Institut fictif,2025,,,Titre,Texte,,,etat-syldavie,,,,,K
"
    );
    let house = world();
    states(&house, &["syldavie"]);
    let imported = twice(&house, "recommendations.csv", &text);
    assert_eq!(imported.taken, 2);
    let odd = said(&imported);
    for (line, part) in [
        ("ligne 3, colonne « theme »", "« inconnu »"),
        ("ligne 3, colonne « mark »", "« X »"),
        ("ligne 4, colonne « addressee »", "« personne » inconnu du registre"),
        ("ligne 5, colonne « id »", "mal formé"),
    ] {
        assert!(odd.iter().any(|o| o.starts_with(line) && o.contains(part)), "{line} {part} : {odd:?}");
    }
    let record = house.house().record();
    let shelf =
        |on: &str| record.shelf.as_of(on.parse().unwrap(), std::time::Duration::from_secs(600)).unwrap();
    let known = |on: &str| shelf(on).read(|tx| crate::tables::shown(tx, "fictif-1")).unwrap();
    assert!(known("2013-06-29").is_none());
    let then = known("2013-06-30").unwrap();
    assert_eq!(then.addressees[0].delivered_on, Some("2013-01-22".parse().unwrap()));
    assert_eq!(due(&shelf("2013-06-30"), "fictif-1"), [None]);
}

#[test]
fn reports_of_several_addressees_are_taken_for_those_known() {
    let text = "\
date_of_report,date_time,ref,coroner_area,corrected_area,category,this_report_is_being_sent_to,sent_count,pdf_count,\
responses,yet_to_receive,response_rate,late_time,at_least_one_response,late,expected_number_bool
3 January 2022,2022-01-03,2022-0001,Fictif,Fictif,Routes,Maire de Dougouba| Gouverneur fictif| Inconnu,3.0,1.0,1.0,2.0,0.3,-1.0,True,True,False
18 March 2022,2022-03-18,2022-0002,nan,,Routes,Personne,,1.0,0.0,,,-1.0,False,True,False
sans date,,2022-0003,Fictif,Fictif,Routes,Maire de Dougouba,1.0,1.0,0.0,1.0,0.0,,False,True,False
3 January 2022,2022-01-03,2022-0001,Fictif,Fictif,Routes,Maire de Dougouba,1.0,1.0,0.0,1.0,0.0,-1.0,False,True,False
";
    let house = world();
    rule(&house, "pfd-56-jours", "national", None, Span::new(56, Unit::Days));
    let imported = twice(&house, "rapports.csv", text);
    assert_eq!(imported.taken, 2);
    let odd = said(&imported);
    // What the source computed stands in seven columns: each is told once, not taken.
    assert_eq!(odd.iter().filter(|odd| odd.contains("valeur calculée par la source")).count(), 7);
    assert_eq!(odd.len(), 11, "{odd:?}");
    assert!(odd[7].contains("« Inconnu » inconnu") && odd[7].contains("reprise pour les autres"));
    assert!(odd[8].contains("« Personne » inconnu") && odd[8].contains("n’est pas reprise"));
    assert!(odd[9].contains("« sans date » n’est pas une date passée"));
    assert!(odd[10].contains("« 2022-0001 » est déjà celui de la ligne 2"));
    let read =
        |id: &'static str| house.house().record().shelf.read(|tx| crate::tables::shown(tx, id)).unwrap();
    assert_eq!(read("pfd-2022-0001").unwrap().addressees.len(), 2);
    let day = Some("2022-02-28".parse().unwrap());
    assert_eq!(due(&house.house().record().shelf, "pfd-2022-0001"), [day, day]);
    assert!(read("pfd-2022-0001-r2").is_some());
}

const MATRIX: &str = "\
N° d’ordre;Source / réunion (date, PV);Recommandations;Thème;Priorité;Structure(s) responsable(s);Activités;Échéance;\
Indicateur;Coût (FCFA);Etat de mise en œuvre;Taux (%);Preuves;Observations;Date de mise à jour;Couleur
1;Comité de Dougouba, 12/02/2026, PV n° 1;Éclairer le marché;Infrastructure;haute, court terme;Maire de Dougouba;\
Achat des lampes;30/06/2026;Lampes;2 000 000;en cours;40;Bon de commande;Rien;01/03/2026;rouge
2;Comité de Dougouba, 12/02/2026;Ouvrir un point d’accueil;Accueil;urgentissime;\"Maire de Dougouba ; Gouverneur fictif\";;\
fin juin;;;réalisée;;;;01/03/2027;bleu
3;Comité de Dougouba;Sans date;;;Maire de Dougouba;;;;;reportée;;;;;
4;Comité de Dougouba, 2025;Nommer un agent;;;Maire de Dougouba;;;;;reportée;;;;;
";

#[test]
fn a_follow_up_matrix_is_read_in_its_own_words() {
    let house = world();
    let imported = twice(&house, "matrice.csv", MATRIX);
    assert_eq!(imported.taken, 3, "{:?}", imported.oddities);
    let odd = said(&imported);
    for (line, part) in [
        ("ligne 1, colonne « Couleur »", "inconnue"),
        ("ligne 3, colonne « Priorité »", "« urgentissime »"),
        ("ligne 3, colonne « Échéance »", "« fin juin »"),
        ("ligne 3, colonne « Etat de mise en œuvre »", "plusieurs destinataires"),
        ("ligne 3, colonne « Date de mise à jour »", "n’est pas une date passée"),
        ("ligne 4, colonne « Source / réunion (date, PV) »", "une année passée"),
        ("ligne 5, colonne « Etat de mise en œuvre »", "« reportée » sans équivalent"),
    ] {
        assert!(odd.iter().any(|o| o.starts_with(line) && o.contains(part)), "{line} {part} : {odd:?}");
    }
    let rows = rows(&house);
    let first = &rows.iter().find(|row| row.cells[2] == "Éclairer le marché").unwrap().cells;
    for (at, cell) in [
        (0, "1"),
        (3, "Infrastructure"),
        (4, "haute ; court terme"),
        (5, "Maire de Dougouba"),
        (7, "Achat des lampes"),
        (8, "30/06/2026"),
        (9, "Lampes"),
        (11, "2 000 000"),
        (12, "déclaré : en cours"),
        (16, "Bon de commande"),
        (17, "EXERCICE, faits fictifs ; Rien"),
        (18, "01/03/2026"),
    ] {
        assert_eq!(first[at], cell, "colonne {at}");
    }
    let second = &rows.iter().find(|row| row.cells[2] == "Ouvrir un point d’accueil").unwrap().cells;
    assert_eq!((second[8].as_str(), second[12].as_str()), ("fin juin", "réalisée"));
    // What was exported is read again, column for column, by a house that knows the same bodies.
    let other = world();
    let exported = String::from_utf8(crate::export::csv(&rows)).unwrap();
    let again = take(&other, "export.csv", &exported);
    assert_eq!(again.taken, 3, "{:?}", again.oddities);
}

#[test]
fn a_file_that_cannot_be_read_is_refused_with_what_was_expected() {
    let house = world();
    let refused = |bytes: &[u8]| {
        import(house.house().record(), "fichier.csv", bytes, &mut |_, _| {}).unwrap_err().to_string()
    };
    assert!(refused(b"").contains("vide"));
    assert!(refused(b"\n\n").contains("vide"));
    // DOS wrote an e with an accent so; Windows has nothing there.
    assert!(refused(b"a,b\n\x82,2\n").contains("UTF-8 (ligne 2)"));
    assert!(refused(b"a,b\n\x81,2\n").contains("UTF-8 (ligne 2)"));
    let open = refused("Recommandation,Destinataire\nCurer,Maire\n\"Réparer,Maire\nPoser,Maire\n".as_bytes());
    assert!(open.contains("ligne 3") && open.contains("guillemet"), "{open}");
    let unknown = refused("couleur,taille\nrouge,3\n".as_bytes());
    assert!(unknown.contains("couleur, taille") && unknown.contains("Destinataire"));
    assert_eq!(house.difference(), None);
}

#[test]
fn a_text_over_the_size_is_told_and_left() {
    let house = world();
    states(&house, &["syldavie"]);
    let head = RAW.lines().next().unwrap();
    let line = |many: usize| format!("2013,2013,2.{many},{},Borduvie,syldavie,support,\n", "é".repeat(many));
    let (fits, over) = (crate::acts::TEXT_MAX, crate::acts::TEXT_MAX + 1);
    let imported = take(&house, "long.csv", &format!("{head}\n{}{}", line(fits), line(over)));
    assert_eq!(imported.taken, 1);
    assert!(said(&imported)[0].contains("texte de 8001 caractères, 8000 au plus"));
}

#[test]
fn every_oddity_of_a_line_is_told() {
    let house = world();
    states(&house, &["syldavie"]);
    let all = |name: &str, text: &str, line: u64, parts: &[&str]| {
        let imported = take(&house, name, text);
        let odd: Vec<String> =
            imported.oddities.iter().filter(|odd| odd.line == line).map(ToString::to_string).collect();
        for part in parts {
            assert!(odd.iter().any(|odd| odd.contains(part)), "{name} : « {part} » manque : {odd:?}");
        }
        assert_eq!(odd.len(), parts.len(), "{name} : {odd:?}");
        assert_eq!(imported.taken, 0, "{name}");
    };
    let raw = format!("{}\ndemain,2013,,,,nulleparte,peut-être,\n", RAW.lines().next().unwrap());
    let parts = [
        "« demain » n’est pas une année passée ; la ligne n’est pas reprise",
        "« nulleparte » inconnu du registre ; la ligne n’est pas reprise",
        "texte vide ; la ligne n’est pas reprise",
        "auteur non indiqué",
        "position « peut-être » inconnue",
        "la ligne n’a pas de numéro",
    ];
    all("epu.csv", &raw, 2, &parts);
    let cycle = "cycle,rec_no,text,position,source_of_position\n2,115.1,,peut-être,Para. 3\n";
    all("Syldavie.csv", cycle, 2, &["document A/HRC", "texte vide", "« peut-être » inconnue"]);
    let pack = format!("{PACK_HEADER}\nMal Formé,É,F/1,,X,2999,hier,demain,T,,,couleur,personne,oui,,,,Z\n");
    let parts = [
        "« Mal Formé » mal formé",
        "« 2999 » n’est pas une année passée",
        "« hier » n’est pas une date passée",
        "« demain » n’est pas une date passée",
        "texte vide",
        "« couleur » inconnu",
        "« personne » inconnu",
        "position « oui » inconnue",
        "marque « Z » inconnue",
    ];
    all("paquet.csv", &pack, 2, &parts);
    let matrix = "N°;Recommandation;Destinataire;Source;Priorité;Échéance;Date de remise\n\
                  1;;Personne;PV;urgentissime;bientôt;31/12/2999\n";
    let parts = [
        "texte vide",
        "« Personne » inconnu",
        "année passée",
        "« urgentissime »",
        "« bientôt »",
        "« 31/12/2999 » n’est pas une date passée",
    ];
    all("matrice.csv", matrix, 2, &parts);
    let report = "date_of_report,ref,this_report_is_being_sent_to,sent_count\nhier,,Personne,3.0\n";
    let parts =
        ["« hier » n’est pas une date", "« Personne » inconnu", "n’a pas de numéro", "« 3.0 » destinataires"];
    all("rapport.csv", report, 2, &parts);
    assert_eq!(house.difference(), None);
}

#[test]
fn a_label_over_the_size_of_an_entry_is_told_with_its_line_and_column() {
    let house = world();
    states(&house, &["syldavie"]);
    let long = "9".repeat(70_000);
    let matrix = format!(
        "N°;Recommandation;Destinataire;Source\n{long};Curer;Maire de Dougouba;PV 2025\n2;Poser;Maire de Dougouba;PV 2025\n\
         3;Lever;Maire de Dougouba;PV 2025 {long}\n"
    );
    let imported = twice(&house, "matrice.csv", &matrix);
    assert_eq!(imported.taken, 2);
    let odd = said(&imported);
    for part in [
        "ligne 2, colonne « N° » : texte de 70000 caractères, 300 au plus ; la ligne n’est pas reprise",
        "ligne 4, colonne « Source » : texte très long",
    ] {
        assert!(odd.iter().any(|odd| odd.contains(part)), "{part} : {odd:?}");
    }
    let head = RAW.lines().next().unwrap();
    let raw = format!("{head}\n2013,{long},{long},Publier,{long},syldavie,support,{long}\n");
    let imported = take(&house, "epu.csv", &raw);
    for column in ["session_file", "rec_no", "from_state", "notes"] {
        let told = format!("colonne « {column} » : texte de 70000 caractères");
        assert!(said(&imported).iter().any(|odd| odd.contains(&told)), "{column}");
    }
    let pack =
        format!("{PACK_HEADER}\nf-1,É,{long},{long},{long},2013,,,T,Texte,,,etat-syldavie,,,,{long},V\n");
    let imported = take(&house, "paquet.csv", &pack);
    for column in ["document", "number", "recommender", "note"] {
        let told = format!("colonne « {column} » : texte de 70000 caractères");
        assert!(said(&imported).iter().any(|odd| odd.contains(&told)), "{column}");
    }
    assert_eq!(house.difference(), None);
}

#[test]
fn what_a_document_notes_is_kept_even_without_a_position() {
    let house = world();
    states(&house, &["syldavie"]);
    let text = format!(
        "{}\n2013,2013,1.1,Publier,Borduvie,syldavie,unknown,La délégation a demandé du temps\n",
        RAW.lines().next().unwrap()
    );
    assert_eq!(twice(&house, "fictif.csv", &text).taken, 1);
    let shown = house.house().record().shelf.read(|tx| crate::tables::shown(tx, "epu-2013-syldavie-1-1"));
    let grounds = shown.unwrap().unwrap().grounds.flatten().unwrap();
    assert!(grounds.contains("La délégation a demandé du temps"), "{grounds}");
}

#[test]
fn letters_read_wrongly_are_recognised_and_told() {
    let house = world();
    let told = |name: &str, bytes: &[u8]| {
        let imported = import(house.house().record(), name, bytes, &mut |_, _| {}).unwrap();
        (imported.taken, said(&imported))
    };
    let asked =
        |number: &str| rows(&house).iter().find(|row| row.cells[0] == number).unwrap().cells[2].clone();
    // A spreadsheet's plain CSV on Windows.
    let windows = b"N\xb0;Recommandation;Destinataire;Source\r\n1;R\xe9parer l\x92\xe9cole;Maire de Dougouba;PV 2025\r\n";
    let (taken, odd) = told("windows.csv", windows);
    assert_eq!((taken, asked("1").as_str()), (1, "Réparer l’école"));
    assert!(matches!(odd.as_slice(), [one] if one.contains("Windows-1252")), "{odd:?}");
    // UTF-8 that some program took for Latin-1 and wrote as UTF-8 again, header and all.
    let twice = "NÂ°;Recommandation;Destinataire;Source\n2;Ã‰clairer lâ€™Ã©cole;Maire de Dougouba;PV 2025\n";
    let (taken, odd) = told("deux-fois.csv", twice.as_bytes());
    assert_eq!((taken, asked("2").as_str()), (1, "Éclairer l’école"));
    assert!(
        odd.len() == 2
            && odd[1].starts_with("ligne 2, colonne « Recommandation » : UTF-8 lu comme du Latin-1"),
        "{odd:?}"
    );
    // What Mac Roman left behind is not guessed.
    let mac = "N°;Recommandation;Destinataire;Source\n3;Respecter womenÕs rights;Maire de Dougouba;PV 2025\n";
    let (taken, odd) = told("mac.csv", mac.as_bytes());
    assert_eq!((taken, asked("3").as_str()), (1, "Respecter womenÕs rights"));
    assert!(matches!(odd.as_slice(), [one] if one.contains("sans doute « women’s »")), "{odd:?}");
    // « Texte Unicode ».
    let wide: Vec<u8> =
        "\u{feff}N°\tRecommandation\tDestinataire\tSource\n4\tCurer l’égout\tMaire de Dougouba\tPV 2025\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    assert_eq!(told("unicode.txt", &wide), (1, vec![]));
    assert_eq!(asked("4"), "Curer l’égout");
    assert_eq!(house.difference(), None);
}

#[test]
fn a_matrix_whose_numbers_disagree_with_their_order_says_so() {
    let house = world();
    let line = |number: &str, text: &str| format!("{number};{text};Maire de Dougouba;PV 2025\n");
    let text = [("1", "Un"), ("2", "Deux"), ("4", "Quatre"), ("4", "Encore"), ("", "Sans"), ("6", "Six")];
    let text: String = text.iter().map(|(number, text)| line(number, text)).collect();
    let imported =
        twice(&house, "numeros.csv", &format!("N°;Recommandation;Destinataire;Source\n{text};;;\n"));
    let odd = said(&imported);
    assert_eq!(imported.taken, 6);
    assert_eq!(
        odd,
        [
            "ligne 4, colonne « N° » : le numéro « 4 » ne suit pas « 2 » (1 en moins)",
            "ligne 5, colonne « N° » : le numéro « 4 » est déjà celui de la ligne 4",
            "ligne 6, colonne « N° » : la ligne n’a pas de numéro",
        ]
    );
}

#[test]
fn a_delivery_that_cannot_be_loses_nothing_else() {
    let house = world();
    let text = "N°;Recommandation;Destinataire;Source;État;Date de mise à jour;Date de remise\n\
                1;Curer;Maire de Dougouba;PV du 12/02/2026;en cours;01/03/2026;01/02/2026\n";
    let imported = twice(&house, "remise.csv", text);
    let odd = said(&imported);
    assert!(
        matches!(odd.as_slice(), [one] if one.contains("ne peut pas précéder l’adoption")
        && one.contains("sa remise à « maire-fictif » ne l’est pas")),
        "{odd:?}"
    );
    let rows = rows(&house);
    assert_eq!(rows[0].cells[12], "déclaré : en cours", "what the line declares is taken all the same");
}

/// A file beside the repository or one of the folders around it, or `None` with a word said: those files are not the project's to
/// give.
fn beside(path: &str) -> Option<(String, String)> {
    let around = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let file = around.map(|folder| folder.join("shared/data").join(path)).find(|file| file.exists());
    let Some(file) = file else {
        // Not `eprintln!`: the test runner would hide it from a run that passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {path} does not stand beside the repository");
        return None;
    };
    Some((file.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&file).unwrap()))
}

/// How many cells of this file Mac Roman left letters in, and how many of its lines have no number or one given before.
fn known_oddities(text: &str, group: &[&str]) -> (usize, usize) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let garbled = reader.records().flat_map(|record| {
        let record = record.unwrap();
        record.iter().map(|cell| cell.split_whitespace().any(is_garbled)).collect::<Vec<_>>()
    });
    let garbled = garbled.filter(|garbled| *garbled).count();
    let groups = group.iter().map(|name| cells(text, name)).collect::<Vec<_>>();
    let mut seen = std::collections::BTreeSet::new();
    let numbers = cells(text, "rec_no").into_iter().enumerate();
    let odd = numbers.filter(|(at, number)| {
        let group: Vec<&str> = groups.iter().map(|cells| cells[*at].as_str()).collect();
        number.is_empty() || !seen.insert((group.join(" "), number.clone()))
    });
    (garbled, odd.count())
}

/// The letters that stand in these files where Mac Roman had an apostrophe, a quotation mark, a dash or an o with circumflex.
fn is_garbled(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let follows = letters.windows(2).any(|two| two[0].is_lowercase() && "ÕÓÔÑ".contains(two[1]));
    let inside = letters.windows(3).any(|three| {
        three[0].is_ascii_alphabetic() && "™ˆ‡".contains(three[1]) && three[2].is_ascii_alphabetic()
    });
    follows || inside
}

/// How many oddities of a kind were told.
fn of_kind(imported: &Imported, part: &str) -> usize {
    imported.oddities.iter().filter(|odd| odd.message.contains(part)).count()
}

fn cells(text: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    reader.records().map(|record| record.unwrap()[at].trim().to_owned()).collect()
}

#[test]
fn all_of_the_review_of_mali_is_taken() {
    let Some((name, text)) = beside("upr/mali_2008_2013.csv") else { return };
    let house = world();
    states(&house, &["mali"]);
    let imported = twice(&house, &name, &text);
    assert_eq!(imported.taken, 193);
    let (garbled, numbers) = known_oddities(&text, &["year", "to_state"]);
    assert!(garbled > 15 && numbers > 20, "{garbled} {numbers}");
    assert_eq!(of_kind(&imported, "abîmée par un changement d’encodage"), garbled);
    assert_eq!(of_kind(&imported, "n’a pas de numéro") + of_kind(&imported, "est déjà celui"), numbers);
    // 111 stands where 111.2 should; 57.5 is given where 57.3 and 57.4 went before.
    let order: Vec<String> = said(&imported).into_iter().filter(|odd| odd.contains("ne suit pas")).collect();
    assert!(order.iter().any(|odd| odd.contains("« 111 » ne suit pas « 111.1 »")), "{order:?}");
    assert_eq!(imported.oddities.len(), garbled + numbers + order.len(), "{:?}", said(&imported));
}

#[test]
fn all_of_the_review_of_the_world_is_taken() {
    let Some((name, text)) = beside("upr/all_2008_2013.csv") else { return };
    let house = world();
    let mut names = cells(&text, "to_state");
    names.sort();
    names.dedup();
    states(&house, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let imported = take(&house, &name, &text);
    let without_author = cells(&text, "from_state").iter().filter(|name| name.is_empty()).count();
    let (garbled, numbers) = known_oddities(&text, &["year", "to_state"]);
    assert_eq!(imported.taken, 8_403, "{:?}", imported.oddities.first());
    assert_eq!(of_kind(&imported, "auteur non indiqué"), without_author);
    assert_eq!(of_kind(&imported, "abîmée par un changement d’encodage"), garbled);
    assert_eq!(of_kind(&imported, "n’a pas de numéro") + of_kind(&imported, "est déjà celui"), numbers);
    let known = without_author + garbled + numbers + of_kind(&imported, "ne suit pas");
    assert_eq!(imported.oddities.len(), known);
}

#[test]
fn all_of_the_thematic_lists_are_taken() {
    let Some((name, text)) = beside("upr/slovenia_cycles_2_3_4.csv") else { return };
    let house = world();
    states(&house, &["slovenia"]);
    let imported = twice(&house, &name, &text);
    let (garbled, numbers) = known_oddities(&text, &["cycle"]);
    assert_eq!(
        (imported.taken, garbled, imported.oddities.len()),
        (632, 0, numbers),
        "{:?}",
        said(&imported)
    );
}

#[test]
fn all_of_the_reports_are_taken_or_told() {
    let Some((name, text)) = beside("pfd-reports/pfd_responses_4001.csv") else { return };
    let house = world();
    rule(&house, "pfd-56-jours", "national", None, Span::new(56, Unit::Days));
    // The first four hundred names of the file are made bodies of this fiction.
    let column = cells(&text, "this_report_is_being_sent_to");
    let mut known = std::collections::BTreeMap::new();
    for name in column.iter().flat_map(|cell| cell.split('|')).map(str::trim).filter(|name| !name.is_empty())
    {
        let next = known.len();
        if next < 400 {
            known.entry(record::directory::sort_key(name)).or_insert((next, name.to_owned()));
        }
    }
    for (number, name) in known.values() {
        established(&house, &format!("destinataire-{number}"), "maire", name, None, true);
    }
    let dated = cells(&text, "date_time").into_iter().map(|day| day.parse::<terms::Day>().is_ok());
    let reached = column
        .iter()
        .map(|cell| cell.split('|').any(|name| known.contains_key(&record::directory::sort_key(name))));
    let expected = dated.zip(reached).filter(|(dated, reached)| *dated && *reached).count();
    let imported = take(&house, &name, &text);
    assert!(expected > 500, "{expected}");
    assert_eq!(imported.taken, expected, "{:?}", imported.oddities.first());
    let lines: std::collections::BTreeSet<u64> = imported
        .oddities
        .iter()
        .filter(|odd| odd.message.contains("n’est pas reprise"))
        .map(|odd| odd.line)
        .collect();
    assert_eq!(lines.len(), 4_001 - expected);
    assert_eq!(house.difference(), None);
}

#[test]
fn the_pack_s_own_recommendations_are_taken() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/mali/recommendations.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let house = world();
    for id in cells(&text, "addressee") {
        established(&house, &id, "etat", &id, None, false);
    }
    for theme in cells(&text, "theme") {
        let name = terms::Bilingual::same(&theme);
        house.load(None, terms::Word::ThemeSet(terms::instance::ThemeSet { id: theme, name }));
    }
    let imported = twice(&house, "recommendations.csv", &text);
    assert_eq!((imported.taken, said(&imported)), (cells(&text, "id").len(), vec![]));
    // The raw file of the same review then takes only what the pack has not.
    let Some((name, raw)) = beside("upr/mali_2008_2013.csv") else { return };
    states(&house, &["mali"]);
    let numbers = cells(&raw, "rec_no");
    let own: std::collections::BTreeSet<(String, String)> =
        cells(&text, "year").into_iter().zip(cells(&text, "number")).collect();
    let mut seen = std::collections::BTreeSet::new();
    let both = cells(&raw, "year").into_iter().zip(numbers);
    let common =
        both.filter(|pair| !pair.1.is_empty() && seen.insert(pair.clone()) && own.contains(pair)).count();
    let more = take(&house, &name, &raw);
    assert!(common > 0);
    assert_eq!((more.taken, more.already), (193 - common, common));
}
