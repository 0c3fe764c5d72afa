//! Lines of the exchange, as they are written.

use record::{Fault, Tx, Value, values};
use terms::{Actor, BodyId, Day, PlaceId, RecommendationId, Sealed};

use super::cases::{parted, place_ids};

/// What every event and case takes over from its recommendation.
pub(super) struct Of {
    pub(super) author: String,
    pub(super) priority: u8,
    pub(super) exercise: bool,
    pub(super) region: Option<PlaceId>,
    pub(super) places: Vec<PlaceId>,
    pub(super) addressees: Vec<BodyId>,
}

impl Of {
    /// An adoption that is not known on the day replayed leaves everything unknown.
    pub(super) fn load(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Self, Fault> {
        let found = tx.row(
            "SELECT author, priority, exercise, region, places, addressees FROM answer_recommendation WHERE id = ?1",
            values![*id],
            |row| {
                let (places, addressees): (String, String) = (row.get(4)?, row.get(5)?);
                Ok(Self {
                    author: row.get(0)?,
                    priority: row.get(1)?,
                    exercise: row.get(2)?,
                    region: row.get(3)?,
                    places: place_ids(&places),
                    addressees: parted(&addressees, |id| BodyId::parse(id).ok()),
                })
            },
        )?;
        Ok(found.unwrap_or(Self {
            author: String::new(),
            priority: 0,
            exercise: false,
            region: None,
            places: Vec::new(),
            addressees: Vec::new(),
        }))
    }
}

/// One line of the exchange.
pub(super) struct Event<'a> {
    pub(super) kind: &'static str,
    pub(super) recommendation: &'a RecommendationId,
    pub(super) addressee: Option<&'a BodyId>,
    pub(super) on: Day,
    pub(super) channel: Option<&'static str>,
    pub(super) proof: Option<&'static str>,
    pub(super) text: Value,
    pub(super) file: Value,
    pub(super) awaited: Option<&'static str>,
    pub(super) due: Option<Day>,
    pub(super) step: Option<u8>,
    pub(super) cause: Option<&'a str>,
    pub(super) other: Option<String>,
    pub(super) point: Option<u8>,
    pub(super) state: Option<&'static str>,
    pub(super) substance: Option<bool>,
    pub(super) days: Option<i64>,
}

impl<'a> Event<'a> {
    pub(super) fn new(
        kind: &'static str,
        recommendation: &'a RecommendationId,
        addressee: Option<&'a BodyId>,
        on: Day,
    ) -> Self {
        Self {
            kind,
            recommendation,
            addressee,
            on,
            channel: None,
            proof: None,
            text: Value::Null,
            file: Value::Null,
            awaited: None,
            due: None,
            step: None,
            cause: None,
            other: None,
            point: None,
            state: None,
            substance: None,
            days: None,
        }
    }

    pub(super) fn write(self, tx: &mut Tx<'_>, sealed: &Sealed, of: &Of) -> Result<(), Fault> {
        let by = match sealed.entry.by {
            Actor::Clock => "clock",
            Actor::Loader => "loader",
            Actor::Person { .. } => "person",
            Actor::LinkHolder { .. } => "link",
        };
        tx.run(
            "INSERT INTO answer_event (entry, recommendation, addressee, author, kind, on_day, known, by_kind, \
             channel, proof, text, file, awaited, due, step, cause, other, point, state, substance, days, exercise, \
             region) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, \
             ?20, ?21, ?22, ?23)",
            values![
                sealed.index,
                self.recommendation,
                self.addressee,
                of.author,
                *self.kind,
                self.on,
                sealed.known,
                *by,
                self.channel,
                self.proof,
                self.text,
                self.file,
                self.awaited,
                self.due,
                self.step,
                self.cause,
                self.other,
                self.point,
                self.state,
                self.substance,
                self.days,
                of.exercise,
                of.region
            ],
        )?;
        of.places.iter().try_for_each(|place| {
            tx.run(
                "INSERT INTO answer_event_place (place, entry) VALUES (?1, ?2)",
                values![*place, sealed.index],
            )?;
            Ok(())
        })
    }
}
