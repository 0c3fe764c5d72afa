//! The pack that travels with the product: it reads without a fault, and what it says stands on the record in
//! order.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use pack::{Act, Exercise, Fact, FolderFiles, Happening, Pack};
use record::verify::verify;
use record::{Fault, Folder, Record, SqliteSource};
use terms::{Day, Word};

/// When the pack is read.
fn now() -> terms::Instant {
    "2026-11-24T00:00:00Z".parse().unwrap()
}

fn pack() -> Pack {
    Pack::read(&pack::embedded("mali").unwrap(), now()).unwrap_or_else(|faults| {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", told.join("\n"));
    })
}

fn exercise() -> Exercise {
    Exercise::read(&pack::embedded("mali").unwrap()).unwrap_or_else(|fault| panic!("{fault}")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn holds(from: Option<Day>, to: Option<Day>, on: Day) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on < to)
}

#[test]
fn the_country_has_its_places_and_its_committees() {
    let pack = pack();
    let on = day("2023-06-01");
    let places = |level: &str| {
        pack.places.iter().filter(|place| place.level == level && holds(place.from, place.to, on)).count()
    };
    assert_eq!((places("national"), places("region"), places("commune")), (1, 20, 703));
    let bodies = |kind: &str, on: Day| {
        pack.bodies.iter().filter(|body| body.kind == kind && holds(body.from, body.to, on)).count()
    };
    assert_eq!(bodies("ccsr", on), 20);
    assert_eq!(bodies("ccsr", day("2022-01-01")), 20, "the law of 2012 made the nine regions drawn in 2023");
    assert_eq!(bodies("ccsr", day("2019-01-28")), 0, "no text required one yet");
    assert_eq!(bodies("ccsc", on), 703);
    let required = |kind: &str| -> Vec<u32> {
        let stated = pack.required.iter().filter(|r| r.kind == kind && holds(r.from, r.to, on));
        stated.map(|required| required.count).collect()
    };
    assert_eq!((required("ccsr"), required("ccsc")), (vec![20], vec![819]));
    let name = |id: &str| &pack.bodies.iter().find(|body| body.id.as_str() == id).unwrap().name;
    assert_eq!(name("ccsc-commune-goundam").fr, "CCSC — Goundam");
    assert_eq!(name("maire-commune-goundam").fr, "Maire — Goundam");
    assert_eq!(name("maire-commune-goundam").english(), "Mayor — Goundam");
}

#[test]
fn the_pack_on_the_disk_is_the_one_in_the_binary() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/mali");
    assert_eq!(Pack::read(&FolderFiles::new(folder), now()).unwrap(), pack());
    assert_eq!(Pack::read(&*pack::find(folder).unwrap(), now()).unwrap(), pack());
    assert_eq!(Pack::read(&*pack::find("mali").unwrap(), now()).unwrap(), pack());
    let nowhere = pack::find("nulle-part").err().unwrap().to_string();
    assert!(nowhere.starts_with("nulle-part : ni un dossier, ni un paquet livré avec toguna ("), "{nowhere}");
    assert!(nowhere.contains("mali"), "{nowhere}");
}

#[test]
fn the_founding_entry_is_that_of_the_pack() {
    let founded = pack().founded();
    assert_eq!((founded.pack.as_str(), founded.country.as_str()), ("mali", "ML"));
    assert_eq!((founded.zone.as_str(), founded.weekend.as_slice()), ("Africa/Bamako", &[6, 7][..]));
    assert_eq!(founded.verifier_key, "");
}

/// The word as it will be, without the enclosures that need a record.
fn word_of(fact: &Fact) -> Word {
    match &fact.act {
        Act::Said(word) => (**word).clone(),
        Act::Filled { filled, .. } => Word::SeatFilled((**filled).clone()),
        Act::Held { held, .. } => Word::SittingHeld((**held).clone()),
        Act::NotHeld { not_held, .. } => Word::SittingNotHeld(not_held.clone()),
    }
}

/// The thing a word gives an id to.
fn given(word: &Word) -> Option<&'static str> {
    Some(match word {
        Word::SourceCited(_) => "source",
        Word::LevelSet(_) => "level",
        Word::PlaceNamed(_) => "place",
        Word::BodyKindSet(_) => "kind",
        Word::BodyEstablished(_) => "body",
        Word::OrganisationRegistered(_) => "organisation",
        Word::SeatFilled(_) => "occupancy",
        _ => return None,
    })
}

/// The fields by which words refer to things.
const REFERENCES: [(&str, &str); 11] = [
    ("source", "source"),
    ("level", "level"),
    ("place", "place"),
    ("parent", "place"),
    ("body", "body"),
    ("body_kind", "kind"),
    ("organisation", "organisation"),
    ("member", "organisation"),
    ("umbrella", "organisation"),
    ("nominee", "organisation"),
    ("occupancy", "occupancy"),
];

#[test]
fn nothing_refers_to_what_comes_after_it_or_is_known_later() {
    let pack = pack();
    let mut facts = pack.facts();
    facts.extend(exercise().facts(&pack).unwrap());
    let mut since: HashMap<(&str, String), Option<Day>> = HashMap::new();
    let mut checked = 0;
    for fact in &facts {
        let word = word_of(fact);
        let says = serde_json::to_value(&word).unwrap()["says"].clone();
        let kind =
            matches!(word, Word::BodyEstablished(_) | Word::RequiredStated(_)).then_some(("kind", "kind"));
        for (field, thing) in REFERENCES.into_iter().chain(kind) {
            let mut ids: Vec<&str> = says[field].as_str().into_iter().collect();
            ids.extend(says["holder"][field].as_str());
            for id in ids {
                // An id of the rule or clock family is not one of these things.
                let known = since.get(&(thing, id.to_owned())).unwrap_or_else(|| panic!("{id} : {word:?}"));
                let in_time = match (fact.known, *known) {
                    (_, None) => fact.known.is_none(),
                    (None, Some(_)) => true,
                    (Some(fact), Some(known)) => known <= fact,
                };
                assert!(in_time, "{:?} before {known:?} of {id} : {word:?}", fact.known);
                checked += 1;
            }
        }
        if let (Some(thing), Some(id)) = (given(&word), says["id"].as_str()) {
            let before = since.insert((thing, id.to_owned()), fact.known);
            assert!(before.is_none(), "{thing} {id} is given twice");
        }
    }
    assert!(checked > 5_000, "{checked}");
}

#[test]
fn a_view_of_any_past_day_has_its_places_rules_and_feasts() {
    let pack = pack();
    let facts = pack.facts();
    let known_by = |on: &str, spelling: &str| {
        let on = day(on);
        let by = facts.iter().filter(|fact| fact.known.is_some_and(|known| known <= on));
        by.filter(|fact| word_of(fact).spelling() == spelling).count()
    };
    for spelling in
        ["level-set", "feast-set", "feast-years-known", "clock-rule-set", "theme-set", "source-cited"]
    {
        let all = facts.iter().filter(|fact| word_of(fact).spelling() == spelling).count();
        assert_eq!(known_by("1960-09-22", spelling), all, "{spelling}");
    }
    let regions = |on: &str| {
        let on = day(on);
        let known = facts.iter().filter(|fact| fact.known.is_some_and(|known| known <= on));
        known
            .filter(|fact| matches!(word_of(fact), Word::PlaceNamed(place) if place.level == "region"))
            .count()
    };
    // Kidal in 1991; nine regions by the law of 2012; Taoudénit and Ménaka in force in 2016.
    let steps =
        ["1990-01-01", "2012-03-01", "2012-03-02", "2016-01-18", "2016-01-19", "2023-03-13"].map(regions);
    assert_eq!(steps, [8, 9, 18, 18, 20, 20]);
    assert_eq!(known_by("2018-12-31", "required-stated"), 0);
    assert_eq!(known_by("2019-01-29", "required-stated"), 2);
}

/// What the page of the 22nd of November 2021 names as installed is known from that day: eleven committees.
#[test]
fn a_view_of_an_earlier_day_has_the_committees_that_were_known_by_then() {
    let facts = pack().facts();
    let known_by = |on: &str| {
        let known = facts.iter().filter(|fact| fact.known.is_some_and(|known| known <= day(on)));
        let mut bodies: Vec<String> = known
            .filter_map(|fact| match word_of(fact) {
                Word::BodyInstalled(word) => Some(word.body.to_string()),
                _ => None,
            })
            .filter(|body| body.starts_with("ccsr-"))
            .collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    };
    let named = known_by("2022-01-01");
    assert_eq!(named.len(), 11, "{named:?}");
    for region in ["segou", "dioila", "koutiala"] {
        assert!(named.contains(&format!("ccsr-region-{region}")), "{region}");
    }
    // A body that was installed was there, in a place that was there.
    for fact in &facts {
        let Word::BodyInstalled(installed) = word_of(fact) else { continue };
        let body = facts.iter().find_map(|fact| match word_of(fact) {
            Word::BodyEstablished(body) if body.id == installed.body => Some((fact.known, body)),
            _ => None,
        });
        let (known, body) = body.unwrap();
        assert!(body.from.is_none_or(|from| from <= installed.on), "{}", installed.body);
        assert!(known <= fact.known, "{}", installed.body);
    }
}

/// No fact is known only since it was loaded because a cell was left empty beside a day that its line has.
#[test]
fn the_standing_of_an_organisation_is_known_no_later_than_the_organisation() {
    let facts = pack().facts();
    let known = |id: &str| {
        facts.iter().find_map(|fact| match word_of(fact) {
            Word::OrganisationRegistered(word) if word.id.as_str() == id => Some(fact.known),
            _ => None,
        })
    };
    for id in ["ac-rss", "cnsc"] {
        let stated = facts.iter().find_map(|fact| match word_of(fact) {
            Word::OrganisationStatusStated(word) if word.organisation.as_str() == id => {
                Some((fact.known, word.on))
            }
            _ => None,
        });
        assert_eq!(stated, Some((known(id).unwrap(), None)), "{id}");
        assert!(stated.unwrap().0.is_some(), "{id}");
    }
}

/// Meetings that sources report are sittings, with what shows them.
#[test]
fn reported_meetings_are_sittings() {
    let facts = pack().facts();
    let held: Vec<(String, String)> = facts
        .iter()
        .filter_map(|fact| match &fact.act {
            pack::Act::Held { held, .. } => {
                assert!(!held.evidence.is_empty() && held.source.is_some() && fact.known >= Some(held.on));
                Some((held.body.to_string(), held.on.to_string()))
            }
            _ => None,
        })
        .collect();
    for (body, on) in [
        ("cnrss", "2018-07-06"),
        ("cnrss", "2023-04-13"),
        ("ccsc-commune-soboundou", "2022-06-16"),
        ("ccsr-region-mopti", "2025-11-13"),
    ] {
        assert!(held.contains(&(body.to_owned(), on.to_owned())), "{body}");
    }
}

/// The figures of coverage that a reader of an earlier day finds: those that could be read by then.
#[test]
fn a_published_figure_is_known_from_the_day_it_could_be_read() {
    let facts = pack().facts();
    let last = |scope: &str, on: &str| {
        let known = facts.iter().filter(|fact| fact.known.is_some_and(|known| known <= day(on)));
        let counts = known.filter_map(|fact| match word_of(fact) {
            Word::CountStated(count) if count.subject == "installed-bodies" && count.scope == scope => {
                Some(count)
            }
            _ => None,
        });
        counts.max_by_key(|count| count.on).map(|count| (count.value, count.of, count.on.to_string()))
    };
    let count = |value, of, on: &str| Some((value, Some(of), on.to_owned()));
    assert_eq!(last("ccsr", "2023-07-31"), count(13, 20, "2023-04-13"));
    assert_eq!(last("ccsr", "2023-08-01"), count(15, 20, "2023-08-01"));
    assert_eq!(last("ccsc", "2023-11-30"), count(25, 819, "2023-05-30"));
    // The count is of the 7th of December; the article that gives it is of the 10th.
    assert_eq!(last("ccsc", "2023-12-10"), count(38, 819, "2023-12-07"));
}

#[test]
fn the_exercise_shows_the_whole_flow_and_is_marked_everywhere() {
    let (pack, exercise) = (pack(), exercise());
    assert_eq!(exercise.recommendations.len(), 10);
    let happened = |kind: fn(&Happening) -> bool| {
        let events = exercise.recommendations.iter().flat_map(|recommendation| &recommendation.events);
        events.filter(|event| kind(&event.happening)).count()
    };
    assert_eq!(happened(|h| matches!(h, Happening::Transmitted { .. })), 12);
    assert_eq!(happened(|h| matches!(h, Happening::Answered(_))), 10);
    assert_eq!(happened(|h| matches!(h, Happening::Escalated { .. })), 2);
    let facts = exercise.facts(&pack).unwrap();
    let words: Vec<Word> = facts.iter().map(word_of).collect();
    for word in &words {
        let marked = match word {
            Word::PlaceNamed(place) => place.exercise,
            Word::BodyEstablished(body) => body.exercise,
            Word::OrganisationRegistered(organisation) => organisation.exercise,
            _ => true,
        };
        assert!(marked, "{word:?}");
    }
    let count = |spelling: &str| words.iter().filter(|word| word.spelling() == spelling).count();
    assert_eq!((count("place-named"), count("place-joined"), count("body-established")), (3, 3, 6));
    assert_eq!((count("seat-set"), count("seat-filled"), count("seat-left")), (15, 15, 1));
    assert_eq!((count("sitting-held"), count("sitting-not-held")), (9, 3));
    let kinds = words.iter().filter_map(|word| match word {
        Word::BodyKindSet(kind) => {
            Some((kind.id.as_str(), kind.required, kind.chair.as_ref().map(terms::SeatCode::as_str)))
        }
        _ => None,
    });
    let kinds: Vec<_> = kinds.collect();
    assert_eq!(kinds, [("charge-commune-exercice", false, None), ("ccsc-exercice", false, Some("maire"))]);
    let joined = words.iter().any(|word| {
        matches!(word, Word::PlaceJoined(joined)
            if joined.place.as_str() == "exercice-region" && joined.parent.as_str() == "mali")
    });
    assert!(joined, "the largest place of the exercise lies in the country");
    let left = facts.iter().find(|fact| word_of(fact).spelling() == "seat-left").unwrap();
    assert_eq!(left.known, Some(day("2025-05-16")));
}

#[test]
fn a_sealed_pack_is_a_whole_and_signed_record() {
    let (pack, exercise) = (pack(), exercise());
    let folder = tempfile::tempdir().unwrap();
    let at = Folder::at(folder.path());
    let clock: record::Clock = std::sync::Arc::new(|| "2026-03-02T10:00:00Z".parse().unwrap());
    let record = Record::found(&at, pack.founded(), &[], clock).unwrap();
    let mut steps = Vec::new();
    let sealed = pack.seal(&record, &mut |done, total| steps.push((done, total))).unwrap();
    let facts = pack.facts();
    assert_eq!(sealed, facts.len() as u64);
    assert_eq!((steps.first(), steps.last()), (Some(&(0, sealed)), Some(&(sealed, sealed))));
    assert!(steps.windows(2).all(|pair| pair[1].0 > pair[0].0 && pair[1].0 - pair[0].0 <= 500));
    let refused = pack.seal(&record, &mut |_, _| {});
    assert!(matches!(refused, Err(Fault::Present(_))), "a pack is sealed once");
    let played = exercise.facts(&pack).unwrap();
    let enclosing =
        |facts: &[Fact]| facts.iter().filter(|fact| !matches!(fact.act, Act::Said(_))).count() as u64;
    let enclosures = enclosing(&facts) + enclosing(&played);
    let exercise_facts = pack::seal(&record, played, &mut |_, _| {}).unwrap();
    drop(record);
    let whole = verify(&mut SqliteSource::open(&at).unwrap(), &mut |_| {}).unwrap();
    assert_eq!(whole.size, 1 + sealed + exercise_facts);
    assert_eq!((whole.enclosures, whole.withdrawn), (enclosures, 0));
    let persons = pack.occupancies.iter().filter(|occupancy| occupancy.word.name.is_some()).count();
    assert_eq!(
        (persons, enclosures),
        (4, 4 + 4 + 13 + 12),
        "four names, four meetings, and those of the exercise"
    );
}

/// The first committee came 673 days after the decree, the strategy's decree 3.75 years after its validation.
///
/// **Source** the golden figures of the study, delays.
#[test]
fn the_delays_of_the_reform() {
    let pack = pack();
    let dated = |said: &str| {
        let event = pack.events.iter().find(|event| event.what.fr.contains(said));
        event.unwrap_or_else(|| panic!("{said}")).on
    };
    let first =
        pack.installations.iter().filter(|i| i.precision == terms::Precision::Day).map(|i| i.on).min();
    let decree = dated("Un décret crée les comités consultatifs");
    assert_eq!(decree.until(first.unwrap()).unwrap().get_days(), 673);
    let days = dated("valide la stratégie").until(dated("approuve la stratégie")).unwrap().get_days();
    assert_eq!(format!("{:.2}", f64::from(days) / 365.25), "3.75");
}

/// A day of a movable feast that a source gives is marked so and its year is known; one that nobody checked is not,
/// so that a date computed near it is told as to be confirmed.
#[test]
fn a_movable_feast_is_as_sure_as_its_source() {
    use terms::{FeastRule, Mark};
    let pack = pack();
    let dated = |name: &str, on: &str| {
        let found = pack.feasts.iter().find(|feast| {
            feast.name.fr == name && matches!(&feast.rule, FeastRule::Dated { day: of } if *of == day(on))
        });
        found.unwrap_or_else(|| panic!("{name} {on}")).mark
    };
    assert_eq!(dated("Tabaski", "2021-07-20"), Some(Mark::Verified));
    assert_eq!(dated("Tabaski", "2025-06-06"), Some(Mark::Verified), "moved forward from the 7th");
    assert_eq!(dated("Tabaski", "2023-06-28"), Some(Mark::Unverified));
    let sets: Vec<&str> = pack.feast_years.iter().map(|known| known.set.as_str()).collect();
    let mut checked = 0;
    for feast in pack.feasts.iter().filter(|feast| sets.contains(&feast.name.fr.as_str())) {
        let FeastRule::Dated { day } = &feast.rule else { continue };
        let known = pack
            .feast_years
            .iter()
            .any(|known| known.set == feast.name.fr && known.years.contains(&day.year()));
        assert_eq!(known, feast.mark == Some(Mark::Verified), "{} {day}", feast.name.fr);
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}

/// Who held an office since when is dated as exactly as its source says.
#[test]
fn nobody_took_or_left_an_office_on_a_day_that_no_source_gives() {
    use terms::Precision;
    let pack = pack();
    let of = |id: &str| {
        let found =
            pack.occupancies.iter().find(|occupancy| occupancy.word.filled.id.as_str() == id).unwrap();
        let (filled, left) = (&found.word.filled, &found.word.left);
        (
            filled.from.map(|from| (from, filled.precision)),
            left.as_ref().map(|left| (left.on, left.precision)),
        )
    };
    let year = Some(Precision::Year);
    assert_eq!(of("occ-crss-commissaire-diallo"), (None, Some((day("2020-01-01"), year))), "until 2019");
    let interim = (Some((day("2020-01-01"), year)), Some((day("2021-07-29"), None)));
    assert_eq!(of("occ-crss-commissaire-sangare"), interim, "almost a year on the 29th of July 2021");
    let already = (Some((day("2021-07-29"), Some(Precision::Attested))), None);
    assert_eq!(of("occ-crss-cellule-defense-chef-sangare"), already);
    // Whoever sits by office in a body that is only attested is attested too.
    for installed in pack.installations.iter().filter(|i| i.precision == Precision::Attested) {
        let dated =
            pack.installations.iter().any(|i| i.body == installed.body && i.precision != Precision::Attested);
        let held = pack.occupancies.iter().filter(|o| o.word.filled.body == installed.body && !dated);
        for occupancy in held {
            assert_eq!(occupancy.word.filled.precision, Some(Precision::Attested), "{}", installed.body);
        }
    }
}
