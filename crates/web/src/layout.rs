//! The page around what a room shows: head, navigation, banners, foot.

use maud::{DOCTYPE, Markup, html};
use record::{Tx, proofs};
use terms::Day;

use crate::house::style_address;
use crate::room::Nav;
use crate::{Format, Language, Spot, Stop, Visit};

/// A page before its layout.
pub struct Page {
    title: String,
    crumbs: Vec<(String, String)>,
    body: Markup,
    formats: Vec<Format>,
    exercise: bool,
    entry: Option<u64>,
}

impl Page {
    /// A page with this title and body.
    #[must_use]
    pub fn new(title: String, body: Markup) -> Self {
        Self { title, crumbs: Vec::new(), body, formats: Vec::new(), exercise: false, entry: None }
    }

    /// Under this page, by its label and address without language.
    #[must_use]
    pub fn under(mut self, label: String, path: &str) -> Self {
        self.crumbs.push((label, path.to_owned()));
        self
    }

    /// The same address with these suffixes gives the same as data, feed or calendar.
    #[must_use]
    pub fn also_as(mut self, formats: &[Format]) -> Self {
        self.formats = formats.to_vec();
        self
    }

    /// The page shows part of an exercise and says so.
    #[must_use]
    pub fn exercise(mut self, exercise: bool) -> Self {
        self.exercise = exercise;
        self
    }

    /// The page shows what this entry of the record says; its foot then says how anyone checks it, or a newer one that the page
    /// shows too ([`Visit::shows_entry`]).
    #[must_use]
    pub fn of_entry(mut self, index: u64) -> Self {
        self.entry = Some(index);
        self
    }

    pub(crate) fn stopped(visit: &Visit, stop: &Stop, number: Option<&str>) -> Self {
        let (title, text) = match stop {
            Stop::NotFound => ("stop-not-found", "stop-not-found-text"),
            Stop::SignInFirst => ("stop-sign-in", "stop-sign-in-text"),
            Stop::NoStanding => ("stop-no-standing", "stop-no-standing-text"),
            Stop::Stale => ("stop-stale", "stop-stale-text"),
            Stop::TooMany => ("stop-too-many", "stop-too-many-text"),
            Stop::Refused(_) => ("form-there-is-a-problem", "stop-refused-text"),
            Stop::Misdated(_) => ("stop-misdated", "stop-misdated-text"),
            Stop::TooLarge => ("stop-too-large", "stop-too-large-text"),
            Stop::Malformed => ("stop-malformed", "stop-malformed-text"),
            Stop::NotDoneHere => ("stop-not-done-here", "stop-not-done-here-text"),
            Stop::TooLong => ("stop-too-long", "stop-too-long-text"),
            Stop::Replaying(_) => ("stop-replaying", "stop-replaying-text"),
            Stop::Mirror => ("stop-mirror", "stop-mirror-text"),
            Stop::Fault(record::Fault::Full) => ("stop-full", "stop-full-text"),
            Stop::Fault(record::Fault::Store(_) | record::Fault::OtherStore(_)) => {
                ("stop-store", "stop-store-text")
            }
            Stop::Fault(record::Fault::Lost { .. }) => ("stop-lost", "stop-lost-text"),
            Stop::Fault(_) => ("stop-fault", "stop-fault-text"),
        };
        let body = html! {
            h1 { (visit.say(title)) }
            p { (visit.say(text)) }
            @if let Stop::Refused(refusals) | Stop::Misdated(refusals) = stop { (visit.error_summary(refusals)) }
            @if let Stop::Replaying(percent) = stop {
                p { progress max="100" value=(percent) aria-label=(visit.say(title)) {} " " (percent) " %" }
                p { a href=(visit.in_language(visit.language())) { (visit.say("stop-replaying-again")) } }
            }
            @if let (Stop::Mirror, Some(now)) = (stop, visit.house().mirror()) {
                p { (crate::mirror::original(visit, &now)) }
            }
            @if let Some(number) = number { p { (visit.say_with("stop-number", &[("number", number.into())])) } }
            p { a href=(visit.link("/")) { (visit.say("nav-home")) } }
        };
        Self::new(visit.say(title), body)
    }

    /// The whole page.
    ///
    /// **Errors** the database refused.
    pub(crate) fn laid_out(self, tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
        let size: Option<u64> =
            tx.row("SELECT size FROM checkpoint ORDER BY day DESC LIMIT 1", &[], |row| row.get(0))?;
        let newest = self.entry.map(|entry| entry.max(visit.newest_shown().unwrap_or(0)));
        let proof = match newest {
            Some(newest) => proof(tx, visit, newest)?,
            None => html! {},
        };
        let site = &visit.house().record().founded.title;
        let site = if visit.language() == Language::French { site.fr.as_str() } else { site.english() };
        let name = if self.title == site { self.title.clone() } else { format!("{} — {site}", self.title) };
        Ok(html! {
            (DOCTYPE)
            html lang=(visit.language().tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (name) }
                    link rel="stylesheet" href=(style_address());
                    link rel="icon" type="image/svg+xml" href="/icone.svg";
                    @for language in Language::ALL {
                        link rel="alternate" hreflang=(language.tag()) href=(visit.in_language(language));
                    }
                    @if self.formats.contains(&Format::Atom) {
                        link rel="alternate" type="application/atom+xml" href=(self.suffixed(visit, Format::Atom));
                    }
                }
                body {
                    a.skip href="#contenu" { (visit.say("nav-skip")) }
                    (header(visit, site))
                    (crate::mirror::strip(visit))
                    (banners(visit, self.exercise))
                    main id="contenu" tabindex="-1" {
                        (self.crumbs(visit))
                        (self.body)
                        (self.formats(visit))
                        (proof)
                        // Where its subject was first put on the record, if something newer is shown too.
                        @if let Some(entry) = self.entry.filter(|entry| Some(*entry) != newest) {
                            (provenance(visit, entry))
                        }
                    }
                    (footer(visit, size.unwrap_or(0)))
                }
            }
        })
    }

    fn crumbs(&self, visit: &Visit) -> Markup {
        html! {
            @if !self.crumbs.is_empty() {
                nav.crumbs aria-label=(visit.say("nav-you-are-here")) {
                    ol {
                        li { a href=(visit.link("/")) { (visit.say("nav-home")) } }
                        @for (label, path) in &self.crumbs { li { a href=(visit.link(path)) { (label) } } }
                    }
                }
            }
        }
    }

    fn suffixed(&self, visit: &Visit, format: Format) -> String {
        let query = visit.query_with(&[("apres", ""), ("au", "")]);
        let path = visit.link(&format!("{}{}", visit.bare_path(), format.suffix()));
        let joined = if path.contains('?') { query.replacen('?', "&", 1) } else { query };
        format!("{path}{joined}")
    }

    fn formats(&self, visit: &Visit) -> Markup {
        html! {
            @if !self.formats.is_empty() {
                p.small.mute.screen {
                    (visit.say("page-also-as")) " "
                    @for (i, format) in self.formats.iter().enumerate() {
                        @if i > 0 { " · " }
                        a href=(self.suffixed(visit, *format)) {
                            (match format {
                                Format::Html => "HTML",
                                Format::Csv => "CSV",
                                Format::Json => "JSON",
                                Format::Atom => "Atom",
                                Format::Ics => "iCalendar",
                            })
                        }
                    }
                }
            }
        }
    }
}

/// The name before what explains it: a header keeps to one line on a small screen.
fn short_name(site: &str) -> &str {
    site.split([':', '—']).next().unwrap_or(site).trim()
}

fn places(visit: &Visit, among: fn(&Nav) -> bool) -> Markup {
    let here = visit.bare_path();
    html! {
        @for place in visit.house().nav().iter().filter(|place| among(place)) {
            @let current = here == place.path || here.starts_with(&format!("{}/", place.path));
            li { a href=(visit.link(place.path)) aria-current=[current.then_some("page")] {
                (visit.say(place.label))
            } }
        }
    }
}

fn header(visit: &Visit, site: &str) -> Markup {
    html! {
        header.site {
            div {
                nav.langs aria-label=(visit.say("nav-languages")) {
                    @for language in Language::ALL.into_iter().filter(|language| *language != visit.language()) {
                        a href=(visit.in_language(language)) hreflang=(language.tag()) lang=(language.tag()) {
                            (if language == Language::French { "Français" } else { "English" })
                        }
                    }
                }
                a.brand href=(visit.link("/")) {
                    img src="/logo.svg" width="40" height="30" alt="";
                    (short_name(site))
                }
                nav aria-label=(visit.say("nav-main")) {
                    ul {
                        (places(visit, |place| place.order < crate::room::IN_HEADER))
                        @if visit.standing().is_none() && visit.house().mirror().is_none() && !visit.house().setting().frozen {
                            li { a href=(visit.link("/connexion")) rel="nofollow" { (visit.say("nav-sign-in")) } }
                        }
                        li {
                            details.more {
                                summary { (visit.say("nav-more")) }
                                ul { (places(visit, |place| place.order >= crate::room::IN_HEADER)) }
                            }
                        }
                    }
                }
            }
        }
        @if let Some(standing) = visit.standing() {
            section.strip aria-label=(visit.say("nav-signed-in")) {
                p {
                    a href=(visit.link("/bureau")) {
                        (standing.name.clone().unwrap_or_else(|| visit.say("nav-desk")))
                    }
                }
                form method="post" action=(visit.link("/deconnexion")) {
                    (visit.token_field())
                    button.plain { (visit.say("nav-sign-out")) }
                }
            }
        }
    }
}

fn banners(visit: &Visit, exercise: bool) -> Markup {
    html! {
        @if let Some(past) = visit.past() {
            div.banner.asof role="status" {
                p {
                    (visit.say_with("banner-past", &[("day", day_text(visit, past).into())])) " "
                    a href=(format!("{}{}", visit.path(), visit.query_with(&[("au", "")]))) {
                        (visit.say("banner-past-leave"))
                    }
                }
            }
        }
        @if exercise {
            div.banner.exercise role="note" {
                p { strong { (visit.say("banner-exercise-word")) } " — " (visit.say("banner-exercise")) }
            }
        }
    }
}

fn footer(visit: &Visit, size: u64) -> Markup {
    html! {
        footer.foot {
            div {
            p { (visit.say_with("foot-record", &[("size", size.into())])) }
            ul {
                @for (path, label) in [
                    ("/a-propos", "foot-about"),
                    ("/a-propos/limites", "foot-limits"),
                    ("/a-propos/ethique", "foot-ethics"),
                    ("/methode", "foot-method"),
                    ("/sources", "foot-sources"),
                    ("/donnees", "foot-data"),
                    ("/preuve", "foot-proof"),
                ] { li { a href=(visit.link(path)) { (visit.say(label)) } } }
            }
            }
        }
    }
}

fn day_text(visit: &Visit, day: Day) -> String {
    match visit.language() {
        Language::French => calendar::day_fr(day),
        Language::English => calendar::day_en(day),
    }
}

/// A day as people write it, readable by machines.
#[must_use]
pub fn day(visit: &Visit, day: Day) -> Markup {
    html! { time datetime=(day.to_string()) { (day_text(visit, day)) } }
}

/// From one day to another, either of which may be unknown.
#[must_use]
pub fn time_range(visit: &Visit, from: Option<Day>, to: Option<Day>) -> Markup {
    html! {
        @match (from, to) {
            (Some(from), Some(to)) => { (day(visit, from)) " – " (day(visit, to)) }
            (Some(from), None) => { (visit.say("time-since")) " " (day(visit, from)) }
            (None, Some(to)) => { (visit.say("time-until")) " " (day(visit, to)) }
            (None, None) => { (visit.say("time-unknown")) }
        }
    }
}

/// Civil days from one day to a later one; negative when it is earlier.
#[must_use]
pub fn days_apart(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// A text out of an enclosure, in paragraphs; or that it was withdrawn.
#[must_use]
pub fn quoted(visit: &Visit, text: Option<&str>) -> Markup {
    let lang = visit.language_of_texts();
    html! {
        @match text {
            Some(text) => {
                @for paragraph in text.split("\n\n").filter(|p| !p.trim().is_empty()) {
                    p lang=[lang] { (paragraph.trim()) }
                }
            }
            None => p.mute { (visit.say("text-withdrawn")) },
        }
    }
}

/// Where on the record a page's subject stands, by which short code, and how anyone checks it.
fn proof(tx: &mut Tx<'_>, visit: &Visit, entry: u64) -> Result<Markup, Stop> {
    let Some(bytes) = proofs::entry(tx, entry)? else { return Ok(html! {}) };
    let code = proofs::ShortCode::of(entry, &bytes);
    let path = format!("/preuve?code={code}");
    Ok(html! {
        aside.proof aria-label=(visit.say("page-proof")) {
            (crate::draw::qr::qr(&visit.house().public(&path), &visit.say("page-proof-qr")))
            div {
                (provenance(visit, entry))
                p.small.mute { (visit.say("page-proof-code")) " " code { (code) } }
                p.small.screen {
                    a href=(visit.link(&path)) { (visit.say("page-proof-check")) } " · "
                    a href=(format!("/registre/{entry}.tlog-proof")) { (visit.say("page-proof-file")) }
                }
            }
        }
    })
}

/// Where on the record a page's subject stands.
#[must_use]
pub fn provenance(visit: &Visit, entry: u64) -> Markup {
    visit.shows_entry(entry);
    html! {
        p.small.mute {
            a href=(visit.link(&format!("/registre/{entry}"))) {
                (visit.say_with("page-entry", &[("index", entry.into())]))
            }
        }
    }
}

impl Visit {
    /// What the rooms hang in this spot, in order.
    ///
    /// **Errors** the database refused.
    pub fn panels(&self, tx: &mut Tx<'_>, spot: Spot, id: &str) -> Result<Markup, Stop> {
        let mut shown = Vec::new();
        for panel in self.house().panels(spot) {
            shown.extend((panel.show)(tx, self, id)?);
        }
        Ok(html! { @for panel in shown { (panel) } })
    }

    /// What the `lang` of a text that people wrote says where the page is in another language; none where it is the same.
    /// Texts on the record are in the instance's first language, French, and are never translated.
    #[must_use]
    pub fn language_of_texts(&self) -> Option<&'static str> {
        (self.language() != Language::French).then(|| Language::French.tag())
    }

    /// A day as people write it in the visitor's language.
    #[must_use]
    pub fn day_text(&self, day: Day) -> String {
        day_text(self, day)
    }

    /// A whole number with the language's grouping.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        let separator = if self.language() == Language::French { '\u{202f}' } else { ',' };
        crate::say::group(number, separator)
    }

    /// A share of one as a percentage with at most two decimals, as the language writes it.
    #[must_use]
    pub fn percent(&self, share: f64) -> String {
        let text = format!("{:.2}", share * 100.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        match self.language() {
            Language::French => format!("{}\u{202f}%", text.replace('.', ",")),
            Language::English => format!("{text}%"),
        }
    }
}
