//! Imports: what is understood of a table, of Popolo and of BODS, what is told, and that twice adds nothing. All names are fictional.

use std::io::Write;

use proptest::prelude::*;
use terms::access::Role;
use terms::organisations::Basis;
use terms::{Behalf, Day};

use super::house;
use crate::import::{Layout, Refused, Settings, Target, Understood, understand};

fn read(text: &str) -> Understood {
    understand(text.as_bytes(), &Settings::default()).unwrap()
}

fn names(found: &Understood) -> Vec<&str> {
    found.rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn a_table_is_read_whatever_its_columns_are_called() {
    let text = "\u{feff}Sigle;Dénomination;Téléphone;Type;Date de création;Faîtière\r\n\
                AFD;Association fictive;20 21;ONG;12/3/1991;COAF | RAF\r\n\
                ;Veille d’essai;;club;vers 1990;\r\n\
                X;;;;;\r\n\
                court;trop\r\n";
    let found = read(text);
    let Layout::Table(columns) = &found.layout else { panic!() };
    let targets: Vec<Target> = columns.iter().map(|(_, target)| *target).collect();
    use Target as T;
    assert_eq!(targets, [T::Acronym, T::Name, T::Ignored, T::Kind, T::Founded, T::Umbrella]);
    assert_eq!(names(&found), ["Association fictive", "Veille d’essai"]);
    let first = &found.rows[0];
    assert_eq!((first.line, first.kind.as_str(), first.founded.as_deref()), (2, "ngo", Some("1991-03-12")));
    assert_eq!(first.umbrellas, ["COAF", "RAF"]);
    assert_eq!(found.rows[1].kind, "association");
    let told: Vec<(u64, &str)> =
        found.oddities.iter().map(|oddity| (oddity.line, oddity.column.as_str())).collect();
    assert_eq!(told, [(3, "fondation"), (3, "sorte"), (4, ""), (5, "")]);
    assert_eq!(found.left_out, ["Colonnes non reprises : Téléphone."]);
}

#[test]
fn a_table_of_windows_and_another_mapping() {
    let bytes = b"Quoi,Num\xe9ro\nR\xe9seau d\x92essai,12/A\n";
    let settings = Settings { mapping: Some(vec![Target::Name, Target::Number]), ..Settings::default() };
    let found = understand(bytes, &settings).unwrap();
    assert_eq!(names(&found), ["Réseau d’essai"]);
    assert!(found.rows[0].identifiers.is_empty() && found.oddities.iter().any(|odd| odd.column == "numero"));
    let settings = Settings { scheme: Some("XX-REG".into()), kind: Some("women".into()), ..settings };
    let found = understand(bytes, &settings).unwrap();
    assert_eq!(found.rows[0].identifiers, [("XX-REG".to_owned(), "12/A".to_owned())]);
    assert_eq!(found.rows[0].kind, "women");
    // Without a column for names the person is asked; who says that there is none is refused.
    assert_eq!(understand(b"a,b\n1,2\n", &Settings::default()).unwrap().rows, []);
    let none = Settings { mapping: Some(vec![Target::Note]), ..Settings::default() };
    assert_eq!(understand(b"a,b\n1,2\n", &none), Err(Refused::Nameless));
    assert_eq!(understand(b"", &none), Err(Refused::Empty));
    assert_eq!(understand(b"PK\x03\x04", &none), Err(Refused::Workbook));
    assert_eq!(understand(b"nom\n\"x\n", &none), Err(Refused::Quotation(2)));
}

const POPOLO: &str = r#"{
  "organizations": [
    { "id": "o/1", "name": "Ligue d’essai", "classification": "ngo", "founding_date": "1991",
      "other_names": [{ "name": "LE", "note": "acronym" }, { "name": "Vieux nom" }],
      "identifiers": [{ "scheme": "XX-REG", "identifier": "4" }, { "scheme": "legacy", "identifier": "z" }],
      "parent_id": "o/2" },
    { "id": "o/2", "name": "Coordination d’essai", "classification": "party" },
    { "id": "o/3" },
    "rien"
  ],
  "persons": [{ "id": "p", "name": "Une Personne" }],
  "memberships": [{ "person_id": "p", "organization_id": "o/1" }, { "member_id": "o/1", "organization_id": "o/2" },
    { "member_id": "o/9", "organization_id": "o/2" }],
  "events": [{}, {}]
}"#;

#[test]
fn popolo_is_read_and_persons_are_left_out() {
    let found = read(POPOLO);
    assert_eq!(
        (&found.layout, names(&found)),
        (&Layout::Popolo, vec!["Ligue d’essai", "Coordination d’essai"])
    );
    let first = &found.rows[0];
    assert_eq!((first.acronym.as_deref(), first.kind.as_str(), first.line), (Some("LE"), "ngo", 3));
    assert_eq!((first.identifiers.len(), &first.umbrellas), (1, &vec!["o/2".to_owned()]));
    let told: Vec<(u64, &str)> = found.oddities.iter().map(|odd| (odd.line, odd.column.as_str())).collect();
    assert_eq!(
        told,
        [
            (3, "other_names"),
            (3, "identifiant"),
            (7, "sorte"),
            (8, ""),
            (9, "organizations"),
            (13, "member_id")
        ]
    );
    let left = found.left_out.join("\n");
    for part in ["1 personnes : un nom de personne", "1 adhésions de personnes", "2 événements"] {
        assert!(left.contains(part), "{left}");
    }
    assert!(!format!("{found:?}").contains("Une Personne"), "no person’s name is kept");
    assert_eq!(understand(b"{\n\"organizations\": [\n", &Settings::default()), Err(Refused::Json(3)));
    assert_eq!(understand(b"{\"persons\": []}", &Settings::default()), Err(Refused::Unknown));
}

/// A fictional organisation, the State, a person, and what gives either control over the first.
const BODS: &str = r#"[
{ "statementId": "s1", "recordId": "r1", "recordType": "entity", "recordDetails": { "isComponent": false,
  "entityType": { "type": "registeredEntity" }, "name": "Ligue d’essai", "foundingDate": "2001-02-03",
  "identifiers": [{ "scheme": "XX-REG", "id": "4" }] } },
{ "statementId": "s2", "recordId": "r2", "recordType": "entity", "recordDetails": { "isComponent": false,
  "entityType": { "type": "state" }, "name": "République d’essai" } },
{ "statementId": "s3", "recordId": "r3", "recordType": "person", "recordDetails": { "names": [{ "fullName": "Une Personne" }] } },
{ "statementId": "s4", "recordId": "r4", "recordType": "relationship", "source": { "type": ["selfDeclaration"] },
  "recordDetails": { "subject": "r1", "interestedParty": "r2",
  "interests": [{ "type": "appointmentOfBoard", "startDate": "2020-01-01" }, { "type": "shareholding" }] } },
{ "statementId": "s5", "recordId": "r5", "recordType": "relationship", "recordDetails": { "subject": "r1",
  "interestedParty": "r3", "interests": [{ "type": "appointmentOfBoard" }] } },
{ "statementId": "s6", "recordType": "entity", "recordStatus": "closed" },
{ "rien": 1 }
]"#;

#[test]
fn of_bods_only_what_is_truly_a_tie_is_taken() {
    let found = read(BODS);
    assert_eq!((&found.layout, names(&found)), (&Layout::Bods, vec!["Ligue d’essai"]));
    let ties = &found.rows[0].ties;
    assert_eq!(ties.len(), 1, "a person's power and a share are no tie to the State");
    let from: Day = "2020-01-01".parse().unwrap();
    assert_eq!((ties[0].criterion, ties[0].basis, ties[0].from), ("S2", Basis::Declared, Some(from)));
    let told: Vec<(u64, &str)> = found.oddities.iter().map(|odd| (odd.line, odd.column.as_str())).collect();
    assert_eq!(told, [(5, "entityType"), (14, "")]);
    let left = found.left_out.join("\n");
    for part in ["1 personnes", "1 déclarations closes", "2 relations"] {
        assert!(left.contains(part), "{left}");
    }
    assert!(!format!("{found:?}").contains("Une Personne"));
    assert_eq!(understand(b"[1, 2]", &Settings::default()), Err(Refused::Unknown));
}

#[test]
fn the_members_of_an_assembly_are_not_taken_for_organisations() {
    let path = "popolo-mali/ep-popolo-v1.0.json";
    let around = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let bytes =
        around.map(|folder| folder.join("shared/data").join(path)).find_map(|file| std::fs::read(file).ok());
    let Some(bytes) = bytes else {
        // Not `eprintln!`: the test runner would hide it from a run that passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {path} does not stand beside the repository");
        return;
    };
    let found = understand(&bytes, &Settings { kind: Some("other".into()), ..Settings::default() }).unwrap();
    assert_eq!(found.rows.len(), 24);
    let left = found.left_out.join("\n");
    assert!(left.contains("142 personnes") && left.contains("143 adhésions"), "{left}");
    // Neither a party nor a legislature is a kind of the register, and a Wikidata number has no code of org-id.guide.
    let odd = |column: &str| found.oddities.iter().filter(|oddity| oddity.column == column).count();
    assert_eq!((odd("sorte"), odd("identifiant"), found.oddities.len()), (24, 1, 25));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_understood_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = understand(&bytes, &Settings::default());
    }

    #[test]
    fn any_damage_to_a_file_is_understood_or_refused(which in 0_usize..3, at in 0_usize..2_000, byte in any::<u8>()) {
        let text = [POPOLO, BODS, "nom;sigle\n\"Une ligue\";UL\n"][which];
        let mut bytes = text.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        let whole = understand(text.as_bytes(), &Settings::default()).unwrap().rows.len();
        if let Ok(found) = understand(&bytes, &Settings::default()) {
            // Nothing is dropped in silence: what is not taken is told.
            prop_assert!(found.rows.len() >= whole || !found.oddities.is_empty() || !found.left_out.is_empty()
                || matches!(found.layout, Layout::Table(_)));
        }
    }

    #[test]
    fn every_line_of_a_table_is_taken_or_told(cells in proptest::collection::vec("[a-zé \",;]{0,8}", 1..12)) {
        let mut text = "nom,sigle\n".to_owned();
        for cell in &cells {
            text.push_str(&format!("\"{}\",x\n", cell.replace('"', "\"\"")));
        }
        let found = read(&text);
        prop_assert_eq!(found.rows.len() + found.oddities.iter().filter(|odd| odd.column.is_empty()).count(), cells.len());
    }
}

#[tokio::test]
async fn a_steward_sees_what_was_understood_and_writes_it_once() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let guest = Some(&steward);
    let address = "/fr/organisations/importer";
    assert_eq!(house.get(None, address).await.status, 303);
    assert_eq!(house.get(guest, address).await.status, 200);
    let table = "nom;sigle;siège;récépissé;faîtière\n\
                 Ligue d’essai;LDE;commune-dougouba;4/B;Coordination fictive\n\
                 Asociation fictive de Dougouba;;Nulleville;;\n\
                 Conseil fictif de la jeunesse;;;9/Z;Nullepart\n";
    let read = |step: &'static str, more: Vec<(&'static str, &'static str)>| {
        let (house, steward) = (&house, &steward);
        async move {
            let mut fields = vec![("etape", step), ("registre", "XX-REG")];
            fields.extend(more);
            house.post_files(Some(steward), address, &fields, &[("fichier", table.as_bytes())]).await
        }
    };
    let before = house.get(None, "/organisations.csv").await.text();
    let page = read("lire", vec![]).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    let shown = text.replace(['\u{a0}', '\u{202f}'], " ");
    for part in [
        "À inscrire ou inscrites : 1",
        "déjà au répertoire : 1",
        "laissées de côté, car elles ressemblent à une autre : 1",
        "Mêmes mots, sans les articles",
        "aucun lieu ne s’appelle « Nulleville »",
        "name=\"colonne-4\"",
        "name=\"contenu\"",
        "Nullepart",
    ] {
        assert!(shown.contains(part), "{part} : {shown}");
    }
    assert_eq!(house.get(None, "/organisations.csv").await.text(), before, "nothing is written by looking");
    assert_eq!(read("inscrire", vec![]).await.status, 200);
    let csv = house.get(None, "/organisations.csv").await.text();
    assert!(csv.contains("Ligue d’essai,LDE,association") && csv.contains("XX-REG:4/B"), "{csv}");
    assert!(csv.contains("XX-REG:9/Z"), "what the file knows more of a known one is taken");
    let members = house.get(None, "/organisations.json?faitiere=coaf").await.text();
    assert!(members.contains("Ligue d’essai"), "{members}");
    let again = read("inscrire", vec![]).await.text();
    assert!(
        again.contains("inscrites : 0") && again.contains("identifiants, adhésions et liens : 0"),
        "{again}"
    );
    assert_eq!(house.get(None, "/organisations.csv").await.text(), csv, "twice adds nothing");
    assert_eq!(read("inscrire", vec![("autre", "3")]).await.status, 200);
    assert!(house.get(None, "/organisations.csv").await.text().contains("Asociation fictive de Dougouba"));
    let refused = house.post_files(guest, address, &[("etape", "lire")], &[("fichier", b"{")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("le JSON est illisible"));
    assert_eq!(house.difference(), None);
}
