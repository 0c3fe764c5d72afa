//! Every kind of line in both languages, and the two forms of days.

use crate::day;
use calendar::{
    DayOff, Line, day_en, day_fr, sentence_en, sentence_fr, weekday_en, weekday_fr, weekday_short_en,
    weekday_short_fr,
};

fn counted(from: &str, to: &str, days: u32) -> Line {
    Line::Counted { from: day(from), to: day(to), days, reached: days + 2 }
}

fn paused(from: &str, to: Option<&str>) -> Line {
    Line::Paused { from: day(from), to: to.map(day), cause: "dissolution".into() }
}

fn check(table: &[(Line, &str, &str)]) {
    for (line, french, english) in table {
        assert_eq!(sentence_fr(line), *french);
        assert_eq!(sentence_en(line), *english);
    }
}

#[test]
fn lines_read_as_a_letter_would_say() {
    let monday = day("2026-03-02");
    let sunday = day("2026-03-01");
    let table = [
        (
            Line::Start { day: monday },
            "lundi 2 mars 2026 : jour de remise, non compté",
            "Monday 2 March 2026: day of delivery, not counted",
        ),
        (
            Line::HoursRounded { hours: 24, days: 1 },
            "24 heures : le délai se compte en jours entiers, tout jour commencé compte, soit 1 jour",
            "24 hours: counted in whole days, any day begun counts, that is 1 day",
        ),
        (
            Line::HoursRounded { hours: 0, days: 0 },
            "0 heure : le délai se compte en jours entiers, tout jour commencé compte, soit 0 jour",
            "0 hours: counted in whole days, any day begun counts, that is 0 days",
        ),
        (
            Line::MonthsReached { months: 1, day: monday, days: 28 },
            "délai de 1 mois : jusqu'au lundi 2 mars 2026, soit 28 jours",
            "1 month on is Monday 2 March 2026, that is 28 days",
        ),
        (
            Line::Clipped { wanted: 31, day: day("2026-02-28") },
            "pas de 31 en février 2026 : le mois s'arrête au 28 février 2026",
            "February 2026 has no day 31: it ends on 28 February 2026",
        ),
        (
            counted("2026-03-03", "2026-03-03", 1),
            "mardi 3 mars 2026 : 1 jour compté, 3 au total",
            "Tuesday 3 March 2026: 1 day counted, 3 in all",
        ),
        (
            counted("2026-03-03", "2026-03-06", 4),
            "du mardi 3 au vendredi 6 mars 2026 : 4 jours comptés, 6 au total",
            "Tuesday 3 to Friday 6 March 2026: 4 days counted, 6 in all",
        ),
        (
            counted("2026-03-30", "2026-04-01", 3),
            "du lundi 30 mars au mercredi 1er avril 2026 : 3 jours comptés, 5 au total",
            "Monday 30 March to Wednesday 1 April 2026: 3 days counted, 5 in all",
        ),
        (
            counted("2025-12-31", "2026-01-01", 2),
            "du mercredi 31 décembre 2025 au jeudi 1er janvier 2026 : 2 jours comptés, 4 au total",
            "Wednesday 31 December 2025 to Thursday 1 January 2026: 2 days counted, 4 in all",
        ),
        (
            Line::Skipped { day: sunday, why: DayOff::Weekend },
            "dimanche 1er mars 2026 : non compté, fin de semaine",
            "Sunday 1 March 2026: not counted, weekend",
        ),
        (
            Line::Skipped { day: day("2026-12-25"), why: DayOff::Feast("Noël".into()) },
            "vendredi 25 décembre 2026 : non compté, férié : Noël",
            "Friday 25 December 2026: not counted, holiday: Noël",
        ),
    ];
    check(&table);
}

#[test]
fn stops_and_ends_read_as_a_letter_would_say() {
    let monday = day("2026-03-02");
    let sunday = day("2026-03-01");
    let table = [
        (
            paused("2026-03-03", Some("2026-03-05")),
            "du mardi 3 au mercredi 4 mars 2026 : délai suspendu, 2 jours non comptés (dissolution)",
            "Tuesday 3 to Wednesday 4 March 2026: the clock stands still, 2 days not counted (dissolution)",
        ),
        (
            paused("2026-03-03", Some("2026-03-04")),
            "mardi 3 mars 2026 : délai suspendu, 1 jour non compté (dissolution)",
            "Tuesday 3 March 2026: the clock stands still, 1 day not counted (dissolution)",
        ),
        (
            paused("2026-03-03", None),
            "à partir du mardi 3 mars 2026 : délai suspendu, suspension en cours (dissolution) ; \
             pas d'échéance tant qu'elle dure",
            "from Tuesday 3 March 2026: the clock stands still, the pause still runs (dissolution); \
             no due date while it lasts",
        ),
        (
            Line::FallsOn { day: sunday, why: DayOff::Weekend },
            "dimanche 1er mars 2026 : le délai se termine ce jour-là, non ouvré (fin de semaine)",
            "Sunday 1 March 2026: the time ends on this day, not a working day (weekend)",
        ),
        (
            Line::Rolled { from: sunday, to: monday },
            "échéance reportée au jour ouvré suivant, le lundi 2 mars 2026",
            "due date moved to the next working day, Monday 2 March 2026",
        ),
        (
            Line::UnknownFeasts {
                year: 2027, feasts: vec!["Fête de la lune".into(), "Fête du mil".into()]
            },
            "fêtes mobiles de 2027 sans date au calendrier (Fête de la lune, Fête du mil) : échéance à confirmer",
            "movable feasts of 2027 without a date in the calendar (Fête de la lune, Fête du mil): due date to be \
             confirmed",
        ),
        (
            Line::ExpectedFeasts { feasts: vec!["Fête de la lune".into()] },
            "date attendue, non confirmée au calendrier (Fête de la lune) : échéance à confirmer",
            "date expected, not confirmed in the calendar (Fête de la lune): due date to be confirmed",
        ),
        (
            Line::Skipped { day: day("2026-12-25"), why: DayOff::UnverifiedFeast("Fête de la lune".into()) },
            "vendredi 25 décembre 2026 : non compté, férié : Fête de la lune (date non vérifiée)",
            "Friday 25 December 2026: not counted, holiday: Fête de la lune (date not verified)",
        ),
        (
            Line::NoWorkingDay,
            "pas d'échéance : le calendrier ne contient aucun jour ouvré",
            "no due date: the calendar has no working day",
        ),
        (
            Line::BeyondCalendar,
            "pas d'échéance : le délai dépasse le 31 décembre 9999",
            "no due date: the time goes past 31 December 9999",
        ),
        (Line::Result { day: monday }, "échéance : lundi 2 mars 2026", "due date: Monday 2 March 2026"),
    ];
    check(&table);
}

#[test]
fn days_are_named() {
    assert_eq!(day_fr(day("2026-03-01")), "1er mars 2026");
    assert_eq!(day_fr(day("2026-08-11")), "11 août 2026");
    assert_eq!(day_en(day("2026-03-01")), "1 March 2026");
    let week: Vec<_> = (1..=7).map(|number| calendar::Day::new(2024, 1, number).unwrap()).collect();
    let row = |name: fn(calendar::Day) -> &'static str| {
        week.iter().map(|day| name(*day)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row(weekday_fr), "lundi mardi mercredi jeudi vendredi samedi dimanche");
    assert_eq!(row(weekday_en), "Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
    assert_eq!(row(weekday_short_fr), "lun. mar. mer. jeu. ven. sam. dim.");
    assert_eq!(row(weekday_short_en), "Mon Tue Wed Thu Fri Sat Sun");
    let months: Vec<String> =
        (1..=12).map(|month| day_fr(calendar::Day::new(2026, month, 2).unwrap())).collect();
    assert_eq!(
        months.join(" ").replace("2 ", "").replace(" 2026", ""),
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    );
}
