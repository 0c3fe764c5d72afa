//! Pages as a person uses them: the words they read, and the forms they fill with the fields that are
//! offered.

/// A form as a page offers it, with what stands in it.
pub(crate) struct Sheet {
    /// Where it is sent.
    pub(crate) action: String,
    /// What will be sent.
    pub(crate) fields: Vec<(String, String)>,
    offered: Vec<Offered>,
}

struct Offered {
    name: String,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Free,
    Tick(String),
    Choice(Vec<String>),
    Button(String),
    File,
}

/// One tag: its name and attributes, and where what follows it begins.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    after: usize,
}

impl Tag<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| *attribute == name).map(|(_, value)| value.as_str())
    }
}

/// The next opening or closing tag at or after `from`.
fn tag(page: &str, from: usize) -> Option<Tag<'_>> {
    let begins = from + page.get(from..)?.find('<')?;
    let ends = begins + page[begins..].find('>')?;
    let inside = page[begins + 1..ends].trim_end_matches('/');
    let name = inside.split_whitespace().next().unwrap_or_default();
    let mut attributes = Vec::new();
    let mut rest = inside.get(name.len()..).unwrap_or_default().trim_start();
    while !rest.is_empty() {
        let stop = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (attribute, tail) = rest.split_at(stop);
        if let Some(quoted) = tail.strip_prefix("=\"") {
            let (value, tail) = quoted.split_once('"').unwrap_or((quoted, ""));
            attributes.push((attribute, unescaped(value)));
            rest = tail.trim_start();
        } else {
            attributes.push((attribute, String::new()));
            rest = tail.trim_start();
        }
    }
    Some(Tag { name, attributes, after: ends + 1 })
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// What a page says to its reader: no tags, one space between words, whatever kind of space it was.
pub(crate) fn words(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tail)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tail.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = unescaped(&text);
    let mut said =
        text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    for mark in [".", ",", ")"] {
        said = said.replace(&format!(" {mark}"), mark);
    }
    said.replace("( ", "(")
}

/// Every address that a page leads to.
pub(crate) fn links(page: &str) -> Vec<String> {
    let parts = page.split("href=\"").skip(1);
    parts.filter_map(|part| part.split_once('"')).map(|(address, _)| unescaped(address)).collect()
}

/// What stands between these marks.
#[track_caller]
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("« {before} » manque dans : {text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("« {after} » manque dans : {rest}")).0
}

/// What stands between these marks, once for each time.
pub(crate) fn each<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|part| part.split_once(after)).map(|(inside, _)| inside).collect()
}

impl Sheet {
    /// The form of this page that is sent to `action`.
    #[track_caller]
    pub(crate) fn on(page: &str, action: &str) -> Self {
        let found = Self::all(page).into_iter().find(|sheet| sheet.action == action);
        found.unwrap_or_else(|| panic!("aucun formulaire vers {action} dans : {}", words(page)))
    }

    /// Every form of the page that is sent by POST.
    pub(crate) fn all(page: &str) -> Vec<Self> {
        let blocks = page.split("<form").skip(1).filter_map(|part| part.split_once("</form>"));
        let sheets = blocks.filter_map(|(block, _)| {
            let block = format!("<form{block}");
            let head = tag(&block, 0)?;
            let sent = head.value("method") == Some("post");
            sent.then(|| Self::read(&block, head.value("action").unwrap_or_default(), head.after))
        });
        sheets.collect()
    }

    fn read(block: &str, action: &str, from: usize) -> Self {
        let mut sheet = Self { action: action.to_owned(), fields: Vec::new(), offered: Vec::new() };
        let mut at = from;
        while let Some(tag) = tag(block, at) {
            at = tag.after;
            let Some(name) = tag.value("name").map(str::to_owned) else { continue };
            let value = tag.value("value").unwrap_or_default().to_owned();
            let rest = block.get(at..).unwrap_or_default();
            let kind = match (tag.name, tag.value("type")) {
                ("input", Some("checkbox")) => {
                    if tag.value("checked").is_some() {
                        sheet.fields.push((name.clone(), value.clone()));
                    }
                    Kind::Tick(value)
                }
                ("input", Some("radio")) => {
                    if tag.value("checked").is_some() {
                        sheet.fields.push((name.clone(), value.clone()));
                    }
                    Kind::Button(value)
                }
                ("input", Some("file")) => Kind::File,
                ("button", _) => Kind::Button(value),
                ("select", _) => {
                    let (inside, _) = rest.split_once("</select>").unwrap_or_default();
                    let (values, chosen) = choices(inside);
                    sheet.fields.push((name.clone(), chosen));
                    Kind::Choice(values)
                }
                ("textarea", _) => {
                    let (inside, _) = rest.split_once("</textarea>").unwrap_or_default();
                    sheet.fields.push((name.clone(), unescaped(inside)));
                    Kind::Free
                }
                _ => {
                    sheet.fields.push((name.clone(), value));
                    Kind::Free
                }
            };
            sheet.offered.push(Offered { name, kind });
        }
        sheet
    }

    /// The same with this written, ticked or chosen; only what the page offers can be.
    #[track_caller]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let offers = |kind: &Kind| match kind {
            Kind::Free => true,
            Kind::Tick(own) | Kind::Button(own) => own == value,
            Kind::Choice(values) => values.iter().any(|one| one == value),
            Kind::File => false,
        };
        let found = self.offered.iter().find(|offered| offered.name == name && offers(&offered.kind));
        let Some(found) = found else {
            let names: Vec<_> = self.offered.iter().map(|offered| offered.name.as_str()).collect();
            panic!("{} n’offre pas {name} = {value} : {names:?}", self.action)
        };
        if !matches!(found.kind, Kind::Tick(_)) {
            self.fields.retain(|(field, _)| field != name);
        }
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with all of these.
    #[track_caller]
    pub(crate) fn with_all(self, fields: &[(&str, &str)]) -> Self {
        fields.iter().fold(self, |sheet, (name, value)| sheet.with(name, value))
    }

    /// What stands in this field.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("{} n’a pas {name}", self.action))
    }

    /// Whether the form takes a file under this name.
    pub(crate) fn takes_file(&self, name: &str) -> bool {
        self.offered.iter().any(|offered| offered.name == name && offered.kind == Kind::File)
    }
}

/// The values of a choice, and the one that stands.
fn choices(inside: &str) -> (Vec<String>, String) {
    let (mut values, mut chosen, mut at) = (Vec::new(), None, 0);
    while let Some(option) = tag(inside, at) {
        at = option.after;
        if let Some(value) = option.value("value").filter(|_| option.name == "option") {
            values.push(value.to_owned());
            if option.value("selected").is_some() {
                chosen = Some(value.to_owned());
            }
        }
    }
    let first = values.first().cloned().unwrap_or_default();
    (values, chosen.unwrap_or(first))
}
