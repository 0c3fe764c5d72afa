//! The pages of the hall through HTTP, over a record whose every line is fictional.

use record::Fault;
use terms::instance::{EnclosureWithdrawn, SourceCited};
use terms::institutions::{BodyEstablished, BodyInstalled, EventDated, LevelSet, PlaceJoined, PlaceNamed};
use terms::recommendations::{Addressee, Author, Point, RecommendationAdopted};
use terms::{
    Actor, Bilingual, BodyId, Day, Mark, PlaceId, Precision, RecommendationId, Sealed, SourceId, Word,
    answers,
};
use web::rehearsal::Rehearsal;
use web::{Language, laws};

use crate::pages::texts;
use crate::prose::{Block, Prose, Run, runs};
use crate::tables::{Cursor, NEWS};

const NOW: &str = "2026-03-02T10:00:00Z";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn house() -> Rehearsal {
    let house = Rehearsal::of(&[crate::ROOM], NOW);
    house.load(Some("2024-05-01"), source("journal-fictif", "Éditions fictives", Mark::Verified));
    house.load(Some("2024-05-02"), source("rumeur-fictive", "Bruit de marché fictif", Mark::Unverified));
    house.load(Some("2024-05-03"), place("dougouba", "Dougouba-Ségou", false));
    house.load(Some("2024-05-03"), place("exercice-lieu", "Commune d’exercice", true));
    for (id, at, exercise) in
        [("comite-dougouba", "dougouba", false), ("comite-exercice", "exercice-lieu", true)]
    {
        house.load(Some("2024-05-04"), body(id, at, exercise));
    }
    house.load(Some("2024-06-01"), event("2023-01-01", Precision::Year, None, "rumeur-fictive"));
    house.load(Some("2024-06-02"), event("2024-02-01", Precision::Month, Some("dougouba"), "journal-fictif"));
    house.load(Some("2024-06-03"), event("2024-03-09", Precision::Day, Some("dougouba"), "journal-fictif"));
    house.load(Some("2025-11-03"), event("2025-11-02", Precision::Attested, None, "journal-fictif"));
    house
}

fn source(id: &str, title: &str, mark: Mark) -> Word {
    Word::SourceCited(SourceCited {
        id: SourceId::parse(id).unwrap(),
        title: title.into(),
        publisher: Some("Presse fictive".into()),
        published: Some(day("2024-05-01")),
        address: Some("https://fiction.example/a".into()),
        mark,
        note: None,
    })
}

fn place(id: &str, name: &str, exercise: bool) -> Word {
    Word::PlaceNamed(PlaceNamed {
        id: PlaceId::parse(id).unwrap(),
        level: "commune".into(),
        name: name.into(),
        variants: vec![],
        from: None,
        to: None,
        lat_e2: None,
        lon_e2: None,
        source: None,
        exercise,
    })
}

/// Dougouba lies in a region of a country, and levels have names.
fn lies_in_a_region(house: &Rehearsal) {
    for (rank, id, fr, en) in [
        (0, "national", "Pays", "Country"),
        (1, "region", "Région", "Region"),
        (3, "commune", "Commune", "Municipality"),
    ] {
        let name = Bilingual { fr: fr.into(), en: Some(en.into()) };
        house.load(None, Word::LevelSet(LevelSet { id: id.into(), name, rank }));
    }
    for (id, name, level) in
        [("pays", "Pays fictif", "national"), ("grande-region", "Grande Région", "region")]
    {
        let Word::PlaceNamed(named) = place(id, name, false) else { panic!("a place") };
        house.load(None, Word::PlaceNamed(PlaceNamed { level: level.into(), ..named }));
    }
    for (small, large) in [("grande-region", "pays"), ("dougouba", "grande-region")] {
        let (place, parent) = (PlaceId::parse(small).unwrap(), PlaceId::parse(large).unwrap());
        house
            .load(None, Word::PlaceJoined(PlaceJoined { place, parent, from: None, to: None, source: None }));
    }
}

fn body(id: &str, at: &str, exercise: bool) -> Word {
    Word::BodyEstablished(BodyEstablished {
        id: BodyId::parse(id).unwrap(),
        kind: "ccsc".into(),
        name: Bilingual { fr: format!("Comité fictif {id}"), en: Some(format!("Fictional committee {id}")) },
        place: Some(PlaceId::parse(at).unwrap()),
        from: None,
        to: None,
        source: Some(SourceId::parse("journal-fictif").unwrap()),
        note: None,
        exercise,
    })
}

fn event(on: &str, precision: Precision, at: Option<&str>, source: &str) -> Word {
    Word::EventDated(EventDated {
        on: day(on),
        precision,
        what: Bilingual { fr: format!("Fait fictif du {on}."), en: Some(format!("Fictional fact of {on}.")) },
        kind: "law".into(),
        place: at.map(|at| PlaceId::parse(at).unwrap()),
        source: Some(SourceId::parse(source).unwrap()),
    })
}

/// A recommendation of this committee is adopted; the answer is its entry.
fn adopt(
    house: &Rehearsal,
    id: &'static str,
    body: &'static str,
    title: &'static str,
    exercise: bool,
) -> Sealed {
    let zone = house.house().record().zone.clone();
    house.seal(move |desk| -> Result<Sealed, Fault> {
        let (title, text) = (desk.enclose_text(title)?, desk.enclose_text("Faire <cela> & rien d’autre.")?);
        let committee = BodyId::parse(body).unwrap();
        let adopted = RecommendationAdopted {
            id: RecommendationId::parse(id).unwrap(),
            author: Author::Body { body: committee.clone() },
            places: vec![],
            title,
            grounds: None,
            points: vec![Point { number: 1, text, indicator: None, deadline: None }],
            addressees: vec![Addressee { body: committee, competence: None }],
            theme: None,
            priority: 2,
            urgent: false,
            quality: None,
            cosigners: vec![],
            evidence: vec![],
            adopted_on: Some(day("2026-02-20")),
            year: 2026,
            sitting: None,
            document: None,
            source: None,
            exercise,
        };
        desk.append(&zone, Actor::Loader, Some(day("2026-02-21")), Word::RecommendationAdopted(adopted))
    })
}

fn silent(house: &Rehearsal, id: &str, body: &str) {
    house.load(
        None,
        Word::SilenceNoted(answers::SilenceNoted {
            recommendation: RecommendationId::parse(id).unwrap(),
            addressee: BodyId::parse(body).unwrap(),
            awaited: answers::Awaited::Answer,
            due: day("2026-03-01"),
            on: day("2026-03-02"),
        }),
    );
}

fn full() -> Rehearsal {
    let house = house();
    house.load(
        None,
        Word::BodyInstalled(BodyInstalled {
            body: BodyId::parse("comite-dougouba").unwrap(),
            on: day("2026-01-10"),
            precision: Precision::Day,
            source: None,
            note: None,
        }),
    );
    adopt(&house, "r-vrai", "comite-dougouba", "Éclairer le marché fictif", false);
    adopt(&house, "r-exercice", "comite-exercice", "Éclairer la place d’exercice", true);
    silent(&house, "r-vrai", "comite-dougouba");
    silent(&house, "r-exercice", "comite-exercice");
    house
}

const EVERY_PAGE: [&str; 10] = [
    "/",
    "/nouveautes",
    "/recherche",
    "/chronologie",
    "/sources",
    "/sources/journal-fictif",
    "/registre",
    "/retraits",
    "/donnees",
    "/preuve",
];

#[test]
fn every_message_is_in_both_languages_and_used() {
    let sources = [
        include_str!("lib.rs"),
        include_str!("acts.rs"),
        include_str!("pages.rs"),
        include_str!("pages/data.rs"),
        include_str!("pages/entry.rs"),
        include_str!("pages/home.rs"),
        include_str!("pages/news.rs"),
        include_str!("pages/proof.rs"),
        include_str!("pages/register.rs"),
        include_str!("pages/search.rs"),
        include_str!("pages/sources.rs"),
        include_str!("pages/successions.rs"),
        include_str!("pages/texts.rs"),
        include_str!("pages/tiles.rs"),
        include_str!("pages/timeline.rs"),
        include_str!("pages/whole.rs"),
        include_str!("pages/withdraw.rs"),
        include_str!("pages/withdrawals.rs"),
        include_str!("pages/witnesses.rs"),
    ];
    let (fr, en) = crate::ROOM.lang;
    assert_eq!(laws::check_messages("hall", &sources, fr, en), Vec::<String>::new());
}

#[test]
fn every_word_of_the_record_and_every_news_is_explained() {
    let house = Rehearsal::of(&[crate::ROOM], NOW);
    let languages = house.house().languages();
    for language in Language::ALL {
        for word in Word::SPELLINGS {
            for key in [format!("hall-word-{word}"), format!("hall-says-{word}")] {
                assert!(languages.has(language, &key), "{key} ({})", language.tag());
            }
        }
        for kind in NEWS {
            for key in [format!("hall-news-name-{kind}"), format!("hall-news-kind-{kind}")] {
                assert!(languages.has(language, &key), "{key} ({})", language.tag());
            }
        }
    }
}

#[tokio::test]
async fn every_page_stands_in_both_languages_and_on_an_earlier_day() {
    let house = full();
    for path in EVERY_PAGE.into_iter().chain(texts::PATHS).chain(["/registre/0", "/registre/7"]) {
        for (address, tag) in [
            (format!("/fr{path}"), "fr"),
            (format!("/en{path}"), "en"),
            (format!("/fr{path}?au=2025-01-01"), "fr"),
        ] {
            let reply = house.get(None, &address).await;
            let known = !(address.contains("?au=") && path == "/registre/0");
            let wanted = if known { 200 } else { 404 };
            assert_eq!(reply.status.as_u16(), wanted, "{address}");
            let text = reply.text();
            assert!(text.contains(&format!("<html lang=\"{tag}\">")), "{address}");
            assert!(!text.contains(" style=") && !text.contains("<script"), "{address}");
            assert!(!text.contains(">hall-") && !text.contains("\"hall-"), "message absent : {address}");
        }
    }
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn every_page_is_light() {
    use web::rehearsal::Reply;
    let house = full();
    for n in 0..60 {
        house.load(None, event("2025-12-01", Precision::Day, Some("dougouba"), "journal-fictif"));
        let title: String = format!("Source fictive numéro {n} au titre plutôt long, comme ils le sont");
        house.load(None, source(&format!("source-{n}"), &title, Mark::VerifiedInPart));
    }
    let style = weight(&house, "/style.css").await;
    assert!(style > 1_000, "{style}");
    for path in EVERY_PAGE.into_iter().chain(texts::PATHS).chain(["/registre/10"]) {
        let page = weight(&house, path).await;
        assert!(page + style <= 14 << 10, "{path} : {page} + {style}");
    }
    let Reply { status, .. } = house.get(None, "/registre/10").await;
    assert_eq!(status.as_u16(), 200);
}

/// Bytes of the answer as a phone receives it.
async fn weight(house: &Rehearsal, path: &str) -> usize {
    use tower::ServiceExt;
    let request = axum::http::Request::builder().uri(path).header("accept-encoding", "gzip");
    let request = request.body(axum::body::Body::empty()).unwrap();
    let response = house.house().router().oneshot(request).await.unwrap();
    assert_eq!(response.headers().get("content-encoding").unwrap(), "gzip", "{path}");
    axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap().len()
}

#[tokio::test]
async fn home_sets_the_exercise_apart() {
    let house = full();
    let text = house.get(None, "/fr/").await.text();
    let (real, exercise) = text.split_once("Dans la commune fictive").unwrap();
    assert!(real.contains("Éclairer le marché fictif") && !real.contains("place d’exercice"));
    assert!(real.contains("Installation\u{a0}: Comité fictif comite-dougouba"));
    assert!(exercise.contains("place d’exercice") && !exercise.contains("marché fictif"));
    let english = house.get(None, "/en/").await.text();
    assert!(english.contains("Fictional committee comite-dougouba"));
}

#[tokio::test]
async fn what_happened_on_no_known_day_says_by_when_it_was_known() {
    let house = full();
    house.load(
        Some("2026-02-25"),
        Word::BodyInstalled(terms::institutions::BodyInstalled {
            body: BodyId::parse("comite-dougouba").unwrap(),
            on: day("2026-02-25"),
            precision: Precision::Attested,
            source: None,
            note: None,
        }),
    );
    let text = house.get(None, "/fr/").await.text();
    assert!(text.contains("connu au plus tard le 25 février 2026</time>"), "{text}");
    assert!(house.get(None, "/en/").await.text().contains("known by 25 February 2026 at the latest"));
}

/// A room with a page of a place, as `institutions` has one.
fn places() -> web::Room {
    use axum::extract::Path;
    use web::{Page, Spot, Visit, html};
    async fn one(visit: Visit, Path(id): Path<String>) -> web::Outcome {
        visit
            .page(move |tx, visit| {
                let panels = visit.panels(tx, Spot::Place, &id)?;
                Ok(Page::new(id.clone(), html! { h1 { (id) } (panels) }))
            })
            .await
    }
    let nothing: fn(&mut record::Tx<'_>, &Sealed) -> Result<(), Fault> = |_, _| Ok(());
    web::Room {
        name: "lieux",
        tables: record::Tables { room: "lieux", derived: "", drawers: "", apply: nothing },
        routes: || axum::Router::new().route("/lieux/{id}", axum::routing::get(one)),
        lang: ("", ""),
        panels: &[],
        nav: &[],
        duty: None,
    }
}

#[tokio::test]
async fn a_place_shows_what_happened_there_and_no_more() {
    let house = Rehearsal::of(&[crate::ROOM, places()], NOW);
    house.load(None, source("journal-fictif", "Éditions fictives", Mark::Verified));
    house.load(None, place("dougouba", "Dougouba", false));
    for n in 1..=6 {
        let on = format!("2024-03-0{n}");
        house.load(None, event(&on, Precision::Day, Some("dougouba"), "journal-fictif"));
    }
    house.load(None, event("2024-04-01", Precision::Day, Some("ailleurs"), "journal-fictif"));
    let text = house.get(None, "/fr/lieux/dougouba").await.text();
    assert!(text.contains("Fait fictif du 2024-03-06.") && text.contains("/fr/chronologie?lieu=dougouba"));
    assert!(!text.contains("2024-03-01.") && !text.contains("2024-04-01."));
    let empty = house.get(None, "/fr/lieux/nulle-part").await.text();
    assert!(!empty.contains("<section>"));
}

#[tokio::test]
async fn a_sitting_leads_to_its_own_page() {
    let house = house();
    let held = |body: &str, id: &str| terms::sittings::SittingHeld {
        id: terms::SittingId::parse(id).unwrap(),
        body: BodyId::parse(body).unwrap(),
        on: day("2026-02-01"),
        evidence: vec![],
        present: None,
        expected: None,
        women: None,
        youth: None,
        civil_society: None,
        paid_by: None,
        subject: None,
        minutes: None,
        source: None,
    };
    house.load(None, Word::SittingHeld(held("comite-dougouba", "reunion-vraie")));
    house.load(None, Word::SittingHeld(held("comite-exercice", "reunion-exercice")));
    let text = house.get(None, "/fr/nouveautes?genre=sitting").await.text();
    assert!(text.contains("/fr/reunions/reunion-vraie") && !text.contains("reunion-exercice"));
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn news_go_on_by_cursor_without_loss() {
    let house = full();
    for n in 0..35 {
        let id: &'static str = Box::leak(format!("r-{n}").into_boxed_str());
        adopt(&house, id, "comite-dougouba", "Une recommandation fictive", false);
    }
    let first = house.get(None, "/fr/nouveautes").await.text();
    let cursor = first.split("apres=").nth(1).unwrap().split('"').next().unwrap();
    assert!(Cursor::parse(cursor).is_some(), "{cursor}");
    let second = house.get(None, &format!("/fr/nouveautes?apres={cursor}")).await.text();
    let rows = |text: &str| text.matches("<tr>").count() - 1;
    assert_eq!((rows(&first), rows(&second)), (30, 8));
    let json = house.get(None, "/nouveautes.json").await.text();
    assert_eq!(json.matches("\"entry\"").count(), 38);
    assert!(!json.contains("exercice"));
    let only = house.get(None, "/nouveautes.csv?exercice=oui").await.text();
    assert_eq!(only.lines().count(), 3, "{only}");
    let silences = house.get(None, "/nouveautes.csv?genre=unanswered").await.text();
    assert_eq!(silences.lines().count(), 2, "{silences}");
    let feed = house.get(None, "/fr/nouveautes.atom").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.text().contains("Silence, aucune réponse") && !feed.text().contains("exercice"));
}

#[tokio::test]
async fn search_finds_without_accents_and_marks_the_exercise() {
    let house = full();
    lies_in_a_region(&house);
    for asked in ["segou", "S%C3%A9gou", "DOUGOUBA+seg"] {
        let text = house.get(None, &format!("/fr/recherche?q={asked}")).await.text();
        assert!(text.contains("/fr/lieux/dougouba"), "{asked}");
    }
    // A hit says what it is and where it lies: many bear one name.
    let found: serde_json::Value =
        serde_json::from_str(&house.get(None, "/fr/recherche.json?q=dougouba").await.text()).unwrap();
    let place = found.as_array().unwrap().iter().find(|hit| hit["id"] == "dougouba").unwrap();
    assert_eq!(place["where"], "Commune — Grande Région (Région)", "{place}");
    let text = house.get(None, "/fr/recherche?q=dougouba").await.text();
    assert!(text.contains("Commune — Grande Région (Région)"), "{text}");
    assert!(
        house
            .get(None, "/en/recherche?q=dougouba")
            .await
            .text()
            .contains("Municipality — Grande Région (Region)")
    );
    let text = house.get(None, "/fr/recherche?q=eclairer").await.text();
    let line = |title: &str| text.split("<li>").find(|line| line.contains(title)).unwrap().to_owned();
    assert!(line("place d’exercice").contains("badge exercise"));
    assert!(!line("marché fictif").contains("badge exercise"));
    let nothing = house.get(None, "/fr/recherche?q=zzzz").await;
    assert!(nothing.text().contains("Rien ne porte ces mots"));
    assert_eq!(nothing.header("cache-control"), "no-store");
    let hostile = house.get(None, "/fr/recherche?q=%3Cscript%3E%27%22").await;
    assert_eq!(hostile.status.as_u16(), 200);
    assert!(!hostile.text().contains("<script"));
}

#[tokio::test]
async fn what_is_searched_for_is_in_no_file() {
    let house = full();
    let canary = "canariquetopaze";
    for address in [format!("/fr/recherche?q={canary}"), format!("/recherche.json?q={canary}")] {
        assert_eq!(house.get(None, &address).await.status.as_u16(), 200);
    }
    adopt(&house, "r-apres", "comite-dougouba", "Une recommandation d’après la recherche", false);
    let mut read = 0;
    for file in std::fs::read_dir(house.folder().path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        read += bytes.len();
        assert!(!bytes.windows(canary.len()).any(|window| window == canary.as_bytes()));
    }
    assert!(read > 10_000, "la base et son journal sont lus : {read} octets");
}

#[tokio::test]
async fn the_time_line_says_no_more_of_a_day_than_is_known() {
    let house = house();
    let text = house.get(None, "/fr/chronologie").await.text();
    assert!(text.contains("<time datetime=\"2023\">2023</time>"));
    assert!(text.contains("<time datetime=\"2024-02\">février 2024</time>"));
    assert!(text.contains("attesté le 2 novembre 2025"));
    let order: Vec<usize> = ["2025-11-02.", "2024-03-09.", "2024-02-01.", "2023-01-01."]
        .iter()
        .map(|day| text.find(&format!("Fait fictif du {day}")).unwrap())
        .collect();
    assert!(order.is_sorted());
    assert_eq!(text.matches("badge unverified").count(), 1);
    let csv = |query: &str| {
        let address = format!("/chronologie.csv?{query}");
        let house = &house;
        async move { house.get(None, &address).await.text().lines().count() - 1 }
    };
    assert_eq!(csv("").await, 4);
    assert_eq!(csv("annee=2024").await, 2);
    assert_eq!(csv("annee=2022").await, 0);
    assert_eq!(csv("lieu=dougouba").await, 2);
    assert_eq!(csv("genre=decree").await, 0);
    assert_eq!(csv("au=2024-06-02").await, 2);
    let feed = house.get(None, "/en/chronologie.atom").await.text();
    assert!(feed.contains("Fictional fact of 2024-03-09."));
}

#[tokio::test]
async fn a_source_says_how_far_it_was_checked_and_what_rests_on_it() {
    let house = house();
    let text = house.get(None, "/fr/sources/rumeur-fictive").await.text();
    assert!(text.contains("non vérifié") && text.contains("/fr/registre/7"));
    let list = house.get(None, "/fr/sources").await.text();
    assert!(list.find("Bruit de marché").unwrap() < list.find("Éditions fictives").unwrap());
    let checked = house.get(None, "/sources.csv?marque=verified").await.text();
    assert_eq!(checked.lines().count(), 2);
    assert!(checked.contains("journal-fictif"));
    let one = house.get(None, "/sources/rumeur-fictive.json").await.text();
    assert!(one.contains("\"mark\":\"unverified\""));
    assert_eq!(house.get(None, "/sources/absente").await.status.as_u16(), 404);
    assert_eq!(house.get(None, "/sources/rumeur-fictive?au=2024-05-01").await.status.as_u16(), 404);
}

#[tokio::test]
async fn an_entry_is_given_to_the_byte() {
    let house = full();
    let zone_entries: Vec<Vec<u8>> = house
        .house()
        .record()
        .shelf
        .read(|tx| tx.rows("SELECT bytes FROM entry ORDER BY idx", &[], |row| row.get(0)))
        .map_err(|fault: Fault| fault.to_string())
        .unwrap();
    for (index, bytes) in zone_entries.iter().enumerate() {
        let reply = house.get(None, &format!("/registre/{index}.json")).await;
        assert_eq!(&reply.bytes, bytes);
        assert_eq!(reply.header("content-type"), "application/json");
        let page = house.get(None, &format!("/fr/registre/{index}")).await.text();
        assert!(page.contains(&tlog::leaf_hash(bytes).hex().to_string()), "{index}");
    }
    assert_eq!(house.get(None, &format!("/registre/{}", zone_entries.len())).await.status.as_u16(), 404);
    for absent in ["-1", "x", "1e3", "18446744073709551616", "18446744073709551615", "3.csv"] {
        assert_eq!(house.get(None, &format!("/registre/{absent}")).await.status.as_u16(), 404, "{absent}");
    }
}

#[tokio::test]
async fn the_checkpoint_is_the_signed_note_itself() {
    let house = full();
    let reply = house.get(None, "/registre/checkpoint").await;
    assert!(reply.header("content-type").starts_with("text/plain"));
    let key = tlog::VerifierKey::parse(&house.house().record().founded.verifier_key).unwrap();
    let checkpoint = tlog::open_checkpoint(&reply.bytes, &key).unwrap();
    let list = house.get(None, "/registre.csv").await.text();
    assert_eq!(list.lines().count() as u64, checkpoint.size + 1);
    assert_eq!(house.get(None, "/registre/checkpoint?au=2025-01-01").await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_withdrawn_text_is_shown_as_withdrawn_with_its_ground() {
    let house = full();
    let adopted = adopt(&house, "r-retrait", "comite-dougouba", "Titre qui expose quelqu’un", false);
    let address = format!("/fr/registre/{}", adopted.index);
    let before = house.get(None, &address).await.text();
    assert!(before.contains("Titre qui expose") && before.contains("Faire &lt;cela&gt; &amp; rien"));
    let Word::RecommendationAdopted(words) = &adopted.entry.word else { panic!("une adoption") };
    house.load(
        None,
        Word::EnclosureWithdrawn(EnclosureWithdrawn {
            sha256: words.title.sha256,
            ground: "personne-exposee".into(),
            decided_by: "Comité fictif".into(),
            ordered_by: None,
            entry: None,
        }),
    );
    let after = house.get(None, &address).await.text();
    assert!(!after.contains("Titre qui expose") && after.contains("personne exposée"));
    let list = house.get(None, "/fr/retraits").await.text();
    assert!(list.contains("personne exposée") && list.contains("Comité fictif"));
    let csv = house.get(None, "/retraits.csv").await.text();
    assert!(csv.contains(&words.title.sha256.to_string()) && csv.contains("personne-exposee"));
    assert!(house.get(None, "/fr/nouveautes").await.text().contains("(titre retiré du registre public)"));
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn an_earlier_day_lists_only_what_was_known() {
    let house = full();
    let list = house.get(None, "/registre.csv?au=2024-05-02").await.text();
    assert_eq!(list.lines().count(), 3, "{list}");
    let list = house.get(None, "/registre.csv").await.text();
    assert!(list.lines().nth(1).unwrap().contains("silence-noted"));
}

#[tokio::test]
async fn robots_may_read_all_but_answers_to_questions() {
    let reply = house().get(None, "/robots.txt").await;
    assert!(reply.text().contains("Disallow: /*?") && reply.text().contains("/fr/recherche"));
}

#[tokio::test]
async fn every_open_list_answers_in_its_formats() {
    let house = full();
    for set in crate::OPEN_DATA.iter().filter(|set| set.room == "hall") {
        for ending in set.endings {
            let address = format!("{}{ending}", set.path);
            assert_eq!(house.get(None, &address).await.status.as_u16(), 200, "{address}");
        }
    }
}

#[test]
fn texts_say_the_same_in_both_languages() {
    for path in texts::PATHS {
        let read = |language| Prose::read(texts::text(path, language).unwrap(), &[]);
        let (fr, en) = (read(Language::French), read(Language::English));
        assert!(!fr.title.is_empty() && !en.title.is_empty(), "{path}");
        let shape = |prose: &Prose| -> Vec<(u8, usize)> {
            let of = |block: &Block| match block {
                Block::Heading(_) => (0, 1),
                Block::Paragraph(_) => (1, 1),
                Block::List(items) => (2, items.len()),
                Block::Steps(items) => (3, items.len()),
                Block::Command(_) => (4, 1),
            };
            prose.blocks.iter().map(of).collect()
        };
        assert_eq!(shape(&fr), shape(&en), "{path}");
        assert_eq!(links(&fr), links(&en), "{path}");
        for link in links(&fr) {
            assert!(link.starts_with('/'), "{path} : {link}");
        }
    }
}

fn links(prose: &Prose) -> Vec<String> {
    let texts = prose.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(text) => vec![text.clone()],
        Block::List(items) | Block::Steps(items) => items.clone(),
        Block::Heading(_) | Block::Command(_) => vec![],
    });
    let runs = texts.flat_map(|text| runs(&text));
    runs.filter_map(|run| if let Run::Link { path, .. } = run { Some(path) } else { None }).collect()
}

#[tokio::test]
async fn links_of_the_texts_lead_somewhere() {
    let house = full();
    for path in texts::PATHS {
        for link in links(&Prose::read(texts::text(path, Language::French).unwrap(), &[])) {
            assert_eq!(house.get(None, &link).await.status.as_u16(), 200, "{path} → {link}");
        }
    }
}

#[test]
fn unclosed_marks_are_plain_text() {
    let cases = [
        ("un `deux", vec![Run::Plain("un `deux".into())]),
        ("[a](/b", vec![Run::Plain("[a](/b".into())]),
        ("**é**", vec![Run::Strong("é".into())]),
        (
            "à [lire](/l).",
            vec![
                Run::Plain("à ".into()),
                Run::Link { text: "lire".into(), path: "/l".into() },
                Run::Plain(".".into()),
            ],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(runs(text), wanted, "{text}");
    }
}

#[test]
fn cursors_are_read_as_written_and_nothing_else() {
    let cursor = Cursor { day: day("2026-03-02"), entry: 17 };
    assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
    for bad in ["", "2026-03-02", "2026-03-02.", "hier.3", "2026-03-02.-1"] {
        assert_eq!(Cursor::parse(bad), None, "{bad}");
    }
}

/// A room whose one page is of a day that is still being replayed.
fn replaying() -> web::Room {
    async fn one(_: web::Visit) -> web::Outcome {
        Err(Fault::Replaying(42).into())
    }
    web::Room {
        name: "relecture",
        tables: record::Tables { room: "relecture", derived: "", drawers: "", apply: |_, _| Ok(()) },
        routes: || axum::Router::new().route("/relecture", axum::routing::get(one)),
        lang: ("", ""),
        panels: &[],
        nav: &[],
        duty: None,
    }
}

#[tokio::test]
async fn a_day_being_replayed_says_how_far_it_is_and_comes_back() {
    let house = Rehearsal::of(&[crate::ROOM, replaying()], NOW);
    let answer = house.get(None, "/fr/relecture?au=2024-01-25").await;
    assert_eq!(answer.status, 503);
    for (name, value) in [("retry-after", "5"), ("refresh", "5"), ("cache-control", "no-store")] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let text = answer.text();
    assert!(text.contains("value=\"42\"") && text.contains("href=\"/fr/relecture?au=2024-01-25\""), "{text}");
}

#[tokio::test]
async fn an_address_that_is_no_text_leads_nowhere() {
    let house = Rehearsal::of(&[crate::ROOM, places()], NOW);
    let answer = house.get(None, "/fr/lieux/%ff").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("Page introuvable"));
}
