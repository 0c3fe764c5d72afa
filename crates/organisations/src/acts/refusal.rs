//! What can be mended of an act of the register, and the sentence that says how.

/// What the person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No such kind of organisation.
    UnknownKind,
    /// The founding is neither a year, a month nor a day.
    FoundingUnreadable(String),
    /// The founding is to come.
    FoundingLater,
    /// An organisation of this name or acronym is on the register, and nobody said that this is another.
    SameName(String),
    /// No such statement.
    UnknownStatement,
    /// The day is to come.
    Later(&'static str),
    /// Neither a source nor a note says whence it is.
    Unsourced,
    /// Contested, without a word on who says otherwise.
    ContestedByWhom,
    /// No organisation of the register is called so.
    UnknownUmbrella(String),
    /// Several are called so.
    SeveralUmbrellas(String),
    /// An organisation is no member of itself.
    MemberOfItself,
    /// The last day does not come after the first.
    DatesReversed,
    /// A membership that overlaps this one is recorded already.
    AlreadyMember,
    /// A fictional organisation and a real one.
    ExerciseMixed,
    /// No place is called so.
    UnknownPlace(String),
    /// Several places are called so.
    SeveralPlaces(String),
    /// No source of this name is cited on the record.
    UnknownSource,
    /// No such criterion.
    UnknownCriterion,
    /// Neither that it holds, nor that it does not, nor that it is not known.
    UnknownValue,
    /// Neither declared nor observed.
    UnknownBasis,
    /// A tie that holds, or does not, without anything that shows it.
    TieUnevidenced,
    /// Observed ties are for those who keep the instance.
    DeclaredAlone,
    /// The entry says nothing of that organisation.
    NothingToReplyTo,
    /// A scheme is a code of capitals, or an address.
    SchemeUnreadable(String),
    /// Another organisation bears it in those days.
    IdentifierTaken(String),
    /// The organisation bears it already.
    IdentifierKnown,
    /// No such kind of restriction.
    UnknownRestriction,
    /// Neither announced, in force nor lifted.
    UnknownStage,
    /// Only what is in force or was has a first day in the past; what was lifted has a last one.
    LiftedWhen,
    /// A rate is of a levy, and a levy has one: over nought, at most the whole.
    RateOutside,
    /// No organisation of the register is called so.
    UnknownOrganisation(String),
    /// Several are called so.
    SeveralOrganisations(String),
    /// No such legal form.
    UnknownForm,
    /// A scheme without the number that it gives.
    SchemeAlone,
    /// Another organisation has this receipt in those days.
    ReceiptTaken(String),
    /// The organisation has this receipt already.
    ReceiptKnown,
    /// Neither where it works nor on what.
    NothingOfWork,
    /// No such theme.
    UnknownTheme,
    /// No place is called so.
    UnknownWorkPlace(String),
    /// Several places are called so.
    SeveralWorkPlaces(String),
    /// An organisation is not merged with itself.
    MergedWithItself,
    /// This one goes on under another's id already.
    MergedAlready(String),
    /// A fictional organisation and a real one are not one.
    WorldsMerged,
    /// This one stands by itself.
    NotMerged,
    /// These two were told apart already.
    DistinguishedAlready,
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        use Refusal as R;
        let (field, key, arguments) = match refusal {
            R::UnknownKind => ("sorte", "organisations-refused-kind", vec![]),
            R::FoundingUnreadable(text) => {
                ("fondation", "organisations-refused-founding", vec![("text", text)])
            }
            R::FoundingLater => ("fondation", "organisations-refused-founding-later", vec![]),
            R::SameName(name) => ("nom", "organisations-refused-same-name", vec![("name", name)]),
            R::UnknownStatement => ("statut", "organisations-refused-statement", vec![]),
            R::Later(field) => (field, "organisations-refused-later", vec![]),
            R::Unsourced => ("source", "organisations-refused-unsourced", vec![]),
            R::ContestedByWhom => ("note", "organisations-refused-contested", vec![]),
            R::UnknownUmbrella(text) => {
                ("faitiere", "organisations-refused-unknown-umbrella", vec![("text", text)])
            }
            R::SeveralUmbrellas(names) => {
                ("faitiere", "organisations-refused-several-umbrellas", vec![("names", names)])
            }
            R::MemberOfItself => ("faitiere", "organisations-refused-itself", vec![]),
            R::DatesReversed => ("fin", "organisations-refused-reversed", vec![]),
            R::AlreadyMember => ("debut", "organisations-refused-already", vec![]),
            R::ExerciseMixed => ("faitiere", "organisations-refused-exercise", vec![]),
            R::UnknownPlace(text) => ("siege", "organisations-refused-unknown-place", vec![("text", text)]),
            R::SeveralPlaces(names) => {
                ("siege", "organisations-refused-several-places", vec![("names", names)])
            }
            R::UnknownSource => ("source", "organisations-refused-source", vec![]),
            R::UnknownCriterion => ("critere", "organisations-refused-criterion", vec![]),
            R::UnknownValue => ("valeur", "organisations-refused-value", vec![]),
            R::UnknownBasis => ("dit", "organisations-refused-basis", vec![]),
            R::TieUnevidenced => ("preuve", "organisations-refused-unevidenced", vec![]),
            R::DeclaredAlone => ("dit", "organisations-refused-declared-alone", vec![]),
            R::NothingToReplyTo => ("texte", "organisations-refused-nothing-to-reply", vec![]),
            R::SchemeUnreadable(text) => ("registre", "organisations-refused-scheme", vec![("text", text)]),
            R::IdentifierTaken(name) => ("valeur", "organisations-refused-taken", vec![("name", name)]),
            R::IdentifierKnown => ("valeur", "organisations-refused-known", vec![]),
            R::UnknownRestriction => ("sorte", "organisations-refused-restriction", vec![]),
            R::UnknownStage => ("etat", "organisations-refused-stage", vec![]),
            R::LiftedWhen => ("fin", "organisations-refused-lifted", vec![]),
            R::RateOutside => ("taux", "organisations-refused-rate", vec![]),
            R::UnknownOrganisation(text) => {
                ("organisations", "organisations-refused-unknown-organisation", vec![("text", text)])
            }
            R::SeveralOrganisations(names) => {
                ("organisations", "organisations-refused-several-organisations", vec![("names", names)])
            }
            R::UnknownForm => ("forme", "organisations-refused-form", vec![]),
            R::SchemeAlone => ("recepisse", "organisations-refused-scheme-alone", vec![]),
            R::ReceiptTaken(name) => ("recepisse", "organisations-refused-taken", vec![("name", name)]),
            R::ReceiptKnown => ("recepisse", "organisations-refused-known", vec![]),
            R::NothingOfWork => ("lieux", "organisations-refused-nothing-of-work", vec![]),
            R::UnknownTheme => ("theme", "organisations-refused-theme", vec![]),
            R::UnknownWorkPlace(text) => {
                ("lieux", "organisations-refused-unknown-place", vec![("text", text)])
            }
            R::SeveralWorkPlaces(names) => {
                ("lieux", "organisations-refused-several-places", vec![("names", names)])
            }
            R::MergedWithItself => ("autre", "organisations-refused-merged-itself", vec![]),
            R::MergedAlready(name) => {
                ("garder", "organisations-refused-merged-already", vec![("name", name)])
            }
            R::WorldsMerged => ("garder", "organisations-refused-worlds-merged", vec![]),
            R::NotMerged => ("raison", "organisations-refused-not-merged", vec![]),
            R::DistinguishedAlready => ("raison", "organisations-refused-distinguished", vec![]),
        };
        Self { field: field.to_owned(), key, arguments }
    }
}
