//! A small fictional country: two divisions, one committee, seats of the three kinds. All names are invented.

use terms::access::Role;
use terms::instance::{EnclosureWithdrawn, SourceCited};
use terms::institutions::*;
use terms::organisations::OrganisationRegistered;
use terms::{
    Behalf, Bilingual, BodyId, Mark, OccupancyId, OrganisationId, PlaceId, Precision, SeatCode, SourceId,
    Word,
};
use web::rehearsal::{Guest, Rehearsal, Reply};
use web::{Outcome, Page, Room, Spot, Visit, html};

use super::day;

const NOW: &str = "2026-03-02T10:00:00Z";

/// A home page and an organisation's page, which other rooms bring in the house.
const NEIGHBOUR: Room = Room {
    name: "neighbour",
    tables: record::Tables { room: "neighbour", derived: "", drawers: "", apply: |_, _| Ok(()) },
    routes: || {
        axum::Router::new()
            .route("/", axum::routing::get(home))
            .route("/organisations/{id}", axum::routing::get(organisation))
    },
    lang: ("", ""),
    panels: &[],
    nav: &[],
    duty: None,
};

async fn home(visit: Visit) -> Outcome {
    visit
        .page(|tx, visit| {
            let panels = visit.panels(tx, Spot::Home, "")?;
            Ok(Page::new("Accueil".into(), html! { (panels) }))
        })
        .await
}

async fn organisation(visit: Visit, axum::extract::Path(id): axum::extract::Path<String>) -> Outcome {
    visit
        .page(move |tx, visit| {
            let panels = visit.panels(tx, Spot::Organisation, &id)?;
            Ok(Page::new("Organisation".into(), html! { (panels) }))
        })
        .await
}

fn place_id(text: &str) -> PlaceId {
    PlaceId::parse(text).unwrap()
}

fn body_id(text: &str) -> BodyId {
    BodyId::parse(text).unwrap()
}

fn cited() -> Option<SourceId> {
    SourceId::parse("gazette").ok()
}

fn place(id: &str, level: &str, name: &str, from: Option<&str>) -> Word {
    Word::PlaceNamed(PlaceNamed {
        id: place_id(id),
        level: level.into(),
        name: name.into(),
        variants: vec![format!("{name} la Neuve")],
        from: from.map(day),
        to: None,
        lat_e2: Some(1343),
        lon_e2: Some(-626),
        source: cited(),
        exercise: false,
    })
}

fn joined(place: &str, parent: &str, from: Option<&str>, to: Option<&str>) -> Word {
    Word::PlaceJoined(PlaceJoined {
        place: place_id(place),
        parent: place_id(parent),
        from: from.map(day),
        to: to.map(day),
        source: cited(),
    })
}

fn seat(code: &str, fr: &str, en: &str, kind: SeatKind) -> SeatSet {
    SeatSet {
        body_kind: "comite".into(),
        code: SeatCode::parse(code).unwrap(),
        name: Bilingual { fr: fr.into(), en: Some(en.into()) },
        kind,
        constituency: "executive".into(),
        count: Some(1),
        count_rule: None,
        designating_party: None,
        overseen_authority: None,
        sex: None,
        nominee: None,
        text: Some("Décret fictif".into()),
        article: Some("art. 3".into()),
        address: None,
        confidence: Mark::Verified,
        since: None,
        source: cited(),
    }
}

fn country() -> Vec<Word> {
    let kind = |id: &str, fr: &str, function: &str, chair: Option<&str>| {
        Word::BodyKindSet(BodyKindSet {
            id: id.into(),
            name: Bilingual::same(fr),
            level: Some("region".into()),
            function: function.into(),
            required: true,
            meets_every: None,
            chair: chair.map(|code| SeatCode::parse(code).unwrap()),
            source: cited(),
        })
    };
    let body = |id: &str, kind: &str, fr: &str, place: &str| {
        Word::BodyEstablished(BodyEstablished {
            id: body_id(id),
            kind: kind.into(),
            name: Bilingual::same(fr),
            place: Some(place_id(place)),
            from: Some(day("2019-01-29")),
            to: None,
            source: cited(),
            note: None,
            exercise: false,
        })
    };
    let level = |id: &str, fr: &str, rank| {
        Word::LevelSet(LevelSet { id: id.into(), name: Bilingual::same(fr), rank })
    };
    vec![
        Word::SourceCited(SourceCited {
            id: cited().unwrap(),
            title: "Gazette fictive".into(),
            publisher: None,
            published: None,
            address: None,
            mark: Mark::VerifiedInPart,
            note: None,
        }),
        level("national", "Pays", 0),
        level("region", "Région", 1),
        level("commune", "Commune", 2),
        place("pays", "national", "Pays fictif", None),
        place("region-est", "region", "Région Est", None),
        place("region-lac", "region", "Région du Lac", Some("2023-03-13")),
        place("commune-ile", "commune", "Île Sèche", None),
        joined("region-est", "pays", None, None),
        joined("region-lac", "pays", Some("2023-03-13"), None),
        joined("commune-ile", "region-est", None, Some("2023-03-13")),
        joined("commune-ile", "region-lac", Some("2023-03-13"), None),
        Word::PlaceCoded(PlaceCoded {
            place: place_id("commune-ile"),
            scheme: "LOI".into(),
            value: "0907".into(),
            from: None,
            to: Some(day("2023-03-13")),
            source: cited(),
        }),
        kind("comite", "Comité de région", "consultative", Some("gouverneur")),
        kind("gouverneur", "Gouverneur", "authority", None),
        body("comite-region-est", "comite", "Comité de la Région Est", "region-est"),
        body("comite-region-lac", "comite", "Comité de la Région du Lac", "region-lac"),
        body("gouverneur-region-est", "gouverneur", "Gouverneur de la Région Est", "region-est"),
        Word::RequiredStated(RequiredStated {
            kind: "comite".into(),
            count: 2,
            from: None,
            to: None,
            source: cited(),
        }),
        Word::CountStated(CountStated {
            subject: "installed-bodies".into(),
            scope: "comite".into(),
            on: day("2023-08-01"),
            value: 1,
            of: Some(2),
            source: cited(),
            note: None,
        }),
        Word::SeatSet(seat("gouverneur", "Gouverneur, président", "Governor, chair", SeatKind::ExOfficio)),
        Word::SeatSet(SeatSet {
            constituency: "women".into(),
            sex: Some(Sex::Female),
            designating_party: Some("Préfet fictif".into()),
            overseen_authority: Some(true),
            confidence: Mark::Unverified,
            ..seat("femmes", "Représentante des femmes", "Women’s representative", SeatKind::Category)
        }),
        Word::SeatSet(SeatSet {
            constituency: "civil-society".into(),
            nominee: OrganisationId::parse("union").ok(),
            ..seat("union", "Représentant de l’Union", "Representative of the Union", SeatKind::Nominative)
        }),
        Word::SeatSet(SeatSet {
            count: None,
            count_rule: Some("one-per-commune".into()),
            ..seat("maires", "Maires", "Mayors", SeatKind::ExOfficio)
        }),
        Word::OrganisationRegistered(OrganisationRegistered {
            id: OrganisationId::parse("union").unwrap(),
            name: "Union fictive".into(),
            acronym: None,
            kind: "umbrella".into(),
            founded: None,
            legal_form: None,
            place: None,
            source: None,
            note: None,
            exercise: false,
        }),
        Word::BodyInstalled(BodyInstalled {
            body: body_id("comite-region-est"),
            on: day("2021-11-01"),
            precision: Precision::Month,
            source: cited(),
            note: None,
        }),
        Word::CompositionStated(CompositionStated {
            body: body_id("comite-region-est"),
            on: day("2021-11-17"),
            members: 23,
            women: Some(2),
            youth: None,
            source: cited(),
            note: None,
        }),
    ]
}

fn filled(id: &str, seat: &str, holder: Holder, from: &str) -> Word {
    Word::SeatFilled(SeatFilled {
        id: OccupancyId::parse(id).unwrap(),
        body: body_id("comite-region-est"),
        seat: SeatCode::parse(seat).unwrap(),
        ordinal: 1,
        holder,
        sex: None,
        youth: None,
        from: Some(day(from)),
        precision: None,
        source: cited(),
    })
}

/// The country sealed: publicly known long since, then two women one after the other in the women's seat.
fn house() -> Rehearsal {
    let house = Rehearsal::of(&[crate::ROOM, NEIGHBOUR], NOW);
    let known = Some("2022-01-01");
    for word in country() {
        house.load(known, word);
    }
    let zone = house.house().record().zone.clone();
    house.seal(move |desk| {
        let first = Holder::Person { name: desk.enclose_text("Awa Fictive")? };
        let second = Holder::Person { name: desk.enclose_text("Fanta Fictive")? };
        for word in [
            filled("t-awa", "femmes", first, "2021-11-01"),
            Word::SeatLeft(SeatLeft {
                occupancy: OccupancyId::parse("t-awa").unwrap(),
                on: day("2024-01-25"),
                precision: None,
                reason: "resigned".into(),
                source: None,
            }),
            filled("t-fanta", "femmes", second, "2024-06-01"),
        ] {
            desk.append(&zone, terms::Actor::Loader, Some(day("2022-01-01")), word)?;
        }
        Ok(())
    });
    let office = Holder::Office { body: body_id("gouverneur-region-est") };
    house.load(known, filled("t-gouverneur", "gouverneur", office, "2021-11-01"));
    let union = Holder::Organisation { organisation: OrganisationId::parse("union").unwrap(), name: None };
    house.load(known, filled("t-union", "union", union, "2021-11-01"));
    house
}

fn steward(house: &Rehearsal) -> Guest {
    house.guest(Behalf::Instance, Role::Steward)
}

async fn read(house: &Rehearsal, address: &str) -> String {
    let reply = house.get(None, address).await;
    assert_eq!(reply.status, 200, "{address}");
    reply.text()
}

fn has(page: &str, wanted: &[&str]) {
    for text in wanted {
        assert!(page.contains(text), "« {text} » is missing in:\n{page}");
    }
}

fn lacks(page: &str, unwanted: &[&str]) {
    for text in unwanted {
        assert!(!page.contains(text), "« {text} » stands in:\n{page}");
    }
}

#[tokio::test]
async fn a_body_shows_its_seats_and_who_sits_in_both_languages() {
    let house = house();
    let page = read(&house, "/fr/instances/comite-region-est").await;
    has(
        &page,
        &[
            "<h1>Comité de la Région Est</h1>",
            "novembre 2021",
            "Gouverneur, président",
            "Gouverneur de la Région Est",
            "Union fictive",
            "Fanta Fictive",
            "Préfet fictif (autorité contrôlée)",
            "siège de droit",
            "Pourvus\u{a0}: 3",
            "sans information\u{a0}: 1",
            "Pour 1 sorte de siège",
            "Anciens titulaires (1)",
            "Awa Fictive",
            "démission",
            "23 membres, dont 2 femmes",
            "Décret fictif, art. 3",
            "Gazette fictive",
            "lu en partie",
            "non vérifié",
            "préside",
            "<svg role=\"img\"",
        ],
    );
    let page = read(&house, "/en/instances/comite-region-est").await;
    has(
        &page,
        &[
            "Governor, chair",
            "November 2021",
            "authority under oversight",
            "Filled: 3",
            "/en/lieux/region-est",
        ],
    );
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_holding_is_dated_as_exactly_as_its_source_says_and_no_more() {
    let house = house();
    let known = Some("2022-01-01");
    let inexact = |id: &str, seat: &str, from: &str, precision: Precision| match filled(
        id,
        seat,
        Holder::Unnamed,
        from,
    ) {
        Word::SeatFilled(filled) => {
            Word::SeatFilled(SeatFilled { ordinal: 1, precision: Some(precision), ..filled })
        }
        other => other,
    };
    let left = |id: &str, on: &str, precision: Precision| {
        Word::SeatLeft(SeatLeft {
            occupancy: OccupancyId::parse(id).unwrap(),
            on: day(on),
            precision: Some(precision),
            reason: "term-ended".into(),
            source: None,
        })
    };
    house.load(known, inexact("t-ancien", "maires", "2015-01-01", Precision::Year));
    house.load(known, left("t-ancien", "2020-01-01", Precision::Year));
    house.load(known, inexact("t-suivant", "maires", "2020-05-01", Precision::Month));
    house.load(known, left("t-suivant", "2021-02-03", Precision::Day));
    house.load(known, inexact("t-vu", "maires", "2021-03-04", Precision::Attested));
    let page = read(&house, "/fr/instances/comite-region-est").await;
    has(&page, &["2015 – 2019", "mai 2020 – 3 février 2021", "attesté, au plus tard le 4 mars 2021"]);
    lacks(&page, &["1er janvier 2015", "1er janvier 2020", "1er mai 2020"]);
    let seats: serde_json::Value =
        serde_json::from_str(&read(&house, "/fr/instances/comite-region-est/sieges.json").await).unwrap();
    assert_eq!(
        (&seats[3]["since"], &seats[3]["since_precision"]),
        (&"2021-03-04".into(), &"attested".into())
    );
    assert_eq!(seats[0]["since_precision"], "day");
    has(&page, &["Représentante des femmes — réservé à une femme"]);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_page_answers_for_the_day_looked_at() {
    let house = house();
    let at = async |path: &str, on: &str| read(&house, &format!("/fr{path}?au={on}")).await;
    let before = at("/instances/comite-region-est", "2024-01-24").await;
    has(&before, &["Awa Fictive", "au=2024-01-24"]);
    lacks(&before, &["Fanta Fictive", "Anciens titulaires"]);
    let between = at("/instances/comite-region-est", "2024-01-25").await;
    has(&between, &["vacants\u{a0}: 1", "démission"]);
    lacks(&between, &["Fanta Fictive"]);
    has(&at("/instances/comite-region-est", "2024-06-01").await, &["Fanta Fictive"]);
    // Before anything was publicly known, there is no such body.
    let unknown = house.get(None, "/fr/instances/comite-region-est?au=2021-12-31").await;
    assert_eq!(unknown.status, 404);
    let old = at("/lieux/region-est", "2023-03-12").await;
    has(&old, &["Île Sèche"]);
    lacks(&old, &["autrefois"]);
    let new = at("/lieux/region-est", "2023-03-13").await;
    has(&new, &["Lieux qui lui étaient rattachés", "13 mars 2023"]);
    let commune = read(&house, "/fr/lieux/commune-ile").await;
    has(&commune, &["Région du Lac", "Région Est", "0907", "LOI", "Île Sèche la Neuve", "13,43°"]);
    lacks(&at("/lieux", "2023-03-12").await, &["Région du Lac"]);
    has(&at("/lieux", "2023-03-13").await, &["Région du Lac"]);
}

#[tokio::test]
async fn lists_filter_search_and_give_the_same_as_data() {
    let house = house();
    let listed = async |query: &str| read(&house, &format!("/fr/instances{query}")).await;
    has(
        &listed("?tous=oui").await,
        &["Comité de la Région Est", "Comité de la Région du Lac", "Gouverneur de la Région Est"],
    );
    // Before any choice: kinds and regions with their numbers, and no wall of names.
    let overview = listed("").await;
    has(
        &overview,
        &[
            "Par sorte",
            "/fr/instances?sorte=comite",
            "Par région",
            "/fr/instances?lieu=region-est",
            "?tous=oui",
        ],
    );
    lacks(&overview, &["Comité de la Région du Lac"]);
    has(&listed("?sorte=comite").await, &["2 organes, par nom", "/fr/instances\""]);
    has(&listed("?lieu=region-lac&sorte=comite").await, &["Un organe"]);
    let found = listed("?q=comite+lac").await;
    has(&found, &["Comité de la Région du Lac"]);
    lacks(&found, &["Comité de la Région Est"]);
    lacks(&listed("?installee=inconnu").await, &["Comité de la Région Est"]);
    lacks(&listed("?installee=oui").await, &["Comité de la Région du Lac"]);
    lacks(&listed("?sorte=gouverneur").await, &["Comité de la Région Est"]);
    lacks(&listed("?lieu=region-lac").await, &["Comité de la Région Est"]);
    has(
        &listed("?lieu=pays&niveau=region").await,
        &["Comité de la Région Est", "Comité de la Région du Lac"],
    );
    has(&listed("?q=zzz").await, &["Aucun organe ne répond"]);
    let csv = read(&house, "/fr/instances.csv?sorte=comite").await;
    let json: serde_json::Value =
        serde_json::from_str(&read(&house, "/fr/instances.json?sorte=comite").await).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!((csv.lines().count(), rows.len()), (3, 2));
    for (line, row) in csv.lines().skip(1).zip(rows) {
        has(line, &[row["id"].as_str().unwrap(), row["name"].as_str().unwrap()]);
    }
    assert_eq!(rows[0]["id"], "comite-region-lac", "by name");
    assert_eq!((rows[0]["installed"].as_str(), rows[0]["precision"].as_str()), (None, None));
    assert_eq!(rows[1]["installed"], "2021-11-01");
    assert_eq!(rows[1]["precision"], "month");
    let after = listed("?sorte=comite&apres=comite-region-lac").await;
    has(&after, &["Comité de la Région Est"]);
    lacks(&after, &["Comité de la Région du Lac"]);
    let seats: serde_json::Value =
        serde_json::from_str(&read(&house, "/fr/instances/comite-region-est/sieges.json").await).unwrap();
    let states: Vec<_> = seats.as_array().unwrap().iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["filled", "filled", "filled", "unknown"]);
    assert_eq!(seats[1]["overseen_authority"], true);
    assert_eq!(seats[3]["count"], serde_json::Value::Null);
    let page = read(&house, "/fr/instances/comite-region-est").await;
    for seat in seats.as_array().unwrap() {
        has(&page, &[seat["seat"].as_str().unwrap().split(" (").next().unwrap()]);
    }
    let places: serde_json::Value =
        serde_json::from_str(&read(&house, "/fr/lieux.json?q=neuve&niveau=commune").await).unwrap();
    assert_eq!(
        (places[0]["parent"].as_str(), places[0]["latitude"].as_str()),
        (Some("region-lac"), Some("13.43"))
    );
    has(&read(&house, "/fr/instances.atom").await, &["<feed", "Comité de la Région Est", "novembre 2021"]);
}

#[tokio::test]
async fn the_home_page_shows_what_sources_name_and_what_they_count() {
    let house = house();
    let page = read(&house, "/fr/").await;
    has(
        &page,
        &[
            "1 sur 2",
            "1er août 2023",
            "installation non connue",
            "Région du Lac",
            "1 lieu sur 2",
            "attesté seulement",
        ],
    );
    lacks(&page, &["non installé"]);
    let before = read(&house, "/fr/?au=2022-06-01").await;
    has(&before, &["aucun compte publié", "Région Est"]);
    lacks(&before, &["1 sur 2</span>", "Région du Lac"]);
    has(&read(&house, "/fr/organisations/union").await, &["Siège dans", "Comité de la Région Est"]);
    has(
        &read(&house, "/fr/instances/gouverneur-region-est").await,
        &["Siège dans", "Comité de la Région Est"],
    );
}

#[tokio::test]
async fn stewards_and_secretaries_write_and_nobody_else() {
    let house = house();
    let comite = body_id("comite-region-lac");
    let steward = steward(&house);
    let secretary = house.guest(Behalf::Body { body: comite }, Role::Secretary);
    let other = house.guest(Behalf::Body { body: body_id("comite-region-est") }, Role::Secretary);
    let path = "/fr/instances/comite-region-lac/installer";
    let sent = [("jour", "2024-02-01"), ("precision", "day"), ("source", "gazette")];
    assert_eq!(house.get(None, path).await.status, 303);
    assert_eq!(house.post(Some(&other), path, &sent).await.status, 403);
    assert_eq!(house.get(Some(&secretary), "/fr/instances/nouvelle").await.status, 403);
    assert_eq!(house.get(Some(&secretary), path).await.status, 200);
    let done = house.post(Some(&secretary), path, &sent).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/fr/instances/comite-region-lac"));
    has(&read(&house, "/fr/instances/comite-region-lac").await, &["1er février 2024"]);
    refused(&house.post(Some(&steward), path, &sent).await, "déjà inscrite au 01/02/2024");

    let path = "/fr/instances/comite-region-lac/pourvoir";
    let person = |sex: &'static str, since: &'static str| {
        [
            ("siege", "femmes"),
            ("rang", "1"),
            ("titulaire_sorte", "person"),
            ("titulaire", "Kadi Fictive"),
            ("sexe", sex),
            ("depuis", since),
        ]
    };
    refused(
        &house.post(Some(&secretary), path, &person("male", "2024-03-01")).await,
        "réserve ce siège à une femme",
    );
    refused(
        &house.post(Some(&secretary), path, &person("female", "2018-01-01")).await,
        "existe depuis le 29/01/2019",
    );
    let page = house.post(Some(&secretary), path, &person("female", "2031-01-01")).await;
    refused(&page, "Ce jour est à venir");
    has(&page.text(), &["value=\"Kadi Fictive\""]);
    assert_eq!(house.post(Some(&secretary), path, &person("female", "2024-03-01")).await.status, 303);
    refused(
        &house.post(Some(&secretary), path, &person("female", "2025-03-01")).await,
        "a déjà un titulaire",
    );
    has(&read(&house, "/fr/instances/comite-region-lac").await, &["Kadi Fictive"]);
    let office = [
        ("siege", "gouverneur"),
        ("titulaire_sorte", "office"),
        ("titulaire", "Gouverneur de la Region EST"),
    ];
    refused(&house.post(Some(&steward), path, &office).await, "Citez la source qui dit qui tient ce siège");
    let office = [office[0], office[1], office[2], ("source", "gazette")];
    assert_eq!(house.post(Some(&steward), path, &office).await.status, 303);
    let nobody = [("siege", "union"), ("titulaire_sorte", "organisation"), ("titulaire", "Nulle part")];
    refused(&house.post(Some(&steward), path, &nobody).await, "ne connaît pas");

    let form = house.get(Some(&secretary), "/fr/instances/comite-region-lac/depart").await.text();
    let at = form.find("Kadi Fictive").unwrap();
    let from = form[..at].rfind("value=\"").unwrap() + 7;
    let held = form[from..].split('"').next().unwrap().to_owned();
    let left = [("titulaire", held.as_str()), ("jour", "2024-09-01"), ("motif", "resigned")];
    let path = "/fr/instances/comite-region-lac/depart";
    assert_eq!(house.post(Some(&secretary), path, &left).await.status, 303);
    refused(&house.post(Some(&secretary), path, &left).await, "déjà fini, le 01/09/2024");

    let path = "/fr/instances/comite-region-lac/vacance";
    let suspended = [
        ("siege", "union"),
        ("etat", "suspended"),
        ("motif", "suspended-by-event"),
        ("depuis", "2024-01-25"),
    ];
    assert_eq!(house.post(Some(&secretary), path, &suspended).await.status, 303);
    has(&read(&house, "/fr/instances/comite-region-lac").await, &["vacants\u{a0}: 1", "suspendus\u{a0}: 1"]);
    assert_eq!(house.difference(), None);
}

fn refused(reply: &Reply, sentence: &str) {
    assert_eq!(reply.status, 422, "{}", reply.text());
    has(&reply.text(), &[sentence, "role=\"alert\""]);
}

#[tokio::test]
async fn a_steward_establishes_a_body_once() {
    let house = house();
    let steward = steward(&house);
    let path = "/fr/instances/nouvelle";
    let body = |place: &'static str, kind: &'static str| {
        [("nom", "Nouveau comité fictif"), ("sorte", kind), ("lieu", place)]
    };
    refused(&house.post(Some(&steward), path, &body("Région Est", "comite")).await, "a déjà un organe");
    refused(&house.post(Some(&steward), path, &body("Île sèche", "comite")).await, "niveau de cette sorte");
    refused(&house.post(Some(&steward), path, &body("", "")).await, "Remplissez ce champ");
    let done = house.post(Some(&steward), path, &body("Region du lac", "gouverneur")).await;
    assert_eq!(done.status, 303);
    has(&read(&house, done.header("location")).await, &["Nouveau comité fictif", "Région du Lac"]);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_withdrawn_name_is_said_to_be() {
    let house = house();
    let steward = steward(&house);
    let zone = house.house().record().zone.clone();
    let person = house.seal(move |desk| {
        let name = desk.enclose_text("Nom à retirer")?;
        let holder = Holder::Person { name };
        let word = filled("t-retire", "maires", holder, "2024-01-01");
        desk.append(&zone, terms::Actor::Loader, Some(day("2024-01-01")), word)?;
        Ok(name.sha256)
    });
    has(&read(&house, "/fr/instances/comite-region-est").await, &["Nom à retirer"]);
    house.load(
        None,
        Word::EnclosureWithdrawn(EnclosureWithdrawn {
            sha256: person,
            ground: "personne-exposee".into(),
            decided_by: "gardiens".into(),
            ordered_by: None,
            entry: None,
        }),
    );
    for address in [
        "/fr/instances/comite-region-est",
        "/fr/instances/comite-region-est/sieges.csv",
        "/fr/instances/comite-region-est?au=2025-01-01",
    ] {
        let page = read(&house, address).await;
        has(&page, &["nom retiré du registre"]);
        lacks(&page, &["Nom à retirer"]);
    }
    let form = house.get(Some(&steward), "/fr/instances/comite-region-est/depart").await.text();
    lacks(&form, &["Nom à retirer"]);
}

/// Forty seats of which half are filled, and a place with many places in it: the heaviest pages there are.
#[tokio::test]
async fn the_heaviest_pages_are_light() {
    let house = house();
    for n in 0..40 {
        let fr = format!("Représentant de l’association fictive numéro {n}");
        let mut set = seat(&format!("siege-{n}"), &fr, &fr, SeatKind::Category);
        set.constituency = ["forces", "youth", "elected", "civil-society", "justice"][n % 5].into();
        set.designating_party = Some(format!("Direction fictive numéro {n}"));
        house.load(None, Word::SeatSet(set));
        if n % 2 == 0 {
            house.load(None, filled(&format!("t-{n}"), &format!("siege-{n}"), Holder::Unnamed, "2024-01-01"));
        }
        let id = format!("commune-{n}");
        house.load(None, place(&id, "commune", &format!("Commune fictive {n}"), None));
        house.load(None, joined(&id, "region-est", None, None));
    }
    let style = packed(&house, "/style.css").await;
    for address in
        ["/fr/instances/comite-region-est", "/fr/lieux/region-est", "/fr/instances", "/fr/lieux", "/fr/"]
    {
        let page = packed(&house, address).await;
        assert!(page + style < 14 << 10, "{address}: {page} + {style} bytes");
    }
}

/// The bytes of an answer as a browser receives it.
async fn packed(house: &Rehearsal, address: &str) -> usize {
    let reply = house.get_packed(address).await;
    assert!(!reply.header("content-encoding").is_empty(), "{address} is not compressed");
    reply.bytes.len()
}
