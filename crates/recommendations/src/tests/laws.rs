//! Laws of the house that hold here.

#[test]
fn every_message_is_said_in_both_languages() {
    let sources = [
        include_str!("../acts.rs"),
        include_str!("../acts/adoption.rs"),
        include_str!("../acts/delivery.rs"),
        include_str!("../acts/turn.rs"),
        include_str!("../export.rs"),
        include_str!("../import.rs"),
        include_str!("../lib.rs"),
        include_str!("../pages.rs"),
        include_str!("../refusals.rs"),
        include_str!("../seals.rs"),
        include_str!("../pages/desk.rs"),
        include_str!("../pages/draft.rs"),
        include_str!("../pages/draft_form.rs"),
        include_str!("../pages/list.rs"),
        include_str!("../pages/matrix.rs"),
        include_str!("../pages/show.rs"),
        include_str!("../pages/transmit.rs"),
    ];
    let (fr, en) = (include_str!("../../lang/fr.ftl"), include_str!("../../lang/en.ftl"));
    let wrong = web::laws::check_messages("recommendations", &sources, fr, en);
    // `"recommendations-"` alone is the beginning of no message of ours.
    assert_eq!(wrong, Vec::<String>::new());
}
