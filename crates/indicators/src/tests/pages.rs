//! The pages, asked for as a visitor asks.

use std::sync::LazyLock;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use tower::ServiceExt;
use web::{House, Room, Setting};

use super::whole::committees;

static ROOMS: LazyLock<[Room; 1]> = LazyLock::new(|| [crate::ROOM]);

/// The house, what drives it, and its folder, which goes when the visitor does.
struct Visitor(
    axum::Router,
    tokio::runtime::Runtime,
    #[allow(dead_code, reason = "kept for its drop")] tempfile::TempDir,
);

impl Visitor {
    fn new() -> Self {
        Self::in_house(&*ROOMS)
    }

    fn in_house(rooms: &'static [Room]) -> Self {
        let scene = committees();
        let setting = Setting { public_address: "https://exemple.test".into(), ..Setting::default() };
        let house = House::new(scene.record, rooms, setting).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self(house.router(), runtime, scene.folder)
    }

    fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        self.1.block_on(async {
            let response = self.0.clone().oneshot(request).await.unwrap();
            let status = response.status();
            let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
            (status, String::from_utf8(bytes.to_vec()).unwrap())
        })
    }
}

#[test]
fn the_audit_is_a_page_and_the_same_objects_as_data() {
    let visitor = Visitor::new();
    let (status, page) = visitor.get("/indicateurs");
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Taux d’installation des comités"), "{page}");
    assert!(page.contains("4,64\u{202f}%"), "communes");
    assert!(page.contains("href=\"/indicateurs/i-29\""));
    assert!(!page.contains("indicators-"), "a message is missing");
    let (_, json) = visitor.get("/indicateurs.json");
    let values: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let region = values.iter().find(|value| value["code"] == "I-01" && value["scope"] == "region").unwrap();
    assert_eq!((region["numerator"].as_i64(), region["denominator"].as_i64()), (Some(15), Some(20)));
    assert_eq!(region["as_of"], "2026-12-31");
    for code in crate::audit::ALL.map(|indicator| indicator.code) {
        assert!(values.iter().any(|value| value["code"] == code), "{code}");
    }
    let (_, csv) = visitor.get("/indicateurs.csv");
    assert_eq!(csv.lines().count(), values.len() + 1);
    let (_, english) = visitor.get("/en/indicateurs");
    assert!(english.contains("Installation rate of committees") && english.contains("4.64%"));
}

#[test]
fn every_indicator_has_a_readable_page() {
    let visitor = Visitor::new();
    for indicator in crate::audit::ALL {
        for language in ["fr", "en"] {
            let (status, page) = visitor.get(&format!("/{language}/indicateurs/{}", indicator.slug()));
            assert_eq!(status, StatusCode::OK, "{}", indicator.code);
            assert!(!page.contains("indicators-"), "{}: a message is missing", indicator.code);
            assert!(!page.contains("style="), "{}: the content policy forbids it", indicator.code);
            assert!(page.contains(indicator.code));
        }
        let (status, json) = visitor.get(&format!("/indicateurs/{}.json", indicator.slug()));
        assert_eq!(status, StatusCode::OK);
        let values: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert!(values.iter().all(|value| value["code"] == indicator.code));
    }
    assert_eq!(visitor.get("/indicateurs/i-99").0, StatusCode::NOT_FOUND);
    assert_eq!(visitor.get("/indicateurs/I-01").0, StatusCode::NOT_FOUND);
}

#[test]
fn an_indicator_opens_down_to_its_entries() {
    let visitor = Visitor::new();
    let (_, page) = visitor.get("/indicateurs/i-28");
    assert!(page.contains("href=\"/registre/"), "{page}");
    assert!(page.contains("Recommandation transmise"));
    let (_, page) = visitor.get("/indicateurs/i-01");
    assert!(page.contains("15/20"), "the trend is drawn from three counts on");
    assert!(page.contains("au moins 38 ÷ 819 = 4,64\u{202f}%"), "the example is the record's own");
    let (_, page) = visitor.get("/indicateurs/i-01?avant=1");
    assert!(page.contains("Aucune entrée."));
    let (_, page) = visitor.get("/indicateurs/i-05");
    assert!(page.contains("comite (fiction)") && page.contains("href=\"/instances/comite\""));
    let (_, page) = visitor.get("/indicateurs/i-29");
    assert!(page.contains("<path class=\"c0\""), "the curve");
}

#[test]
fn an_earlier_day_shows_what_was_known_then() {
    let visitor = Visitor::new();
    let (status, page) = visitor.get("/indicateurs?au=2020-01-01");
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("class=\"banner asof\""));
    assert!(!page.contains("4,64"));
}

#[test]
fn the_methods_are_all_on_one_page() {
    let visitor = Visitor::new();
    let (status, page) = visitor.get("/methode");
    assert_eq!(status, StatusCode::OK);
    for indicator in crate::audit::ALL {
        assert!(page.contains(&format!("id=\"{}\"", indicator.slug())), "{}", indicator.code);
    }
    assert!(!page.contains("indicators-"));
}

/// A page that hangs what this room hangs, as the home and a body's page do.
fn host() -> axum::Router<House> {
    use axum::routing::get;
    use web::{Outcome, Page, Spot, Visit};
    async fn show(visit: Visit) -> Outcome {
        visit
            .page(|tx, visit| {
                let spot = if visit.asked("instance").is_some() { Spot::Body } else { Spot::Home };
                let body = visit.panels(tx, spot, visit.asked("instance").unwrap_or_default())?;
                Ok(Page::new("Hôte".into(), body))
            })
            .await
    }
    axum::Router::new().route("/hote", get(show))
}

static HOSTED: LazyLock<[Room; 2]> = LazyLock::new(|| {
    let mut room = crate::ROOM;
    (room.name, room.routes, room.panels, room.nav) = ("hote", host, &[], &[]);
    room.lang = ("", "");
    [crate::ROOM, room]
});

#[test]
fn panels_hang_in_the_pages_of_others() {
    let visitor = Visitor::in_house(&*HOSTED);
    let (_, home) = visitor.get("/hote");
    assert_eq!(home.matches("class=\"tally\"").count(), 3, "{home}");
    assert!(home.contains("15 / 20") && home.contains("31 décembre 2026"));
    let (_, own) = visitor.get("/hote?instance=comite");
    assert!(own.contains("Sièges de la société civile pourvus") && own.contains("<li>osc</li>"), "{own}");
    let (_, nothing) = visitor.get("/hote?instance=maire");
    assert!(!nothing.contains("Indicateurs de cet organe"), "an office has no seats");
}
