//! Tables of cases over the acts; stories through HTTP in `story`, with persons that are all fictional.

use terms::access::Role;
use terms::{Behalf, BodyId, Day, MandateId, OrganisationId, PersonId, Word};

use crate::acts::{self, Ending, Ground, Offer, Proof, Refusal, Typed};
use crate::pages::local;

mod house;
mod sign_in;
mod story;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn body() -> Behalf {
    Behalf::Body { body: BodyId::parse("ccsc-exercice").unwrap() }
}

fn organisation() -> Behalf {
    Behalf::Organisation { organisation: OrganisationId::parse("femmes-exercice").unwrap() }
}

#[test]
fn a_new_password_is_long_varied_and_typed_twice() {
    use Refusal::{PasswordLong, PasswordPlain, PasswordShort, PasswordsDiffer};
    let long = "abcdefgh".repeat(16);
    let too_long = format!("{long}i");
    let cases: &[(&str, &str, &[Refusal])] = &[
        ("mil karité 12", "mil karité 12", &[]),
        ("abcdefghijkl", "abcdefghijkl", &[]),
        ("abcdefghijk", "abcdefghijk", &[PasswordShort]),
        ("éééééàààààè", "éééééàààààè", &[PasswordShort]),
        (&long, &long, &[]),
        (&too_long, &too_long, &[PasswordLong]),
        ("abcdeabcdeabcde", "abcdeabcdeabcde", &[PasswordPlain]),
        ("abcdefabcdef", "abcdefabcdef", &[]),
        ("awa  EXEMPLE-traoré", "awa  EXEMPLE-traoré", &[PasswordPlain]),
        ("abcdefghijkl", "abcdefghijkm", &[PasswordsDiffer]),
        ("court", "courte", &[PasswordShort, PasswordsDiffer]),
        ("", "", &[PasswordShort]),
    ];
    for (password, again, expected) in cases {
        assert_eq!(acts::new_password(password, again, "Awa Exemple Traoré"), *expected, "{password}");
    }
}

#[test]
fn names_are_compared_as_people_say_them() {
    for same in ["Awa Traoré", "awa traore", "  AWA   TRAORE ", "Awa-Traoré", "Awa Traore\u{301}"] {
        assert_eq!(acts::folded(same), "awa traore", "{same}");
    }
    assert_ne!(acts::folded("Awa Traoré"), acts::folded("Traoré Awa"));
    let cases = [
        ("Awa", None),
        ("A. B. C.", None),
        ("Al", Some(Refusal::NameShort)),
        ("— —", Some(Refusal::NameShort)),
    ];
    for (name, expected) in cases {
        assert_eq!(acts::name(name), expected, "{name}");
    }
}

#[test]
fn a_sign_in_takes_password_and_one_proof_that_never_served() {
    let typed =
        |step, last, recovery: Option<&str>| Typed { step, last, recovery: recovery.map(str::to_owned) };
    let recovery = || Proof::Recovery("r".into());
    let cases = [
        (true, typed(Some(10), None, None), Ok(Proof::Step(10))),
        (true, typed(Some(10), Some(9), None), Ok(Proof::Step(10))),
        (true, typed(Some(10), Some(10), None), Err(Refusal::SignIn)),
        (true, typed(Some(10), Some(11), None), Err(Refusal::SignIn)),
        (true, typed(None, None, None), Err(Refusal::SignIn)),
        (true, typed(None, Some(9), Some("r")), Ok(recovery())),
        (true, typed(Some(9), Some(9), Some("r")), Ok(recovery())),
        (false, typed(Some(10), None, None), Err(Refusal::SignIn)),
        (false, typed(None, None, Some("r")), Err(Refusal::SignIn)),
        (false, typed(None, None, None), Err(Refusal::SignIn)),
    ];
    for (right, typed, expected) in cases {
        assert_eq!(acts::sign_in(right, typed.clone()), expected, "{right} {typed:?}");
    }
}

#[test]
fn a_role_fits_whom_it_is_for() {
    let cases = [
        (body(), vec![Role::Secretary, Role::Delegate, Role::Authority]),
        (organisation(), vec![Role::Secretary, Role::Delegate]),
        (Behalf::Instance, vec![Role::Steward]),
    ];
    for (behalf, fitting) in cases {
        for role in Role::ALL {
            let offered =
                acts::offer(Offer { behalf: behalf.clone(), role, to: None }, true, false, day("2026-03-02"));
            assert_eq!(offered.is_ok(), fitting.contains(&role), "{behalf:?} {role:?}");
        }
    }
}

#[test]
fn a_mandate_is_offered_for_someone_known_once_and_with_time_ahead() {
    use Refusal::{EndNotAhead, ForWhomUnknown, MandateHeld, RoleNotFor};
    let today = day("2026-03-02");
    type Case<'a> = (Role, Option<&'a str>, bool, bool, &'a [Refusal]);
    let cases: &[Case<'_>] = &[
        (Role::Secretary, None, true, false, &[]),
        (Role::Secretary, Some("2026-03-03"), true, false, &[]),
        (Role::Secretary, Some("2026-03-02"), true, false, &[EndNotAhead]),
        (Role::Secretary, None, false, false, &[ForWhomUnknown]),
        (Role::Secretary, None, true, true, &[MandateHeld]),
        (Role::Steward, Some("2026-03-01"), false, true, &[ForWhomUnknown, RoleNotFor, EndNotAhead]),
    ];
    for (role, to, known, held, expected) in cases {
        let offer = Offer { behalf: body(), role: *role, to: to.map(day) };
        let offered = acts::offer(offer.clone(), *known, *held, today);
        assert_eq!(offered.clone().err().unwrap_or_default(), *expected);
        assert_eq!(offered.ok(), expected.is_empty().then_some(offer));
    }
}

#[test]
fn a_mandate_given_begins_today() {
    let (id, person) = (MandateId::parse("m-1").unwrap(), PersonId::parse("awa").unwrap());
    let offer = Offer { behalf: body(), role: Role::Authority, to: Some(day("2027-01-01")) };
    let Word::MandateGiven(given) = acts::give(id.clone(), person.clone(), &offer, day("2026-03-02")) else {
        panic!()
    };
    assert_eq!((given.id, given.person, given.behalf, given.role), (id, person, body(), Role::Authority));
    assert_eq!((given.from, given.to), (day("2026-03-02"), Some(day("2027-01-01"))));
}

#[test]
fn an_invitation_opens_until_its_last_day() {
    let today = day("2026-03-02");
    let cases = [
        ("2026-03-02", true, None, true),
        ("2026-03-01", true, None, false),
        ("2026-03-02", false, None, false),
        ("2026-03-02", true, Some("2026-03-03"), true),
        ("2026-03-02", true, Some("2026-03-02"), false),
    ];
    for (until, keeps, to, expected) in cases {
        assert_eq!(acts::opens(day(until), keeps, to.map(day), today), expected, "{until} {keeps} {to:?}");
    }
}

#[test]
fn a_mandate_ends_from_today_on_with_a_ground_and_never_the_last_steward() {
    use Refusal::{EndBeforeToday, EndLater, GroundMissing, LastSteward, MandateOver};
    let ground = Some(Ground::Resigned);
    type Case<'a> = (Role, Option<&'a str>, bool, &'a str, Option<Ground>, &'a [Refusal]);
    let cases: &[Case<'_>] = &[
        (Role::Secretary, None, false, "2026-03-02", ground, &[]),
        (Role::Secretary, None, false, "2026-09-01", ground, &[]),
        (Role::Secretary, None, false, "2026-03-01", ground, &[EndBeforeToday]),
        (Role::Secretary, None, false, "2026-03-02", None, &[GroundMissing]),
        (Role::Secretary, Some("2026-04-01"), false, "2026-04-01", ground, &[]),
        (Role::Secretary, Some("2026-04-01"), false, "2026-04-02", ground, &[EndLater]),
        (Role::Secretary, Some("2026-03-02"), false, "2026-03-02", ground, &[MandateOver]),
        (Role::Steward, None, true, "2026-03-02", ground, &[]),
        (Role::Steward, None, false, "2026-03-02", ground, &[LastSteward]),
        (Role::Steward, None, false, "2026-03-01", None, &[EndBeforeToday, LastSteward, GroundMissing]),
    ];
    for (role, to, another_steward, on, ground, expected) in cases {
        let id = MandateId::parse("m-1").unwrap();
        let mandate =
            Ending { id: id.clone(), role: *role, to: to.map(day), another_steward: *another_steward };
        match acts::end(&mandate, day(on), *ground, day("2026-03-02")) {
            Ok(Word::MandateEnded(ended)) => {
                assert!(expected.is_empty(), "{mandate:?} {on}");
                assert_eq!((ended.id, ended.on, ended.ground.as_str()), (id, day(on), "resigned"));
            }
            Ok(word) => panic!("{word:?}"),
            Err(refusals) => assert_eq!(refusals, *expected, "{mandate:?} {on}"),
        }
    }
}

#[test]
fn only_paths_of_this_site_are_returned_to() {
    for good in ["/", "/bureau", "/recommandations/r-1?apres=3#suite", "/personnes/inviter?pour=body:x"] {
        assert_eq!(local(good), good);
    }
    let long = format!("/{}", "a".repeat(500));
    for bad in [
        "",
        "bureau",
        "//autre.example",
        "/\\autre.example",
        "/a\\b",
        "https://autre.example",
        "/a b",
        "/é",
        "/a\r\nb",
        "/connexion",
        "/deconnexion",
        "/connexion?retour=/connexion",
        "javascript:alert(1)",
        &long,
    ] {
        assert_eq!(local(bad), "/bureau", "{bad}");
    }
}

#[test]
fn every_message_stands_in_both_languages_and_serves() {
    let sources = [
        include_str!("acts.rs"),
        include_str!("pages.rs"),
        include_str!("pages/desk.rs"),
        include_str!("pages/invitation.rs"),
        include_str!("pages/invite.rs"),
        include_str!("pages/mandates.rs"),
        include_str!("pages/persons.rs"),
        include_str!("pages/security.rs"),
        include_str!("pages/sign_in.rs"),
    ];
    // Names of derived-secret parts look like keys; they are in `factor.rs` and `enrolment.rs`, left out
    // here.
    let wrong = web::laws::check_messages(
        "access",
        &sources,
        include_str!("../lang/fr.ftl"),
        include_str!("../lang/en.ftl"),
    );
    assert_eq!(wrong, Vec::<String>::new());
}
