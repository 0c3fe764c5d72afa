//! Feasts out of an iCalendar file (RFC 5545): the small part of it that holiday calendars use.

use crate::{Day, Feast, FeastRule, Odd, Oddity};

/// The longest event that is taken for a feast, in days: one feast is made per day.
pub const LONGEST_EVENT: u32 = 31;

/// The feasts of an iCalendar text, in its order, and everything in it that was not understood, by line.
///
/// **Shape**: one feast per day of each `VEVENT`; repeated every year, a [`FeastRule::Fixed`] kept since that
/// day, else a [`FeastRule::Dated`]. Its source is the event's UID. Properties that cannot change the days
/// (stamps, places, categories, `X-` names) are left without remark. Any text is read to its end.
///
/// **Source**: RFC 5545 §3.1 (content lines, folding), §3.3.4 (DATE), §3.3.11 (TEXT), §3.6.1 (VEVENT),
/// §3.8.2.2 (DTEND is exclusive), §3.8.5.3 (RRULE).
pub fn feasts_from_ics(text: &str) -> (Vec<Feast>, Vec<Oddity>) {
    let mut reader = Reader::default();
    for (line, content) in unfolded(text) {
        reader.take(line, &content);
    }
    reader.finish()
}

/// §3.1: a line that starts with a space or a tab continues the one before. A bare LF also ends a line, as
/// most files saved by hand have it.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, raw) in text.split('\n').enumerate() {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, line))) => line.push_str(rest),
            _ => lines.push((index + 1, raw.to_owned())),
        }
    }
    lines
}

/// §3.1: `name *(";" param) ":" value`.
struct Content<'a> {
    name: String,
    params: &'a str,
    value: &'a str,
}

impl<'a> Content<'a> {
    fn of(line: &'a str) -> Option<Content<'a>> {
        let (head, value) = split_unquoted(line, ':')?;
        let (name, params) = split_unquoted(head, ';').unwrap_or((head, ""));
        let lawful = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(lawful) {
            return None;
        }
        Some(Content { name: name.to_ascii_uppercase(), params, value })
    }

    /// Whether the `VALUE` parameter, if there is one, says `DATE` (§3.2.20).
    fn may_be_a_date(&self) -> bool {
        let mut rest = Some(self.params);
        while let Some(params) = rest {
            let (param, after) = match split_unquoted(params, ';') {
                Some((param, after)) => (param, Some(after)),
                None => (params, None),
            };
            if let Some((name, value)) = param.split_once('=')
                && name.eq_ignore_ascii_case("VALUE")
            {
                return value.eq_ignore_ascii_case("DATE");
            }
            rest = after;
        }
        true
    }

    /// §3.3.4: a day of exactly eight digits.
    fn day(&self) -> Option<Day> {
        if self.may_be_a_date() { date(self.value.trim_end()) } else { None }
    }
}

/// The two sides of the first `mark` that is not within double quotes.
fn split_unquoted(text: &str, mark: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        if letter == '"' {
            quoted = !quoted;
        } else if letter == mark && !quoted {
            return Some((&text[..at], &text[at + mark.len_utf8()..]));
        }
    }
    None
}

fn date(digits: &str) -> Option<Day> {
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let month = digits[4..6].parse().ok()?;
    let day = digits[6..8].parse().ok()?;
    Day::new(digits[..4].parse().ok()?, month, day).ok()
}

/// §3.3.11: backslash escapes of TEXT; a line break within a name becomes a space.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push(' '),
                Some(escaped) => out.push(escaped),
                None => out.push('\\'),
            },
            plain => out.push(plain),
        }
    }
    out.trim().to_owned()
}

/// §3.3.6: a duration of whole weeks or whole days.
fn whole_days(duration: &str) -> Option<u32> {
    let text = duration.trim_end();
    let number = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (number, unit) = match number.strip_suffix('W') {
        Some(weeks) => (weeks, 7),
        None => (number.strip_suffix('D')?, 1),
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse::<u32>().ok()?.checked_mul(unit).filter(|days| *days > 0)
}

/// A `VEVENT` while its lines are read.
struct Event {
    line: usize,
    start: Option<Day>,
    end: Option<(usize, Day)>,
    duration: Option<(usize, u32)>,
    summary: Option<String>,
    repetition: Option<(usize, String)>,
    uid: Option<String>,
    refused: bool,
    /// Properties met that §3.6.1 allows once.
    met: Vec<String>,
}

impl Event {
    fn opened(line: usize) -> Event {
        Event {
            line,
            start: None,
            end: None,
            duration: None,
            summary: None,
            repetition: None,
            uid: None,
            refused: false,
            met: Vec::new(),
        }
    }

    fn take(&mut self, line: usize, content: &Content<'_>) -> Option<Odd> {
        let name = content.name.as_str();
        if ["DTSTART", "DTEND", "DURATION", "SUMMARY", "RRULE", "UID", "STATUS"].contains(&name) {
            if self.met.iter().any(|met| met == name) {
                return Some(Odd::Repeated(content.name.clone()));
            }
            self.met.push(content.name.clone());
        }
        let value = || content.value.trim().to_owned();
        match name {
            "DTSTART" => {
                self.start = content.day();
                self.start.is_none().then(|| Odd::NotADay(value()))
            }
            "DTEND" => {
                self.end = content.day().map(|day| (line, day));
                self.end.is_none().then(|| Odd::NotADay(value()))
            }
            "DURATION" => {
                self.duration = whole_days(content.value).map(|days| (line, days));
                self.duration.is_none().then(|| Odd::Duration(value()))
            }
            "SUMMARY" => {
                self.summary = Some(unescaped(content.value)).filter(|name| !name.is_empty());
                None
            }
            "RRULE" => {
                self.repetition = Some((line, value()));
                None
            }
            "UID" => {
                self.uid = Some(unescaped(content.value)).filter(|uid| !uid.is_empty());
                None
            }
            "STATUS" => self.status(&value()),
            // §3.8.4.4: this event stands in for one occurrence of another.
            "RECURRENCE-ID" => {
                self.refused = true;
                Some(Odd::Property(content.name.clone()))
            }
            name if says_nothing_of_days(name) => None,
            _ => Some(Odd::Property(content.name.clone())),
        }
    }

    /// §3.8.1.11.
    fn status(&mut self, status: &str) -> Option<Odd> {
        match status.to_ascii_uppercase().as_str() {
            "CONFIRMED" => None,
            "TENTATIVE" => Some(Odd::Tentative),
            "CANCELLED" => {
                self.refused = true;
                Some(Odd::Cancelled)
            }
            _ => Some(Odd::Property("STATUS".into())),
        }
    }

    /// The feasts of this event, and what was odd about the whole of it.
    fn closed(self) -> (Vec<Feast>, Vec<Oddity>) {
        let mut odd = Vec::new();
        if self.refused {
            return (Vec::new(), odd);
        }
        let Some(start) = self.start else {
            return (Vec::new(), vec![Oddity::new(self.line, Odd::NoStart)]);
        };
        let Some(name) = self.summary.clone() else {
            return (Vec::new(), vec![Oddity::new(self.line, Odd::NoSummary)]);
        };
        let length = self.length(start, &mut odd);
        if length > LONGEST_EVENT {
            odd.push(Oddity::new(self.line, Odd::TooLong(length)));
            return (Vec::new(), odd);
        }
        let repetition = self.repetition.as_ref().and_then(|(line, text)| {
            let understood = Repetition::of(text, start);
            if understood.is_none() {
                odd.push(Oddity::new(*line, Odd::Repetition(text.clone())));
            }
            understood
        });
        let source = match &self.uid {
            Some(uid) => format!("iCalendar, UID {uid}"),
            None => format!("iCalendar, line {}", self.line),
        };
        let mut feasts = Vec::new();
        for offset in 0..i64::from(length) {
            let ahead = jiff::Span::new().days(offset);
            let Ok(day) = start.checked_add(ahead) else { break };
            feasts.push(match &repetition {
                None => Feast::dated(name.clone(), day, source.clone()),
                Some(yearly) => Feast {
                    name: name.clone(),
                    rule: FeastRule::Fixed { month: day.month(), day: day.day() },
                    since: Some(day),
                    until: yearly.until.and_then(|until| until.checked_add(ahead).ok()),
                    source: source.clone(),
                    unverified: false,
                },
            });
        }
        (feasts, odd)
    }

    /// §3.6.1: without end or duration an event of a day lasts that day; DTEND and DURATION exclude each
    /// other.
    fn length(&self, start: Day, odd: &mut Vec<Oddity>) -> u32 {
        match (self.end, self.duration) {
            (None, None) => 1,
            (None, Some((_, days))) => days,
            (Some((line, end)), duration) => {
                if let Some((line, days)) = duration {
                    odd.push(Oddity::new(line, Odd::Duration(format!("P{days}D"))));
                }
                let hours = start.duration_until(end).as_hours();
                u32::try_from(hours / 24).ok().filter(|days| *days > 0).unwrap_or_else(|| {
                    odd.push(Oddity::new(line, Odd::EndNotAfter(end)));
                    1
                })
            }
        }
    }
}

/// A repetition every year on the day of DTSTART.
struct Repetition {
    /// The last day on which an occurrence may start, inclusive.
    until: Option<Day>,
}

impl Repetition {
    /// §3.3.10: FREQ=YEARLY, with UNTIL or COUNT, and parts that only say again the day of DTSTART.
    /// BYMONTHDAY without BYMONTH would mean every month, so it needs BYMONTH.
    fn of(text: &str, start: Day) -> Option<Repetition> {
        let mut parts: Vec<(String, &str)> = Vec::new();
        for part in text.split(';') {
            let (name, value) = part.split_once('=')?;
            let name = name.trim().to_ascii_uppercase();
            if parts.iter().any(|(met, _)| *met == name) {
                return None;
            }
            parts.push((name, value.trim()));
        }
        let given = |name: &str| parts.iter().any(|(met, _)| met == name);
        if !given("FREQ") || (given("BYMONTHDAY") && !given("BYMONTH")) || (given("UNTIL") && given("COUNT"))
        {
            return None;
        }
        let mut until = None;
        for (name, value) in &parts {
            match name.as_str() {
                "FREQ" if value.eq_ignore_ascii_case("YEARLY") => {}
                "INTERVAL" if *value == "1" => {}
                "BYMONTH" if value.parse() == Ok(start.month()) => {}
                "BYMONTHDAY" if value.parse() == Ok(start.day()) => {}
                // The day on which weeks start changes nothing in a rule without weeks.
                "WKST" => {}
                "UNTIL" => until = Some(date(value.get(..8)?).filter(|day| start <= *day)?),
                "COUNT" => until = last_of(value.parse().ok()?, start)?,
                _ => return None,
            }
        }
        Some(Repetition { until })
    }
}

/// The last of `count` yearly days; within, `None` when it is past the year 9999. 29 February is not counted:
/// years without it do not use up the count.
fn last_of(count: u32, start: Day) -> Option<Option<Day>> {
    if count == 0 || (start.month(), start.day()) == (2, 29) {
        return None;
    }
    let year = i64::from(start.year()) + i64::from(count) - 1;
    let last = i16::try_from(year).ok().and_then(|year| Day::new(year, start.month(), start.day()).ok());
    Some(last)
}

/// Properties of a calendar or an event that cannot change which days it holds. §3.8.8.2: unknown `X-`
/// names are ignored.
fn says_nothing_of_days(name: &str) -> bool {
    const NAMES: [&str; 24] = [
        "ATTACH",
        "ATTENDEE",
        "CATEGORIES",
        "CLASS",
        "COLOR",
        "COMMENT",
        "CONTACT",
        "CREATED",
        "DESCRIPTION",
        "DTSTAMP",
        "GEO",
        "IMAGE",
        "LAST-MODIFIED",
        "LOCATION",
        "METHOD",
        "NAME",
        "ORGANIZER",
        "PRIORITY",
        "PRODID",
        "REFRESH-INTERVAL",
        "SEQUENCE",
        "SOURCE",
        "TRANSP",
        "URL",
    ];
    name.starts_with("X-") || name == "UID" || NAMES.contains(&name)
}

/// What is open while the lines go by.
#[derive(Default)]
struct Reader {
    met_calendar: bool,
    /// Where the open `VCALENDAR` began.
    calendar: Option<usize>,
    event: Option<Event>,
    /// Components within which nothing is read, outermost first, with their lines.
    passed: Vec<(usize, String)>,
    feasts: Vec<Feast>,
    odd: Vec<Oddity>,
}

impl Reader {
    fn take(&mut self, line: usize, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let Some(content) = Content::of(text) else {
            if self.passed.is_empty() {
                self.note(line, Odd::NotContent);
            }
            return;
        };
        let component = || content.value.trim().to_ascii_uppercase();
        match content.name.as_str() {
            "BEGIN" => self.begin(line, component()),
            "END" => self.end(line, component()),
            _ if !self.passed.is_empty() => {}
            _ => self.property(line, &content),
        }
    }

    fn property(&mut self, line: usize, content: &Content<'_>) {
        let value = || content.value.trim().to_owned();
        let odd = if let Some(event) = &mut self.event {
            event.take(line, content)
        } else if self.calendar.is_none() {
            Some(Odd::Outside)
        } else {
            match content.name.as_str() {
                "CALSCALE" if value().eq_ignore_ascii_case("GREGORIAN") => None,
                "CALSCALE" => Some(Odd::Scale(value())),
                "VERSION" if value() == "2.0" => None,
                "VERSION" => Some(Odd::Version(value())),
                name if says_nothing_of_days(name) => None,
                _ => Some(Odd::Property(content.name.clone())),
            }
        };
        if let Some(odd) = odd {
            self.note(line, odd);
        }
    }

    fn begin(&mut self, line: usize, component: String) {
        if !self.passed.is_empty() {
            self.passed.push((line, component));
            return;
        }
        match component.as_str() {
            "VCALENDAR" if self.calendar.is_none() && self.event.is_none() => {
                self.calendar = Some(line);
                self.met_calendar = true;
            }
            "VEVENT" => {
                self.leave_event_open();
                if self.calendar.is_none() {
                    self.note(line, Odd::Outside);
                }
                self.event = Some(Event::opened(line));
            }
            _ => {
                self.note(line, Odd::Component(component.clone()));
                self.passed.push((line, component));
            }
        }
    }

    fn end(&mut self, line: usize, component: String) {
        if let Some((_, last)) = self.passed.last() {
            if *last == component {
                self.passed.pop();
                return;
            }
            let closes_outer = (component == "VEVENT" && self.event.is_some())
                || (component == "VCALENDAR" && self.calendar.is_some());
            if !closes_outer {
                self.note(line, Odd::Unopened(component));
                return;
            }
            self.leave_passed_open();
        }
        match component.as_str() {
            "VEVENT" if let Some(event) = self.event.take() => {
                let (feasts, odd) = event.closed();
                self.feasts.extend(feasts);
                self.odd.extend(odd);
            }
            "VCALENDAR" if self.calendar.take().is_some() => self.leave_event_open(),
            _ => self.note(line, Odd::Unopened(component)),
        }
    }

    fn leave_passed_open(&mut self) {
        for (line, component) in std::mem::take(&mut self.passed) {
            self.note(line, Odd::Unclosed(component));
        }
    }

    fn leave_event_open(&mut self) {
        if let Some(event) = self.event.take() {
            self.note(event.line, Odd::Unclosed("VEVENT".into()));
        }
    }

    fn note(&mut self, line: usize, odd: Odd) {
        self.odd.push(Oddity::new(line, odd));
    }

    fn finish(mut self) -> (Vec<Feast>, Vec<Oddity>) {
        self.leave_passed_open();
        self.leave_event_open();
        if let Some(line) = self.calendar.take() {
            self.note(line, Odd::Unclosed("VCALENDAR".into()));
        }
        if !self.met_calendar {
            self.note(1, Odd::NoCalendar);
        }
        self.odd.sort_by_key(|oddity| oddity.line);
        (self.feasts, self.odd)
    }
}
