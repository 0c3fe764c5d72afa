//! A fictional commune with its committee, mayor and organisations.

use axum::Router;
use axum::routing::get;
use record::Tables;
use terms::access::Role;
use terms::instance::{ClockRuleSet, LegalBasis, ThemeSet};
use terms::institutions::{BodyEstablished, BodyKindSet, PlaceJoined, PlaceNamed};
use terms::organisations::OrganisationRegistered;
use terms::sittings::SittingHeld;
use terms::{
    Behalf, Bilingual, BodyId, Day, Mark, OrganisationId, PlaceId, RuleId, SittingId, Span, Unit, Word,
};
use web::rehearsal::{Guest, Rehearsal};
use web::{Nav, Page, Room, Spot, Visit, html};

use crate::ROOM;

pub(crate) const NOW: &str = "2026-03-02T10:00:00Z";

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn body(id: &str) -> BodyId {
    BodyId::parse(id).unwrap()
}

/// A page on which panels hang, as the rooms of sign-in and of institutions have them.
const WALL: Room = Room {
    name: "mur",
    tables: Tables { room: "mur", derived: "", drawers: "", apply: |_, _| Ok(()) },
    routes: wall,
    lang: ("", ""),
    panels: &[],
    nav: &[] as &[Nav],
    duty: None,
};

fn wall() -> Router<web::House> {
    let hang = |visit: Visit, spot: Spot, id: &'static str| async move {
        visit
            .page(move |tx, visit| {
                let panels = visit.panels(tx, spot, id)?;
                Ok(Page::new("Mur".into(), html! { (panels) }))
            })
            .await
    };
    Router::new()
        .route("/bureau", get(move |visit: Visit| hang(visit, Spot::Desk, "")))
        .route("/mur/maire", get(move |visit: Visit| hang(visit, Spot::Body, "maire-fictif")))
        .route("/mur/commune", get(move |visit: Visit| hang(visit, Spot::Place, "commune-fictive")))
        .route("/mur/droits", get(move |visit: Visit| hang(visit, Spot::Organisation, "droits-fictifs")))
        .route("/mur", get(move |visit: Visit| hang(visit, Spot::Home, "")))
}

/// The commune of Dougouba, which is nowhere.
pub(crate) fn world() -> Rehearsal {
    let house = Rehearsal::of(&[ROOM, WALL], NOW);
    place(&house, "region-fictive", "region", None);
    place(&house, "commune-fictive", "commune", Some("region-fictive"));
    kind(&house, "ccsc", Some("commune"));
    kind(&house, "maire", Some("commune"));
    kind(&house, "gouverneur", Some("region"));
    kind(&house, "etat", Some("national"));
    established(&house, "ccsc-fictif", "ccsc", "Comité de Dougouba", Some("commune-fictive"), true);
    established(&house, "maire-fictif", "maire", "Maire de Dougouba", Some("commune-fictive"), true);
    established(&house, "gouverneur-fictif", "gouverneur", "Gouverneur fictif", Some("region-fictive"), true);
    for (id, name) in [("droits-fictifs", "Veille et droits"), ("femmes-fictives", "Femmes de Dougouba")] {
        let registered = OrganisationRegistered {
            id: OrganisationId::parse(id).unwrap(),
            name: name.into(),
            acronym: None,
            kind: "association".into(),
            founded: None,
            legal_form: None,
            place: None,
            source: None,
            note: None,
            exercise: true,
        };
        house.load(Some("2020-01-01"), Word::OrganisationRegistered(registered));
    }
    let theme = ThemeSet { id: "infrastructure".into(), name: Bilingual::same("Infrastructure") };
    house.load(Some("2020-01-01"), Word::ThemeSet(theme));
    let days = |amount| Span::new(amount, Unit::Days);
    rule(&house, "ccsc", "commune", Some(Span::new(5, Unit::WorkingDays)), days(30));
    rule(&house, "urgence", "national", None, Span::new(72, Unit::Hours));
    let sitting = SittingHeld {
        id: SittingId::parse("seance-fictive").unwrap(),
        body: body("ccsc-fictif"),
        on: day("2026-02-12"),
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
    house.load(Some("2026-02-12"), Word::SittingHeld(sitting));
    house
}

fn place(house: &Rehearsal, id: &str, level: &str, parent: Option<&str>) {
    let named = PlaceNamed {
        id: PlaceId::parse(id).unwrap(),
        level: level.into(),
        name: id.replace('-', " "),
        variants: vec![],
        from: None,
        to: None,
        lat_e2: None,
        lon_e2: None,
        source: None,
        exercise: true,
    };
    house.load(Some("2020-01-01"), Word::PlaceNamed(named));
    if let Some(parent) = parent {
        let (place, parent) = (PlaceId::parse(id).unwrap(), PlaceId::parse(parent).unwrap());
        let joined = PlaceJoined { place, parent, from: None, to: None, source: None };
        house.load(Some("2020-01-01"), Word::PlaceJoined(joined));
    }
}

pub(crate) fn kind(house: &Rehearsal, id: &str, level: Option<&str>) {
    let word = body_kind(id, level);
    house.load(Some("2020-01-01"), Word::BodyKindSet(word));
}

fn body_kind(id: &str, level: Option<&str>) -> BodyKindSet {
    BodyKindSet {
        id: id.into(),
        name: Bilingual::same(id),
        level: level.map(Into::into),
        function: "authority".into(),
        required: false,
        meets_every: None,
        chair: None,
        source: None,
    }
}

pub(crate) fn established(
    house: &Rehearsal,
    id: &str,
    kind: &str,
    name: &str,
    place: Option<&str>,
    exercise: bool,
) {
    let established = BodyEstablished {
        id: body(id),
        kind: kind.into(),
        name: Bilingual::same(name),
        place: place.map(|place| PlaceId::parse(place).unwrap()),
        from: None,
        to: None,
        source: None,
        note: None,
        exercise,
    };
    house.load(Some("2020-01-01"), Word::BodyEstablished(established));
}

pub(crate) fn rule(house: &Rehearsal, id: &str, level: &str, acknowledgement: Option<Span>, answer: Span) {
    let rule = clock_rule(id, level, acknowledgement, answer);
    house.load(Some("2020-01-01"), Word::ClockRuleSet(rule));
}

pub(crate) fn clock_rule(id: &str, level: &str, acknowledgement: Option<Span>, answer: Span) -> ClockRuleSet {
    ClockRuleSet {
        id: RuleId::parse(id).unwrap(),
        level: Some(level.into()),
        name: Bilingual::same(&format!("Délai fictif {id}")),
        legal_basis: LegalBasis::None,
        basis: Bilingual::same("Règle fictive."),
        acknowledgement,
        answer: Some(answer),
        remind_after_days: vec![],
        escalation: vec![],
        mark: Mark::Proposal,
        source: None,
    }
}

pub(crate) fn for_body(house: &Rehearsal, id: &str, role: Role) -> Guest {
    house.guest(Behalf::Body { body: body(id) }, role)
}

pub(crate) fn for_organisation(house: &Rehearsal, id: &str, role: Role) -> Guest {
    house.guest(Behalf::Organisation { organisation: OrganisationId::parse(id).unwrap() }, role)
}
