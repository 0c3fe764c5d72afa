//! Another country, fictional, with its own levels, bodies, week and law: what its people read is of it alone.

use axum::http::StatusCode;
use hall::OPEN_DATA;
use pack::FolderFiles;
use record::Fault;
use toguna::rooms::{ROOMS, TABLES};
use web::rehearsal::Rehearsal;

use crate::form::words;
use crate::server::Server;

/// Words of the country whose pack travels with the product.
const OF_ANOTHER: [&str; 14] = [
    "Mali",
    "mali",
    "Bamako",
    "Ségou",
    "CNRSS",
    "CRSS",
    "CCSR",
    "CCSC",
    "RSS ",
    "PNUD",
    "MINUSMA",
    "Azawad",
    "Tabaski",
    "Vérificateur",
];

fn atlantis() -> (Rehearsal, Option<Server>) {
    let files = FolderFiles::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/another_country"));
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_owned();
    let made = std::thread::spawn(move || {
        let now: terms::Instant = "2026-03-02T09:00:00Z".parse().unwrap();
        let pack = pack::Pack::read(&files, now).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let clock: record::Clock = std::sync::Arc::new(move || now);
        toguna::instance::create(&folder, &files, &pack, clock, &mut |_, _| {}, |_| Ok::<(), Fault>(()))
            .unwrap();
    });
    made.join().unwrap();
    let server = Server::with(home.path());
    let address = server.as_ref().map(Server::address);
    let house = Rehearsal::over(home, address, &ROOMS, &TABLES, "2026-03-02T09:00:00Z");
    (house, server)
}

async fn reads(house: &Rehearsal, address: &str) -> String {
    let reply = house.get(None, address).await;
    assert_eq!(reply.status, StatusCode::OK, "{address} : {}", words(&reply.text()));
    reply.text()
}

#[tokio::test]
async fn a_citizen_of_atlantis_reads_of_atlantis_alone() {
    let (house, _server) = atlantis();
    let mut addresses: Vec<String> = [
        "/",
        "/a-propos",
        "/a-propos/limites",
        "/a-propos/ethique",
        "/aide",
        "/methode",
        "/donnees",
        "/connexion",
        "/instances/veille-canton-haut",
        "/instances/veille-canton-haut/sieges",
        "/lieux/canton-haut",
        "/lieux/province-nord",
        "/lieux/atlantide",
        "/organisations/ligue",
    ]
    .map(str::to_owned)
    .to_vec();
    for code in ["01", "02", "03", "05", "06", "07", "11", "27", "28", "29", "30", "31", "32", "33"] {
        addresses.push(format!("/indicateurs/i-{code}"));
    }
    for set in OPEN_DATA {
        addresses.extend(set.page.then(|| set.path.to_owned()));
        addresses.extend(set.endings.iter().map(|ending| format!("{}{ending}", set.path)));
    }
    for address in addresses.iter().flat_map(|path| [path.clone(), format!("/en{path}")]) {
        let text = reads(&house, &address).await;
        for word in OF_ANOTHER {
            assert!(!text.contains(word), "« {word} » in {address} : {}", words(&text));
        }
    }
    let home = words(&reads(&house, "/").await);
    assert!(home.contains("Veille d’Atlantide") && home.contains("1 sur 2"), "{home}");
    assert_eq!(house.difference(), None, "replay equals the tables");
}

#[tokio::test]
async fn its_figures_are_of_its_own_law() {
    let (house, _server) = atlantis();
    let all: Vec<serde_json::Value> =
        serde_json::from_str(&reads(&house, "/indicateurs.json").await).unwrap();
    let of = |code: &str, scope: &str| {
        all.iter()
            .find(|value| value["code"] == code && value["scope"] == scope)
            .unwrap_or_else(|| panic!("{code} {scope} : {all:#?}"))
    };
    let installed = of("I-01", "canton");
    assert_eq!((&installed["numerator"], &installed["denominator"]), (&1.into(), &2.into()));
    // Forty per cent here: two of ten are twenty points short.
    let gap = of("I-07", "veille-canton-haut/gap")["value"].as_f64().unwrap();
    assert!((gap - 0.20).abs() < 1e-12, "{gap}");
    // The syndic sits, the League's seat is suspended, she who resigned left hers empty.
    let seats = of("I-11", "canton");
    assert_eq!(
        (&seats["numerator"], &seats["denominator"], &seats["unknown"]),
        (&2.into(), &3.into(), &0.into())
    );
    let body = words(&reads(&house, "/instances/veille-canton-haut").await);
    for said in ["réservé à une femme", "suspendu", "chaque trimestre", "2020 – 2021", "Veille de Haut-Pré"]
    {
        assert!(body.contains(said), "« {said} » : {body}");
    }
    let place = words(&reads(&house, "/lieux/canton-haut?au=2014-12-31").await);
    assert!(place.contains("Nord"), "the parent of that day: {place}");
}
