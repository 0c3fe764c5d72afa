//! The draft as fields: what was typed, the recommendation that reads from it, and the form that shows it again.

use std::collections::BTreeMap;

use record::directory::{self, Kind, Named};
use record::{Fault, Tx};
use terms::recommendations::Author;
use terms::{BodyId, OrganisationId, PlaceId, RecommendationId};
use web::{Form, Input, Markup, Refusals, Stop, Visit, html};

use super::desk::authors;
use super::list::names;
use crate::acts::{
    ADDRESSEES_MAX, Addressed, Adoption, Asked, Cosignature, DRAFTING, Evidence, POINTS_MAX, Scored,
    TEXT_MAX, TITLE_MAX,
};
use crate::tables::{self, Draft, DraftFile};

const SINGLE: [&str; 10] = [
    "pour",
    "titre",
    "motifs",
    "theme",
    "priorite",
    "urgent",
    "une-action",
    "moyens",
    "lieu",
    "preuve-texte",
];
const OF_POINT: [&str; 3] = ["texte", "indicateur", "echeance"];
const OF_ADDRESSEE: [&str; 2] = ["qui", "competence"];

/// What was typed, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    single: BTreeMap<&'static str, String>,
    points: Vec<[String; 3]>,
    addressees: Vec<[String; 2]>,
}

/// The rows up to the last in which anything was typed.
fn rows<const N: usize>(form: &Form, letter: char, parts: [&str; N], most: usize) -> Vec<[String; N]> {
    let row = |n: usize| parts.map(|part| form.text(&format!("{letter}{n}-{part}")).to_owned());
    let mut rows: Vec<[String; N]> = (1..=most).map(row).collect();
    let filled = rows.iter().rposition(is_filled).map_or(0, |last| last + 1);
    rows.truncate(filled);
    rows
}

fn is_filled<const N: usize>(row: &[String; N]) -> bool {
    row.iter().any(|text| !text.is_empty())
}

impl Typed {
    /// What the form carries.
    pub(crate) fn of(form: &Form) -> Self {
        let single =
            SINGLE.iter().filter_map(|name| Some((*name, form.optional(name)?.to_owned()))).collect();
        let points = rows(form, 'p', OF_POINT, POINTS_MAX + 1);
        let mut addressees = rows(form, 'd', OF_ADDRESSEE, ADDRESSEES_MAX + 1);
        for (n, row) in (1..).zip(&mut addressees) {
            // Where a name meant several bodies, the one chosen takes its place.
            if let Some(chosen) = form.optional(&format!("d{n}-choix")) {
                row[0] = chosen.to_owned();
            }
        }
        Self { single, points, addressees }
    }

    /// One button's change: a row more or less, and empty rows closed up.
    pub(crate) fn changed(&mut self, button: &str) {
        if let Some(n) = button.strip_prefix("retirer-point-") {
            remove(&mut self.points, n);
        } else if let Some(n) = button.strip_prefix("retirer-destinataire-") {
            remove(&mut self.addressees, n);
        }
        self.points.retain(is_filled);
        self.addressees.retain(is_filled);
        if button == "ajouter-point" {
            self.points.push(Default::default());
        } else if button == "ajouter-destinataire" {
            self.addressees.push(Default::default());
        }
    }

    /// As names and values; the counts keep rows that wait to be filled.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> =
            self.single.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        fields.push(("points".into(), self.points.len().max(1).to_string()));
        fields.push(("destinataires".into(), self.addressees.len().max(1).to_string()));
        let points = (1..).zip(&self.points).flat_map(|(n, row)| named('p', n, OF_POINT, row));
        fields.extend(points.collect::<Vec<_>>());
        let addressees = (1..).zip(&self.addressees).flat_map(|(n, row)| named('d', n, OF_ADDRESSEE, row));
        fields.extend(addressees.collect::<Vec<_>>());
        fields
    }

    /// The author chosen, if the visitor may draft for it.
    pub(crate) fn author(&self, visit: &Visit) -> Option<Author> {
        let wanted = self.single.get("pour")?;
        authors(visit, DRAFTING).into_iter().find(|author| author_value(author) == *wanted)
    }

    /// What cannot even be kept in a drawer: texts over the size, days that are none.
    pub(crate) fn check(&self, form: &Form, visit: &Visit, refusals: &mut Refusals) {
        if self.author(visit).is_none() {
            refusals.add("pour", "recommendations-refused-author");
        }
        form.at_most("titre", TITLE_MAX, refusals);
        for name in ["motifs", "moyens", "preuve-texte"] {
            form.at_most(name, TEXT_MAX, refusals);
        }
        for n in 1..=POINTS_MAX + 1 {
            form.at_most(&format!("p{n}-texte"), TEXT_MAX, refusals);
            form.at_most(&format!("p{n}-indicateur"), TEXT_MAX, refusals);
            form.day(&format!("p{n}-echeance"), refusals);
        }
        if self.points.len() > POINTS_MAX {
            let most = vec![("most", POINTS_MAX.to_string())];
            refusals.add_with("p1-texte", "recommendations-refused-points-many", most);
        }
        if self.addressees.len() > ADDRESSEES_MAX {
            let most = vec![("most", ADDRESSEES_MAX.to_string())];
            refusals.add_with("d1-qui", "recommendations-refused-addressees-many", most);
        }
    }
}

fn remove<T>(rows: &mut Vec<T>, n: &str) {
    if let Ok(n @ 1..) = n.parse::<usize>()
        && n <= rows.len()
    {
        rows.remove(n - 1);
    }
}

fn named<const N: usize>(
    letter: char,
    n: usize,
    parts: [&'static str; N],
    row: &[String; N],
) -> Vec<(String, String)> {
    parts.iter().zip(row).map(|(part, text)| (format!("{letter}{n}-{part}"), text.clone())).collect()
}

/// The author as the form's choice spells it.
pub(crate) fn author_value(author: &Author) -> String {
    let (kind, id) = tables::author_columns(author);
    format!("{kind}:{id}")
}

/// The fields as a form, to be shown again or read.
pub(crate) fn as_form(fields: &[(String, String)]) -> Form {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    Form::of(&fields)
}

/// What a draft says, and whom its names may mean.
pub(crate) struct Reading {
    /// The recommendation as it would be adopted.
    pub(crate) adoption: Adoption,
    /// What keeps it from being read whole.
    pub(crate) refusals: Refusals,
    /// For each addressee row, the bodies that its text may mean.
    pub(crate) meant: Vec<Vec<Named>>,
}

/// The recommendation that the draft's fields spell.
pub(crate) fn read(tx: &mut Tx<'_>, draft: &Draft) -> Result<Reading, Stop> {
    let form = as_form(&draft.fields);
    let mut refusals = Refusals::default();
    let count = |name: &str, most: usize| form.text(name).parse::<usize>().unwrap_or(1).clamp(1, most);
    let points = points(&form, count("points", POINTS_MAX), &mut refusals);
    let (addressees, meant) = addressees(tx, &form, count("destinataires", ADDRESSEES_MAX), &mut refusals)?;
    let places = places(tx, &form, &draft.author, &mut refusals)?;
    let text = |name: &str| form.optional(name).map(str::to_owned);
    let own_text = text("preuve-texte").map(Evidence::Text);
    let files = draft.files.iter().map(|file| Evidence::File(file.media, file.bytes.clone()));
    let signed = draft.cosigners.iter().filter(|(_, state, _)| *state == Cosignature::Given);
    let adoption = Adoption {
        id: RecommendationId::parse(&draft.id).map_err(|_| Stop::NotFound)?,
        author: draft.author.clone(),
        exercise: is_exercise(tx, &draft.author, &addressees)?,
        places,
        title: form.text("titre").to_owned(),
        grounds: text("motifs"),
        means: text("moyens"),
        points,
        addressees,
        theme: text("theme"),
        priority: form.text("priorite").parse().unwrap_or(2),
        urgent: form.ticked("urgent"),
        scored: Scored::Seen { one_action: form.ticked("une-action") },
        cosigners: signed.map(|(organisation, _, _)| organisation.clone()).collect(),
        evidence: own_text.into_iter().chain(files).collect(),
        adopted_on: None,
        year: draft.changed_on.year(),
        sitting: None,
        document: None,
        source: None,
    };
    Ok(Reading { adoption, refusals, meant })
}

fn points(form: &Form, count: usize, refusals: &mut Refusals) -> Vec<Asked> {
    let all = (1..=count).map(|n| Asked {
        text: form.text(&format!("p{n}-texte")).to_owned(),
        indicator: form.optional(&format!("p{n}-indicateur")).map(str::to_owned),
        deadline: form.day(&format!("p{n}-echeance"), refusals),
    });
    all.filter(|point| *point != Asked::default()).collect()
}

type Whom = (Vec<Addressed>, Vec<Vec<Named>>);

fn addressees(tx: &mut Tx<'_>, form: &Form, count: usize, refusals: &mut Refusals) -> Result<Whom, Fault> {
    let (mut addressees, mut meant) = (Vec::new(), Vec::new());
    for n in 1..=count {
        let field = format!("d{n}-qui");
        let Some(text) = form.optional(&field) else {
            meant.push(Vec::new());
            continue;
        };
        let found = directory::called(tx, Kind::Body, text, 8)?;
        match (found.as_slice(), found.first().and_then(|one| BodyId::parse(&one.id).ok())) {
            ([_], Some(body)) => addressees.push(Addressed {
                body,
                competence: form.optional(&format!("d{n}-competence")).map(str::to_owned),
            }),
            ([], _) => refusals.add_with(
                &field,
                "recommendations-refused-addressee-unknown",
                vec![("text", text.to_owned())],
            ),
            _ => refusals.add_with(
                &field,
                "recommendations-refused-addressee-several",
                vec![("text", text.to_owned())],
            ),
        }
        meant.push(found);
    }
    Ok((addressees, meant))
}

/// The place named, else the author's, with every larger place.
fn places(
    tx: &mut Tx<'_>,
    form: &Form,
    author: &Author,
    refusals: &mut Refusals,
) -> Result<Vec<PlaceId>, Fault> {
    let place = match form.optional("lieu") {
        Some(text) => {
            let found = directory::called(tx, Kind::Place, text, 8)?;
            if found.len() != 1 {
                let names: Vec<String> = found.iter().map(|one| one.id.clone()).collect();
                let arguments = vec![("text", text.to_owned()), ("found", names.join(", "))];
                refusals.add_with("lieu", "recommendations-refused-place", arguments);
            }
            found.into_iter().next().and_then(|one| PlaceId::parse(&one.id).ok())
        }
        None => {
            let (kind, id) = match author {
                Author::Body { body } => (Kind::Body, body.as_str()),
                Author::Organisation { organisation } => (Kind::Organisation, organisation.as_str()),
                Author::Named { .. } => return Ok(Vec::new()),
            };
            directory::look_up(tx, kind, id)?.and_then(|named| named.place)
        }
    };
    place.map_or(Ok(Vec::new()), |place| directory::places_around(tx, &place))
}

/// Whether it is part of an exercise: what a fictional committee asks, or what is asked of a fictional authority, is fictional.
fn is_exercise(tx: &mut Tx<'_>, author: &Author, addressees: &[Addressed]) -> Result<bool, Fault> {
    let author = match author {
        Author::Body { body } => directory::look_up(tx, Kind::Body, body.as_str())?,
        Author::Organisation { organisation } => {
            directory::look_up(tx, Kind::Organisation, organisation.as_str())?
        }
        Author::Named { .. } => None,
    };
    let mut exercise = author.is_some_and(|named| named.exercise);
    for addressed in addressees {
        let named = directory::look_up(tx, Kind::Body, addressed.body.as_str())?;
        exercise |= named.is_some_and(|named| named.exercise);
    }
    Ok(exercise)
}

/// The form with what was typed, its buttons and what is to be mended.
pub(crate) fn markup(
    tx: &mut Tx<'_>,
    visit: &Visit,
    action: &str,
    form: &Form,
    meant: &[Vec<Named>],
    files: &[DraftFile],
    refusals: &Refusals,
) -> Result<Markup, Stop> {
    let mut names = names(visit);
    let mut choices = Vec::new();
    for author in authors(visit, DRAFTING) {
        choices.push((author_value(&author), names.of_author(tx, &author)?));
    }
    let themes: Vec<(String, String)> = directory::all(tx, Kind::Theme)?
        .into_iter()
        .map(|theme| (theme.id.clone(), theme.fr.unwrap_or(theme.id)))
        .collect();
    let priorities: Vec<(String, String)> = ["3", "2", "1"]
        .iter()
        .map(|p| ((*p).to_owned(), visit.say(&format!("recommendations-priority-{p}"))))
        .collect();
    let count = |name: &str, most: usize| form.text(name).parse::<usize>().unwrap_or(1).clamp(1, most);
    let (points, addressees) = (count("points", POINTS_MAX), count("destinataires", ADDRESSEES_MAX));
    let input = |name, label: &str| Input::new(name, visit.say(label));
    Ok(html! {
        form method="post" enctype="multipart/form-data" action=(visit.link(action)) {
            (visit.token_field())
            // The Enter key presses the first button of a form: it keeps the draft, and adds no row.
            button.unseen name="faire" value="enregistrer" tabindex="-1" aria-hidden="true" {
                (visit.say("recommendations-draft-save"))
            }
            (visit.choice_field(&input("pour", "recommendations-draft-for"), &choices, form, refusals))
            (visit.text_field(&input("titre", "recommendations-draft-title"), "text", form, refusals))
            (visit.text_area(&input("motifs", "recommendations-grounds"), 5, form, refusals))
            @for n in 1..=points { (point_fields(visit, n, form, refusals)) }
            p { button.plain name="faire" value="ajouter-point" { (visit.say("recommendations-draft-add-point")) } }
            @for n in 1..=addressees {
                (addressee_fields(visit, n, form, meant.get(n - 1).map_or(&[][..], Vec::as_slice), refusals))
            }
            p { button.plain name="faire" value="ajouter-destinataire" {
                (visit.say("recommendations-draft-add-addressee")) } }
            (visit.choice_field(&input("theme", "recommendations-column-theme"), &themes, form, refusals))
            (visit.choice_field(&input("priorite", "recommendations-column-priority"), &priorities, form, refusals))
            (visit.text_field(&input("lieu", "recommendations-column-place")
                .hint(visit.say("recommendations-draft-place-hint")), "text", form, refusals))
            (visit.text_area(&input("moyens", "recommendations-quality-means")
                .hint(visit.say("recommendations-draft-means-hint")), 2, form, refusals))
            (visit.text_area(&input("preuve-texte", "recommendations-evidence")
                .hint(visit.say("recommendations-draft-evidence-hint")), 3, form, refusals))
            (kept_files(visit, files))
            (visit.file_field(&input("preuve-fichier", "recommendations-draft-file")
                .hint(visit.say("recommendations-file-hint")), refusals))
            (visit.tick_field(&input("une-action", "recommendations-quality-one-action"), form))
            (visit.tick_field(&input("urgent", "recommendations-draft-urgent"), form))
            button name="faire" value="enregistrer" { (visit.say("recommendations-draft-save")) }
        }
    })
}

fn point_fields(visit: &Visit, n: usize, form: &Form, refusals: &Refusals) -> Markup {
    let (text, indicator, deadline) =
        (format!("p{n}-texte"), format!("p{n}-indicateur"), format!("p{n}-echeance"));
    html! {
        fieldset.field {
            legend { (visit.say_with("recommendations-draft-point", &[("n", n.into())])) }
            (visit.text_area(&Input::new(&text, visit.say("recommendations-draft-asks"))
                .hint(visit.say("recommendations-draft-asks-hint")), 3, form, refusals))
            (visit.text_field(&Input::new(&indicator, visit.say("recommendations-indicator")), "text", form, refusals))
            (visit.text_field(&Input::new(&deadline, visit.say("recommendations-deadline"))
                .hint(visit.say("recommendations-day-hint")), "text", form, refusals))
            button.plain name="faire" value=(format!("retirer-point-{n}")) {
                (visit.say_with("recommendations-draft-remove-point", &[("n", n.into())])) }
        }
    }
}

fn addressee_fields(visit: &Visit, n: usize, form: &Form, meant: &[Named], refusals: &Refusals) -> Markup {
    let (who, choice, competence) = (format!("d{n}-qui"), format!("d{n}-choix"), format!("d{n}-competence"));
    let choices: Vec<(String, String)> = meant
        .iter()
        .map(|named| (named.id.clone(), named.fr.clone().unwrap_or_else(|| named.id.clone())))
        .collect();
    html! {
        fieldset.field {
            legend { (visit.say_with("recommendations-draft-addressee", &[("n", n.into())])) }
            (visit.text_field(&Input::new(&who, visit.say("recommendations-draft-who"))
                .hint(visit.say("recommendations-draft-who-hint")), "text", form, refusals))
            @match choices.as_slice() {
                [] => {}
                [(_, name)] => p.small { "→ " (name) },
                several => (visit.choice_field(
                    &Input::new(&choice, visit.say("recommendations-draft-which")), several, form, refusals)),
            }
            (visit.text_field(&Input::new(&competence, visit.say("recommendations-draft-competence"))
                .hint(visit.say("recommendations-draft-competence-hint")), "text", form, refusals))
            button.plain name="faire" value=(format!("retirer-destinataire-{n}")) {
                (visit.say_with("recommendations-draft-remove-addressee", &[("n", n.into())])) }
        }
    }
}

fn kept_files(visit: &Visit, files: &[DraftFile]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul {
                @for file in files {
                    li {
                        (file.media.as_str()) ", " (visit.number(i64::try_from(file.bytes.len()).unwrap_or(0)))
                        " " (visit.say("recommendations-draft-bytes")) " "
                        button.plain name="faire" value=(format!("retirer-piece-{}", file.rank)) {
                            (visit.say("recommendations-draft-remove-file")) }
                    }
                }
            }
        }
    }
}

/// The organisation that a text means, if it means one alone.
pub(crate) fn organisation(tx: &mut Tx<'_>, text: &str) -> Result<Option<OrganisationId>, Fault> {
    let found = directory::called(tx, Kind::Organisation, text, 2)?;
    Ok(match found.as_slice() {
        [one] => OrganisationId::parse(&one.id).ok(),
        _ => None,
    })
}
