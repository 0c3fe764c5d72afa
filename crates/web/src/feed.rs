//! Atom feeds and calendars.

use atom_syndication::{EntryBuilder, FeedBuilder, FixedDateTime, LinkBuilder, Person, Text};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event};
use terms::Day;

use crate::{Language, Visit};

/// One item of a feed.
#[derive(Debug, Clone)]
pub struct FeedItem {
    /// Its title.
    pub title: String,
    /// Its page, without language.
    pub path: String,
    /// The day it became known.
    pub on: Day,
    /// What happened, in a sentence.
    pub summary: String,
    /// What tells it from every other item of the site.
    pub key: String,
}

/// A feed.
pub struct Atom {
    /// Its title.
    pub title: String,
    /// Newest first.
    pub items: Vec<FeedItem>,
}

impl Atom {
    /// The feed as Atom 1.0, of the page at the same address without suffix.
    #[must_use]
    pub fn response(&self, visit: &Visit) -> Response {
        self.response_of(visit, visit.bare_path())
    }

    /// The feed as Atom 1.0, of this page (without language).
    #[must_use]
    pub fn response_of(&self, visit: &Visit, page: &str) -> Response {
        let house = visit.house();
        let language = visit.language().tag();
        let address = |path: &str| house.public(&format!("/{language}{path}"));
        // What narrows the feed tells it from the whole one.
        let own = address(&format!("{}{}", visit.path(), visit.query_with(&[])));
        let entries: Vec<_> = self
            .items
            .iter()
            .map(|item| {
                EntryBuilder::default()
                    .id(format!("{}#{}", address(&item.path), item.key))
                    .title(Text::plain(item.title.clone()))
                    .updated(moment(item.on))
                    .summary(Some(Text::plain(item.summary.clone())))
                    .link(
                        LinkBuilder::default().href(address(&item.path)).rel("alternate".to_owned()).build(),
                    )
                    .build()
            })
            .collect();
        let newest = self.items.iter().map(|item| item.on).max().unwrap_or_else(|| visit.day_shown());
        let feed = FeedBuilder::default()
            .id(own.clone())
            .title(Text::plain(self.title.clone()))
            .updated(moment(newest))
            .lang(Some(language.to_owned()))
            // RFC 4287, 4.1.1: a feed names an author, here the instance that tells.
            .authors(vec![Person { name: teller(visit), uri: Some(address("/")), ..Person::default() }])
            .link(LinkBuilder::default().href(own).rel("self".to_owned()).build())
            .link(LinkBuilder::default().href(address(page)).rel("alternate".to_owned()).build())
            .entries(entries)
            .build();
        ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.to_string()).into_response()
    }
}

/// The instance's name.
fn teller(visit: &Visit) -> String {
    let title = &visit.house().record().founded.title;
    if visit.language() == Language::French { title.fr.clone() } else { title.english().to_owned() }
}

/// A day as the moment it began in UTC; feeds know no bare days.
fn moment(day: Day) -> FixedDateTime {
    format!("{day}T00:00:00+00:00").parse().unwrap_or_default()
}

/// One day of a calendar.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// What falls due.
    pub title: String,
    /// When.
    pub on: Day,
    /// Its page, without language.
    pub path: String,
    /// What tells it from every other milestone of the site.
    pub key: String,
}

/// A calendar of whole days.
pub struct ICalendar {
    /// Its name.
    pub title: String,
    /// Its days.
    pub milestones: Vec<Milestone>,
}

impl ICalendar {
    /// The calendar as RFC 5545.
    #[must_use]
    pub fn response(&self, visit: &Visit) -> Response {
        let house = visit.house();
        let language = visit.language().tag();
        let mut calendar = Calendar::new().name(&self.title).done();
        for milestone in &self.milestones {
            let compact = milestone.on.strftime("%Y%m%d").to_string();
            let mut event = Event::new();
            event
                .uid(&format!("{}@{}", milestone.key, house.record().founded.origin))
                .summary(&milestone.title)
                .url(&house.public(&format!("/{language}{}", milestone.path)))
                // The stamp is the day itself: the same record gives the same calendar to the byte.
                .add_property("DTSTAMP", format!("{compact}T000000Z"))
                .append_property(
                    icalendar::Property::new("DTSTART", &compact).add_parameter("VALUE", "DATE").done(),
                );
            calendar.push(event.done());
        }
        let language = if visit.language() == Language::French { "FR" } else { "EN" };
        let text =
            calendar.to_string().replace("PRODID:ICALENDAR-RS", &format!("PRODID:-//Toguna//{language}"));
        ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
    }
}
