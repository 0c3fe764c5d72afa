//! iCalendar files, sound, odd, and broken.

use crate::day;
use calendar::{Calendar, Feast, FeastRule, LONGEST_EVENT, Odd, feasts_from_ics};
use proptest::prelude::*;

/// Folded lines, an escape, an exclusive end, a yearly feast, and both ways to write a day.
const SOUND: &str = "BEGIN:VCALENDAR\r\n\
    VERSION:2.0\r\n\
    PRODID:-//Exercice//Fetes//FR\r\n\
    CALSCALE:GREGORIAN\r\n\
    X-WR-CALNAME:Fêtes d'exercice\r\n\
    BEGIN:VEVENT\r\n\
    UID:lune-2026\r\n\
    DTSTAMP:20260101T000000Z\r\n\
    DTSTART;VALUE=DATE:20260320\r\n\
    DTEND;VALUE=DATE:20260322\r\n\
    SUMMARY:Fête de la\r\n  lune\\, deux jour\r\n s\r\n\
    END:VEVENT\r\n\
    BEGIN:VEVENT\r\n\
    DTSTART:20200922\r\n\
    RRULE:FREQ=YEARLY\r\n\
    SUMMARY;LANGUAGE=fr;X-NOTE=\"a:b;c\":Fête nationale\r\n\
    END:VEVENT\r\n\
    END:VCALENDAR\r\n";

/// Oddities with their lines.
type Told = Vec<(usize, Odd)>;

fn event(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:u\nSUMMARY:F\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

/// What came of a file with one event: its feasts as `rule since until`, its oddities with their lines.
fn read(text: &str) -> (Vec<String>, Told) {
    let (feasts, odd) = feasts_from_ics(text);
    let told = feasts.iter().map(|feast| {
        let edge = |day: Option<calendar::Day>| day.map_or("-".to_owned(), |day| day.to_string());
        match feast.rule {
            FeastRule::Dated { day } => day.to_string(),
            FeastRule::Fixed { month, day } => {
                format!("{day}/{month} {} {}", edge(feast.since), edge(feast.until))
            }
            FeastRule::Easter { offset } => format!("Easter {offset}"),
        }
    });
    (told.collect(), odd.into_iter().map(|oddity| (oddity.line, oddity.odd)).collect())
}

#[test]
fn a_sound_file_is_read_whole() {
    let (feasts, odd) = feasts_from_ics(SOUND);
    assert_eq!(odd, []);
    let name = "Fête de la lune, deux jours";
    assert_eq!(
        feasts,
        [
            Feast::dated(name, day("2026-03-20"), "iCalendar, UID lune-2026"),
            Feast::dated(name, day("2026-03-21"), "iCalendar, UID lune-2026"),
            Feast::fixed("Fête nationale", 9, 22, "iCalendar, line 15").kept_since(day("2020-09-22")),
        ]
    );
    assert_eq!(feasts_from_ics(&SOUND.replace("\r\n", "\n")), (feasts.clone(), Vec::new()));
    assert_eq!(feasts_from_ics(&format!("\u{feff}{SOUND}\r\n\r\n")), (feasts, Vec::new()));
}

#[test]
fn days_ends_and_durations() {
    let sound: [(&str, &[&str]); 8] = [
        ("DTSTART;VALUE=DATE:20260101", &["2026-01-01"]),
        ("dtstart;value=date:20260101", &["2026-01-01"]),
        ("DTSTART:20260101\nDTEND:20260102", &["2026-01-01"]),
        ("DTSTART:20260101\nDTEND:20260103", &["2026-01-01", "2026-01-02"]),
        ("DTSTART:20251231\nDURATION:P2D", &["2025-12-31", "2026-01-01"]),
        ("DTSTART:20280228\nDTEND:20280302", &["2028-02-28", "2028-02-29", "2028-03-01"]),
        ("DTSTART:20260101\nDURATION:P1D\nSTATUS:CONFIRMED", &["2026-01-01"]),
        ("DTSTART:99991231\nDURATION:P3D", &["9999-12-31"]),
    ];
    for (lines, expected) in sound {
        let (feasts, odd) = read(&event(lines));
        assert_eq!(feasts, expected, "{lines}");
        assert_eq!(odd, [], "{lines}");
    }
    assert_eq!(read(&event("DTSTART:20260101\nDURATION:P4W")).0.len(), 28);
    assert_eq!(read(&event("DTSTART:20260101\nDURATION:P31D")).0.len() as u32, LONGEST_EVENT);
}

#[test]
fn yearly_feasts() {
    for (rule, expected) in [
        ("FREQ=YEARLY", "1/5 2020-05-01 -"),
        ("freq=yearly;interval=1;wkst=SU", "1/5 2020-05-01 -"),
        ("FREQ=YEARLY;BYMONTH=5", "1/5 2020-05-01 -"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", "1/5 2020-05-01 -"),
        ("FREQ=YEARLY;UNTIL=20250501", "1/5 2020-05-01 2025-05-01"),
        ("FREQ=YEARLY;UNTIL=20250501T000000Z", "1/5 2020-05-01 2025-05-01"),
        ("FREQ=YEARLY;COUNT=1", "1/5 2020-05-01 2020-05-01"),
        ("FREQ=YEARLY;COUNT=3", "1/5 2020-05-01 2022-05-01"),
        ("FREQ=YEARLY;COUNT=4000000000", "1/5 2020-05-01 -"),
    ] {
        assert_eq!(
            read(&event(&format!("DTSTART:20200501\nRRULE:{rule}"))),
            (vec![expected.into()], vec![]),
            "{rule}"
        );
    }
    let two = read(&event("DTSTART:20201231\nDURATION:P2D\nRRULE:FREQ=YEARLY;UNTIL=20221231"));
    assert_eq!(two.0, ["31/12 2020-12-31 2022-12-31", "1/1 2021-01-01 2023-01-01"]);
    for rule in [
        "FREQ=MONTHLY",
        "FREQ=YEARLY;INTERVAL=2",
        "FREQ=YEARLY;BYMONTH=6",
        "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=1MO",
        "FREQ=YEARLY;COUNT=0",
        "FREQ=YEARLY;COUNT=2;UNTIL=20250501",
        "FREQ=YEARLY;UNTIL=20200430",
        "FREQ=YEARLY;UNTIL=2025",
        "FREQ=YEARLY;UNTIL=202505é1",
        "FREQ=YEARLY;FREQ=YEARLY",
        "FREQ=YEARLY;",
        "INTERVAL=1",
        "",
    ] {
        let expected = (vec!["2020-05-01".to_owned()], vec![(7, Odd::Repetition(rule.into()))]);
        assert_eq!(read(&event(&format!("DTSTART:20200501\nRRULE:{rule}"))), expected, "{rule}");
    }
    let leap = read(&event("DTSTART:20200229\nRRULE:FREQ=YEARLY;COUNT=2"));
    assert_eq!(leap.1, [(7, Odd::Repetition("FREQ=YEARLY;COUNT=2".into()))]);
    assert_eq!(read(&event("DTSTART:20200229\nRRULE:FREQ=YEARLY")).0, ["29/2 2020-02-29 -"]);
}

#[test]
fn odd_events_are_told_with_their_line() {
    let text = |text: &str| text.to_owned();
    let taken = || vec![text("2026-01-01")];
    let cases: Vec<(&str, Vec<String>, Told)> = vec![
        ("TRANSP:OPAQUE", vec![], vec![(3, Odd::NoStart)]),
        ("DTSTART:20260230", vec![], vec![(3, Odd::NoStart), (6, Odd::NotADay(text("20260230")))]),
        ("DTSTART:20261", vec![], vec![(3, Odd::NoStart), (6, Odd::NotADay(text("20261")))]),
        (
            "DTSTART;TZID=Africa/Bamako:20260101T000000",
            vec![],
            vec![(3, Odd::NoStart), (6, Odd::NotADay(text("20260101T000000")))],
        ),
        (
            "DTSTART;VALUE=DATE-TIME:20260101",
            vec![],
            vec![(3, Odd::NoStart), (6, Odd::NotADay(text("20260101")))],
        ),
        ("DTSTART:20260101\nDTEND:20260101", taken(), vec![(7, Odd::EndNotAfter(day("2026-01-01")))]),
        ("DTSTART:20260101\nDTEND:20251231", taken(), vec![(7, Odd::EndNotAfter(day("2025-12-31")))]),
        ("DTSTART:20260101\nDTEND:x", taken(), vec![(7, Odd::NotADay(text("x")))]),
        ("DTSTART:20260101\nDURATION:PT1H", taken(), vec![(7, Odd::Duration(text("PT1H")))]),
        ("DTSTART:20260101\nDURATION:P0D", taken(), vec![(7, Odd::Duration(text("P0D")))]),
        ("DTSTART:20260101\nDTEND:20260102\nDURATION:P3D", taken(), vec![(8, Odd::Duration(text("P3D")))]),
        ("DTSTART:20260101\nDTEND:20260202", vec![], vec![(3, Odd::TooLong(32))]),
        ("DTSTART:20260101\nDTSTART:20270101", taken(), vec![(7, Odd::Repeated(text("DTSTART")))]),
        ("DTSTART:20260101\nRDATE:20270101", taken(), vec![(7, Odd::Property(text("RDATE")))]),
        ("DTSTART:20260101\nSTATUS:TENTATIVE", taken(), vec![(7, Odd::Tentative)]),
        ("DTSTART:20260101\nSTATUS:CANCELLED", vec![], vec![(7, Odd::Cancelled)]),
        ("DTSTART:20260101\nRECURRENCE-ID:20260101", vec![], vec![(7, Odd::Property(text("RECURRENCE-ID")))]),
        ("DTSTART:20260101\nsans deux points", taken(), vec![(7, Odd::NotContent)]),
        ("DTSTART:20260101\n:valeur", taken(), vec![(7, Odd::NotContent)]),
        ("DTSTART:20260101\nX;P=\"a:b", taken(), vec![(7, Odd::NotContent)]),
        (
            "DTSTART:20260101\nBEGIN:VALARM\nRRULE:x\nEND:VALARM",
            taken(),
            vec![(7, Odd::Component(text("VALARM")))],
        ),
        (
            "DTSTART:20260101\nBEGIN:VALARM\nTRIGGER:x",
            taken(),
            vec![(7, Odd::Component(text("VALARM"))), (7, Odd::Unclosed(text("VALARM")))],
        ),
        ("DTSTART:20260101\nEND:VTODO", taken(), vec![(7, Odd::Unopened(text("VTODO")))]),
    ];
    for (lines, feasts, odd) in cases {
        assert_eq!(read(&event(lines)), (feasts, odd), "{lines}");
    }
}

#[test]
fn odd_files_are_told_with_their_line() {
    let text = |text: &str| text.to_owned();
    let one = "BEGIN:VEVENT\nSUMMARY:F\nDTSTART:20260101\nEND:VEVENT\n";
    let cases: Vec<(String, usize, Told)> = vec![
        (text(""), 0, vec![(1, Odd::NoCalendar)]),
        (text(one), 1, vec![(1, Odd::Outside), (1, Odd::NoCalendar)]),
        (format!("BEGIN:VCALENDAR\n{one}"), 1, vec![(1, Odd::Unclosed(text("VCALENDAR")))]),
        (
            text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:F\nDTSTART:20260101\n"),
            0,
            vec![(1, Odd::Unclosed(text("VCALENDAR"))), (2, Odd::Unclosed(text("VEVENT")))],
        ),
        (
            format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{one}END:VCALENDAR"),
            1,
            vec![(2, Odd::Unclosed(text("VEVENT")))],
        ),
        (
            format!(
                "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nEND:STANDARD\n\
                 END:VTIMEZONE\n{one}END:VCALENDAR"
            ),
            1,
            vec![(2, Odd::Component(text("VTIMEZONE")))],
        ),
        (
            text("BEGIN:VCALENDAR\nVERSION:1.0\nCALSCALE:HIJRI\nFREEBUSY:x\nEND:VCALENDAR\nPRODID:x"),
            0,
            vec![
                (2, Odd::Version(text("1.0"))),
                (3, Odd::Scale(text("HIJRI"))),
                (4, Odd::Property(text("FREEBUSY"))),
                (6, Odd::Outside),
            ],
        ),
        (
            text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nSUMMARY: \nEND:VEVENT\nEND:VCALENDAR"),
            0,
            vec![(2, Odd::NoSummary)],
        ),
    ];
    for (file, feasts, odd) in cases {
        let (read, told) = read(&file);
        assert_eq!((read.len(), told), (feasts, odd), "{file}");
    }
    let (_, odd) = feasts_from_ics("");
    assert_eq!(odd[0].message, "le fichier ne contient pas BEGIN:VCALENDAR");
    assert_eq!(odd[0].message_en(), "the file has no BEGIN:VCALENDAR");
}

/// What holds of any text: oddities are on its lines, feasts make a sound calendar, none without a name.
fn sound_on(text: &str) -> Result<(), TestCaseError> {
    let (feasts, odd) = feasts_from_ics(text);
    let lines = text.split('\n').count();
    for oddity in &odd {
        prop_assert!((1..=lines).contains(&oddity.line), "{oddity:?}");
        prop_assert!(!oddity.message.is_empty() && !oddity.message_en().is_empty());
    }
    prop_assert!(odd.is_sorted_by_key(|oddity| oddity.line));
    prop_assert!(feasts.iter().all(|feast| !feast.name.is_empty() && !feast.source.is_empty()));
    prop_assert_eq!(Calendar::new().with_feasts(feasts.clone()).flaws(), vec![]);
    let events = text.to_ascii_uppercase().matches("SUMMARY").count();
    prop_assert!(feasts.len() <= events.max(text.len() / 8) * LONGEST_EVENT as usize);
    Ok(())
}

fn any_piece() -> impl Strategy<Value = String> {
    let pieces = [
        "BEGIN:",
        "END:",
        "VCALENDAR",
        "VEVENT",
        "VALARM",
        "DTSTART",
        "DTEND",
        ";VALUE=DATE",
        ":",
        ";",
        "=",
        "\"",
        "\\",
        "20260101",
        "20281231",
        "00000000",
        "99991231",
        "SUMMARY:F",
        "RRULE:",
        "FREQ=YEARLY",
        "COUNT=",
        "UNTIL=",
        "\r\n",
        "\n",
        "\r\n ",
        "\n\t",
        "DURATION:P",
        "99999999999",
        "D",
        "W",
        "é",
        "\u{feff}",
    ];
    let pieces = prop::sample::select(pieces.to_vec()).prop_map(str::to_owned);
    prop_oneof![4 => pieces, 1 => any::<char>().prop_map(String::from)]
}

/// A written file and the feasts that it holds.
fn any_file() -> impl Strategy<Value = (String, Vec<Feast>)> {
    let event = ("[A-Za-zéà][A-Za-zéà ,;\\\\]{0,30}[a-z]", 0..20_000_i64, any::<bool>());
    (prop::collection::vec(event, 0..6), 1..75_usize).prop_map(|(events, width)| {
        let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned()];
        let mut feasts = Vec::new();
        for (index, (name, offset, yearly)) in events.into_iter().enumerate() {
            let date = day("1990-01-01").checked_add(jiff::Span::new().days(offset)).unwrap();
            let escaped = name.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
            lines.push("BEGIN:VEVENT".into());
            lines.push(format!("UID:{index}"));
            lines.push(format!("DTSTART;VALUE=DATE:{}", date.to_string().replace('-', "")));
            lines.push(format!("SUMMARY:{escaped}"));
            let source = format!("iCalendar, UID {index}");
            if yearly {
                lines.push("RRULE:FREQ=YEARLY".into());
                feasts.push(Feast::fixed(name, date.month(), date.day(), source).kept_since(date));
            } else {
                feasts.push(Feast::dated(name, date, source));
            }
            lines.push("END:VEVENT".into());
        }
        lines.push("END:VCALENDAR".into());
        (lines.iter().map(|line| folded(line, width)).collect(), feasts)
    })
}

fn folded(line: &str, width: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    let rows: Vec<String> = letters.chunks(width).map(|row| row.iter().collect()).collect();
    format!("{}\r\n", rows.join("\r\n "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn any_text_is_read_to_its_end(text in "(?s).{0,300}") {
        sound_on(&text)?;
    }

    #[test]
    fn any_heap_of_pieces_is_read_to_its_end(pieces in prop::collection::vec(any_piece(), 0..80)) {
        sound_on(&pieces.concat())?;
    }

    #[test]
    fn a_damaged_file_is_read_to_its_end(
        wounds in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, any_piece()), 1..6)
    ) {
        let mut letters: Vec<char> = SOUND.chars().collect();
        for (place, length, piece) in wounds {
            let from = place.index(letters.len() + 1);
            let to = (from + length).min(letters.len());
            letters.splice(from..to, piece.chars());
        }
        sound_on(&letters.into_iter().collect::<String>())?;
    }

    #[test]
    fn what_was_written_is_read((text, feasts) in any_file()) {
        prop_assert_eq!(feasts_from_ics(&text), (feasts, Vec::new()));
    }
}
