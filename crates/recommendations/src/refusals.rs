//! Each refusal with the field that mends it and the sentence that says how.

use crate::acts::{ADDRESSEES_MAX, POINTS_MAX, Refusal, TEXT_MAX, TITLE_MAX};

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        let (field, key, arguments) = spelled(refusal);
        Self { field, key, arguments }
    }
}

type Spelled = (String, &'static str, Vec<(&'static str, String)>);

fn plain(field: &str, key: &'static str) -> Spelled {
    (field.to_owned(), key, Vec::new())
}

fn long(field: String, count: usize, most: usize) -> Spelled {
    (field, "form-too-long", vec![("count", count.to_string()), ("most", most.to_string())])
}

/// One arm a refusal: the compiler sees that none is forgotten.
fn spelled(refusal: Refusal) -> Spelled {
    use Refusal as R;
    match refusal {
        R::NoTitle => plain("titre", "recommendations-refused-no-title"),
        R::TitleTooLong(count) => long("titre".into(), count, TITLE_MAX),
        R::GroundsTooLong(count) => long("motifs".into(), count, TEXT_MAX),
        R::NoPoint => plain("p1-texte", "recommendations-refused-no-point"),
        R::PointEmpty(n) => numbered(format!("p{n}-texte"), "recommendations-refused-point-empty", n),
        R::PointTooLong(n, count) => long(format!("p{n}-texte"), count, TEXT_MAX),
        R::TooManyPoints(_) => {
            let most = vec![("most", POINTS_MAX.to_string())];
            ("p1-texte".into(), "recommendations-refused-points-many", most)
        }
        R::DeadlinePassed(n) => {
            numbered(format!("p{n}-echeance"), "recommendations-refused-deadline-passed", n)
        }
        R::NoAddressee => plain("d1-qui", "recommendations-refused-no-addressee"),
        R::AddresseeUnknown(n, text) => {
            (format!("d{n}-qui"), "recommendations-refused-addressee-unknown", vec![("text", text)])
        }
        R::AddresseeTwice(n) => numbered(format!("d{n}-qui"), "recommendations-refused-addressee-twice", n),
        R::TooManyAddressees(_) => {
            let most = vec![("most", ADDRESSEES_MAX.to_string())];
            ("d1-qui".into(), "recommendations-refused-addressees-many", most)
        }
        R::ThemeUnknown => plain("theme", "recommendations-refused-theme"),
        R::PriorityUnknown => plain("priorite", "recommendations-refused-priority"),
        R::AdoptedInFuture => plain("adopte-le", "recommendations-refused-adopted-future"),
        R::YearOther => plain("adopte-le", "recommendations-refused-year"),
        R::SittingOther => plain("seance", "recommendations-refused-sitting-other"),
        R::SittingLater => plain("seance", "recommendations-refused-sitting-later"),
        R::AlreadyAdopted => plain("", "recommendations-refused-already-adopted"),
        R::Unknown => plain("", "recommendations-refused-unknown"),
        R::NotAddressed => plain("destinataire", "recommendations-refused-not-addressed"),
        R::AlreadyTransmitted(day) => (
            "destinataire".into(),
            "recommendations-refused-already-sent",
            vec![("day", calendar::day_fr(day))],
        ),
        R::DeliveredBeforeAdoption => plain("remis-le", "recommendations-refused-delivered-early"),
        R::DeliveredInFuture => plain("remis-le", "recommendations-refused-delivered-future"),
        R::PointUnknown => plain("point", "recommendations-refused-point-unknown"),
        R::RuleUnknown => plain("regle", "recommendations-refused-rule"),
        R::Closed => plain("", "recommendations-refused-closed"),
        R::NotClosed => plain("", "recommendations-refused-not-closed"),
        R::NoReason => plain("motif", "recommendations-refused-no-reason"),
        R::ReasonTooLong(count) => long("motif".into(), count, TEXT_MAX),
        R::InFuture => plain("le", "recommendations-refused-future"),
        R::TooEarly => plain("le", "recommendations-refused-early"),
        R::NoReplacement => plain("remplacee-par", "recommendations-refused-no-replacement"),
        R::ReplacementUnknown => plain("remplacee-par", "recommendations-refused-replacement-unknown"),
        R::ReplacementItself => plain("remplacee-par", "recommendations-refused-replacement-itself"),
        R::NotAskedToSign => plain("organisation", "recommendations-refused-not-asked"),
        R::AskedToSignAlready => plain("organisation", "recommendations-refused-asked-already"),
        R::AuthorSignsAlready => plain("organisation", "recommendations-refused-author-signs"),
        R::OrganisationUnknown => plain("organisation", "recommendations-refused-organisation"),
    }
}

fn numbered(field: String, key: &'static str, n: usize) -> Spelled {
    (field, key, vec![("n", n.to_string())])
}
