//! What the records of these tests are founded with.

use terms::Bilingual;
use terms::instance::Founded;

/// A record of no country, whose key is still to be made.
pub(crate) fn founded() -> Founded {
    Founded {
        origin: "essai.example/registre".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "essai".into(),
        title: Bilingual::same("Essai"),
        country: "XX".into(),
        zone: "Africa/Bamako".into(),
        weekend: vec![6, 7],
    }
}
