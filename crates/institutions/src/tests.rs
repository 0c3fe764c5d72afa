//! Cases over the acts and the seats, and the pages of a small fictional country.

mod acts;
mod pages;

/// The day that the text spells.
fn day(text: &str) -> terms::Day {
    text.parse().unwrap()
}

#[test]
fn every_message_is_in_both_languages_and_used() {
    let sources = [
        include_str!("lib.rs"),
        include_str!("acts.rs"),
        include_str!("pages/mod.rs"),
        include_str!("pages/attendance.rs"),
        include_str!("pages/compared.rs"),
        include_str!("pages/matrix.rs"),
        include_str!("pages/bodies.rs"),
        include_str!("pages/body.rs"),
        include_str!("pages/forms.rs"),
        include_str!("pages/home.rs"),
        include_str!("pages/place.rs"),
        include_str!("pages/places.rs"),
        include_str!("pages/seating.rs"),
        include_str!("pages/sheets.rs"),
    ];
    let (fr, en) = (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl"));
    assert_eq!(web::laws::check_messages("institutions", &sources, fr, en), Vec::<String>::new());
}
