//! The lines of a computation in French and in English, as one writes them at the foot of a letter.

use crate::{Day, DayOff, Line, Weekday};

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS_FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SHORT_FR: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const SHORT_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The day of the week in French: « lundi ».
pub fn weekday_fr(day: Day) -> &'static str {
    WEEKDAYS_FR[Weekday::of(day) as usize]
}

/// The day of the week in English: "Monday".
pub fn weekday_en(day: Day) -> &'static str {
    WEEKDAYS_EN[Weekday::of(day) as usize]
}

/// The day of the week in French, short: « lun. ».
pub fn weekday_short_fr(day: Day) -> &'static str {
    SHORT_FR[Weekday::of(day) as usize]
}

/// The day of the week in English, short: "Mon".
pub fn weekday_short_en(day: Day) -> &'static str {
    SHORT_EN[Weekday::of(day) as usize]
}

/// The day in French, long: « 1er mars 2026 ».
pub fn day_fr(day: Day) -> String {
    format!("{} {} {}", number_fr(day), month(day, &MONTHS_FR), day.year())
}

/// The day in English, long: "1 March 2026".
pub fn day_en(day: Day) -> String {
    format!("{} {} {}", day.day(), month(day, &MONTHS_EN), day.year())
}

/// A line in French: « lundi 2 mars 2026 : jour de remise, non compté ».
pub fn sentence_fr(line: &Line) -> String {
    match line {
        Line::Start { day } => format!("{} : jour de remise, non compté", full_fr(*day)),
        Line::HoursRounded { hours, days } => {
            let (hours, days) = (amount_fr(*hours, "heure", "heures"), amount_fr(*days, "jour", "jours"));
            format!("{hours} : le délai se compte en jours entiers, tout jour commencé compte, soit {days}")
        }
        Line::MonthsReached { months, day, days } => {
            let days = amount_fr(*days, "jour", "jours");
            format!("délai de {months} mois : jusqu'au {}, soit {days}", full_fr(*day))
        }
        Line::Clipped { wanted, day } => {
            let month = month(*day, &MONTHS_FR);
            let last = day_fr(*day);
            format!("pas de {wanted} en {month} {} : le mois s'arrête au {last}", day.year())
        }
        Line::Counted { from, to, days, reached } => {
            let counted = amount_fr(*days, "jour compté", "jours comptés");
            format!("{} : {counted}, {reached} au total", range_fr(*from, *to))
        }
        Line::Skipped { day, why } => format!("{} : non compté, {}", full_fr(*day), why_fr(why)),
        Line::Paused { from, to, cause } => match last_paused(*to) {
            Some(last) => {
                let days = amount_fr(days_within(*from, last), "jour non compté", "jours non comptés");
                format!("{} : délai suspendu, {days} ({cause})", range_fr(*from, last))
            }
            None => format!(
                "à partir du {} : délai suspendu, suspension en cours ({cause}) ; \
                 pas d'échéance tant qu'elle dure",
                full_fr(*from)
            ),
        },
        Line::FallsOn { day, why } => {
            format!("{} : le délai se termine ce jour-là, non ouvré ({})", full_fr(*day), why_fr(why))
        }
        Line::Rolled { to, .. } => format!("échéance reportée au jour ouvré suivant, le {}", full_fr(*to)),
        Line::UnknownFeasts { year, feasts } => {
            let feasts = feasts.join(", ");
            format!("fêtes mobiles de {year} sans date au calendrier ({feasts}) : échéance à confirmer")
        }
        Line::ExpectedFeasts { feasts } => {
            let feasts = feasts.join(", ");
            format!("date attendue, non confirmée au calendrier ({feasts}) : échéance à confirmer")
        }
        Line::NoWorkingDay => "pas d'échéance : le calendrier ne contient aucun jour ouvré".into(),
        Line::BeyondCalendar => "pas d'échéance : le délai dépasse le 31 décembre 9999".into(),
        Line::Result { day } => format!("échéance : {}", full_fr(*day)),
    }
}

/// A line in English: "Monday 2 March 2026: day of delivery, not counted".
pub fn sentence_en(line: &Line) -> String {
    match line {
        Line::Start { day } => format!("{}: day of delivery, not counted", full_en(*day)),
        Line::HoursRounded { hours, days } => {
            let (hours, days) = (amount_en(*hours, "hour", "hours"), amount_en(*days, "day", "days"));
            format!("{hours}: counted in whole days, any day begun counts, that is {days}")
        }
        Line::MonthsReached { months, day, days } => {
            let (months, days) = (amount_en(*months, "month", "months"), amount_en(*days, "day", "days"));
            format!("{months} on is {}, that is {days}", full_en(*day))
        }
        Line::Clipped { wanted, day } => {
            let month = month(*day, &MONTHS_EN);
            format!("{month} {} has no day {wanted}: it ends on {}", day.year(), day_en(*day))
        }
        Line::Counted { from, to, days, reached } => {
            let counted = amount_en(*days, "day counted", "days counted");
            format!("{}: {counted}, {reached} in all", range_en(*from, *to))
        }
        Line::Skipped { day, why } => format!("{}: not counted, {}", full_en(*day), why_en(why)),
        Line::Paused { from, to, cause } => match last_paused(*to) {
            Some(last) => {
                let days = amount_en(days_within(*from, last), "day not counted", "days not counted");
                format!("{}: the clock stands still, {days} ({cause})", range_en(*from, last))
            }
            None => format!(
                "from {}: the clock stands still, the pause still runs ({cause}); \
                 no due date while it lasts",
                full_en(*from)
            ),
        },
        Line::FallsOn { day, why } => {
            format!("{}: the time ends on this day, not a working day ({})", full_en(*day), why_en(why))
        }
        Line::Rolled { to, .. } => format!("due date moved to the next working day, {}", full_en(*to)),
        Line::UnknownFeasts { year, feasts } => {
            let feasts = feasts.join(", ");
            format!(
                "movable feasts of {year} without a date in the calendar ({feasts}): due date to be confirmed"
            )
        }
        Line::ExpectedFeasts { feasts } => {
            let feasts = feasts.join(", ");
            format!("date expected, not confirmed in the calendar ({feasts}): due date to be confirmed")
        }
        Line::NoWorkingDay => "no due date: the calendar has no working day".into(),
        Line::BeyondCalendar => "no due date: the time goes past 31 December 9999".into(),
        Line::Result { day } => format!("due date: {}", full_en(*day)),
    }
}

fn full_fr(day: Day) -> String {
    format!("{} {}", weekday_fr(day), day_fr(day))
}

fn full_en(day: Day) -> String {
    format!("{} {}", weekday_en(day), day_en(day))
}

/// « mardi 3 mars 2026 », or « du mardi 3 au vendredi 6 mars 2026 »: month and year once where they are the
/// same.
fn range_fr(from: Day, to: Day) -> String {
    if from == to {
        return full_fr(from);
    }
    let mut first = format!("{} {}", weekday_fr(from), number_fr(from));
    if (from.year(), from.month()) != (to.year(), to.month()) {
        first = format!("{first} {}", month(from, &MONTHS_FR));
    }
    if from.year() != to.year() {
        first = format!("{first} {}", from.year());
    }
    format!("du {first} au {}", full_fr(to))
}

fn range_en(from: Day, to: Day) -> String {
    if from == to {
        return full_en(from);
    }
    let mut first = format!("{} {}", weekday_en(from), from.day());
    if (from.year(), from.month()) != (to.year(), to.month()) {
        first = format!("{first} {}", month(from, &MONTHS_EN));
    }
    if from.year() != to.year() {
        first = format!("{first} {}", from.year());
    }
    format!("{first} to {}", full_en(to))
}

fn why_fr(why: &DayOff) -> String {
    match why {
        DayOff::Weekend => "fin de semaine".into(),
        DayOff::Feast(name) => format!("férié : {name}"),
        DayOff::UnverifiedFeast(name) => format!("férié : {name} (date non vérifiée)"),
    }
}

fn why_en(why: &DayOff) -> String {
    match why {
        DayOff::Weekend => "weekend".into(),
        DayOff::Feast(name) => format!("holiday: {name}"),
        DayOff::UnverifiedFeast(name) => format!("holiday: {name} (date not verified)"),
    }
}

/// French numbers the first day of a month as an ordinal and the others as they are.
fn number_fr(day: Day) -> String {
    if day.day() == 1 { "1er".into() } else { day.day().to_string() }
}

/// French takes the singular up to one, zero included.
fn amount_fr(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number <= 1 { one } else { many })
}

fn amount_en(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn month(day: Day, names: &[&'static str; 12]) -> &'static str {
    // A civil month is 1 to 12, so its name is always there.
    usize::try_from(day.month() - 1).ok().and_then(|index| names.get(index)).copied().unwrap_or("")
}

fn last_paused(to: Option<Day>) -> Option<Day> {
    to.map(|day| day.yesterday().unwrap_or(day))
}

fn days_within(from: Day, last: Day) -> u32 {
    u32::try_from(from.duration_until(last).as_hours() / 24 + 1).unwrap_or(0)
}
