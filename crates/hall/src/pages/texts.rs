//! Pages of prose: what this is, its limits, its ethics, and short guides. The texts are in `texts/`, one file a
//! language.

use web::{Language, Markup, Outcome, Page, Stop, Visit, html};

use crate::prose::Prose;

/// Where the texts are read.
pub(crate) const PATHS: [&str; 8] = [
    "/a-propos",
    "/a-propos/limites",
    "/a-propos/ethique",
    "/aide",
    "/aide/date-expliquee",
    "/aide/repondre-par-un-lien",
    "/aide/signes",
    "/aide/verifier-le-registre",
];

/// Where the operator's contact stands.
const ABOUT: &str = "/a-propos";

/// The text of a path in a language.
pub(crate) fn text(path: &str, language: Language) -> Option<&'static str> {
    use Language::{English, French};
    macro_rules! texts {
        ($($path:literal: $file:literal)*) => {
            match (path, language) {
                $(
                    ($path, French) => Some(include_str!(concat!("../../texts/fr/", $file, ".md"))),
                    ($path, English) => Some(include_str!(concat!("../../texts/en/", $file, ".md"))),
                )*
                _ => None,
            }
        };
    }
    texts! {
        "/a-propos": "a-propos"
        "/a-propos/limites": "limites"
        "/a-propos/ethique": "ethique"
        "/aide": "aide"
        "/aide/date-expliquee": "date-expliquee"
        "/aide/repondre-par-un-lien": "repondre-par-un-lien"
        "/aide/signes": "signes"
        "/aide/verifier-le-registre": "verifier-le-registre"
    }
}

pub(crate) async fn page(visit: Visit) -> Outcome {
    visit
        .page(|_, visit| {
            let text = text(visit.path(), visit.language()).ok_or(Stop::NotFound)?;
            let founded = &visit.house().record().founded;
            let french = visit.language() == Language::French;
            let title = if french { founded.title.fr.as_str() } else { founded.title.english() };
            let prose = Prose::read(text, &[("{titre}", title), ("{origine}", &founded.origin)]);
            let body = html! {
                (prose.markup(visit))
                @if visit.path() == ABOUT { (contact(visit)) }
            };
            let page = Page::new(prose.title.clone(), body);
            Ok(match visit.path() {
                path if path.starts_with("/a-propos/") => page.under(visit.say("foot-about"), "/a-propos"),
                path if path.starts_with("/aide/") => page.under(visit.say("hall-help"), "/aide"),
                _ => page,
            })
        })
        .await
}

fn contact(visit: &Visit) -> Markup {
    html! {
        h2 id="contact" { (visit.say("hall-contact")) }
        @match visit.house().contact() {
            Some(contact) => p { (contact) },
            None => p.mute { (visit.say("hall-contact-none")) },
        }
    }
}
