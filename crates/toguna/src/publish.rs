//! A site as files: where the page of an address lies, and a page whose links lead from file to file. Touches no file itself.

use std::fmt::Write as _;

/// Addresses that only a running site answers: who acts, and what is made anew for each question.
const LIVE: [&str; 7] =
    ["/connexion", "/bureau", "/invitation", "/reponse", "/recherche", "/personnes", "/deconnexion"];

/// Names of the query that only a running site answers: an earlier day, what somebody looks for, a code that is checked.
const ASKED_LIVE: [&str; 5] = ["au", "q", "code", "retour", "jour"];

/// The longest name of a file that a query may make: most systems stop at 255 bytes.
const NAME_MAX: usize = 120;

/// An address of the site, in its one spelling: `/fr` is where no language is said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    path: String,
    query: String,
}

impl Address {
    /// The address that a link on the page at `from` leads to, without its fragment; none where it leads off the site.
    #[must_use]
    pub fn of(link: &str, from: &Self) -> Option<Self> {
        let link = link.split('#').next().unwrap_or_default();
        let (path, query) = link.split_once('?').unwrap_or((link, ""));
        let path = match path {
            "" => from.path.clone(),
            path if path.starts_with('/') && !path.starts_with("//") => path.to_owned(),
            // Every other link of ours names its place from the top.
            _ => return None,
        };
        let path = match path.strip_prefix("/fr") {
            Some("") => "/".to_owned(),
            Some(rest) if rest.starts_with('/') => rest.to_owned(),
            _ => path,
        };
        let path = if path.len() > 1 { path.trim_end_matches('/').to_owned() } else { path };
        let query = if link.is_empty() && !from.query.is_empty() { from.query.as_str() } else { query };
        // The style sheet's address changes with it; the file does not.
        let query = if path.starts_with("/style.css") { "" } else { query };
        Some(Self { path, query: query.to_owned() })
    }

    /// The first page, in the language of this address.
    #[must_use]
    pub fn first(english: bool) -> Self {
        Self { path: if english { "/en" } else { "/" }.to_owned(), query: String::new() }
    }

    /// What is asked of the site.
    #[must_use]
    pub fn asked(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The path without its language.
    #[must_use]
    pub fn bare(&self) -> &str {
        match self.path.strip_prefix("/en") {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => &self.path,
        }
    }

    /// Whether the page is in English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.path == "/en" || self.path.starts_with("/en/")
    }

    /// Whether only a running site answers here.
    #[must_use]
    pub fn is_live(&self) -> bool {
        let bare = self.bare();
        let below = |place: &str| {
            bare.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        };
        let names = self.query.split('&').filter_map(|pair| pair.split('=').next());
        LIVE.iter().any(|place| below(place)) || names.into_iter().any(|name| ASKED_LIVE.contains(&name))
    }

    /// Where the answer lies below the folder; `kind` is its media type.
    #[must_use]
    pub fn file(&self, kind: &str) -> String {
        let path = self.path.trim_start_matches('/');
        let query = if self.query.is_empty() { String::new() } else { named(&self.query) };
        if kind.starts_with("text/html") {
            let joint = if query.is_empty() { "" } else { "-" };
            let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
            return format!("{folder}index{joint}{query}.html");
        }
        let last = path.rsplit('/').next().unwrap_or_default();
        let suffix = match kind.split(';').next().unwrap_or_default() {
            // What a log serves has the name that the specification gives it.
            _ if path.starts_with("registre/") || last.contains('.') => "",
            "application/pdf" => ".pdf",
            "image/png" => ".png",
            "image/jpeg" => ".jpg",
            "text/plain" => ".txt",
            "text/csv" => ".csv",
            _ => "",
        };
        if query.is_empty() {
            return format!("{path}{suffix}");
        }
        // Before the ending, so that a file is opened by what opens its kind.
        match path.rsplit_once('.') {
            Some((name, ending)) => format!("{name}-{query}.{ending}"),
            None => format!("{path}-{query}{suffix}"),
        }
    }
}

/// A query as part of a file's name: letters, digits and hyphens stay, all else becomes its number.
fn named(query: &str) -> String {
    let mut name = String::new();
    for byte in query.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => name.push(char::from(byte)),
            b'-' | b'=' | b'&' | b'.' => name.push('-'),
            other => {
                let _ = write!(name, "_{other:02x}");
            }
        }
    }
    // Two queries that differ must not come to lie in one file.
    let plain = query.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'=');
    if plain && name.len() <= NAME_MAX {
        return name;
    }
    let mark = tlog::leaf_hash(query.as_bytes()).hex().to_string();
    name.truncate(NAME_MAX);
    format!("{name}-{}", &mark[..10])
}

/// The way from one file to another, both below the folder.
#[must_use]
pub fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    let shared = from.split('/').zip(to.split('/')).take_while(|(a, b)| a == b).count();
    let shared = shared.min(up).min(to.matches('/').count());
    let rest: Vec<&str> = to.split('/').skip(shared).collect();
    let way = format!("{}{}", "../".repeat(up - shared), rest.join("/"));
    way.split('/').map(escaped).collect::<Vec<_>>().join("/")
}

/// A file's name as part of an address: a percent sign in it is one.
fn escaped(name: &str) -> String {
    name.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Every address that the page links to, shows or is styled by.
#[must_use]
pub fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_piece(page, &mut |piece| {
        if let Piece::Tag(tag) = piece {
            found.extend(attribute(tag, "href").map(plain));
            found.extend(attribute(tag, "src").map(plain));
        }
    });
    found
}

/// The addresses out of a feed or a calendar are absolute and stay so; a page's are made to lead from file to file.
///
/// `leads` says where a link leads from this file: `None` where nothing lies. What it leaves is shown without a link. A form is
/// replaced by `sentence`.
#[must_use]
pub fn rewritten(
    page: &str,
    leads: &mut dyn FnMut(&str) -> Option<String>,
    sentence: &str,
    notice: &str,
) -> String {
    let mut out = String::with_capacity(page.len() + notice.len());
    let (mut in_form, mut unlinked) = (false, false);
    each_piece(page, &mut |piece| match piece {
        Piece::Tag(tag) if tag.starts_with("<form") => {
            in_form = true;
            out.push_str(sentence);
        }
        Piece::Tag("</form>") => in_form = false,
        _ if in_form => {}
        Piece::Tag("</a>") if unlinked => {
            unlinked = false;
            out.push_str("</span>");
        }
        Piece::Tag(tag) => {
            let name = if attribute(tag, "href").is_some() { "href" } else { "src" };
            let Some(link) = attribute(tag, name) else {
                out.push_str(tag);
                if tag.starts_with("<main") {
                    out.push_str(notice);
                }
                return;
            };
            match leads(&plain(link)) {
                Some(way) => {
                    let (old, new) =
                        (format!(" {name}=\"{link}\""), format!(" {name}=\"{}\"", spelled(&way)));
                    out.push_str(&tag.replacen(&old, &new, 1));
                }
                None if tag.starts_with("<a") => {
                    unlinked = true;
                    out.push_str("<span>");
                }
                // What nothing leads to is left out of the head.
                None => {}
            }
        }
        Piece::Text(text) => out.push_str(text),
    });
    out
}

enum Piece<'a> {
    /// From `<` to `>`.
    Tag(&'a str),
    /// Between two tags.
    Text(&'a str),
}

/// Our pages are written by one writer, which escapes `<` and `"` wherever they are not markup.
fn each_piece<'a>(page: &'a str, each: &mut dyn FnMut(Piece<'a>)) {
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        each(Piece::Text(text));
        let end = end_of_tag(tag);
        each(Piece::Tag(&tag[..end]));
        rest = &tag[end..];
    }
    each(Piece::Text(rest));
}

/// The tag's length: a `>` between quotation marks does not end it.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn plain(value: &str) -> String {
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn spelled(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(link: &str) -> Address {
        Address::of(link, &Address::first(false)).unwrap()
    }

    #[test]
    fn every_address_has_its_file() {
        for (link, kind, file) in [
            ("/", "text/html; charset=utf-8", "index.html"),
            ("/fr", "text/html", "index.html"),
            ("/en", "text/html", "en/index.html"),
            ("/fr/recommandations", "text/html", "recommandations/index.html"),
            ("/en/recommandations?apres=40", "text/html", "en/recommandations/index-apres-40.html"),
            ("/recommandations.csv", "text/csv", "recommandations.csv"),
            ("/recommandations.csv?apres=40", "text/csv", "recommandations-apres-40.csv"),
            ("/registre/checkpoint", "text/plain", "registre/checkpoint"),
            ("/registre/tile/entries/003.p/12", "application/octet-stream", "registre/tile/entries/003.p/12"),
            ("/reponses/pieces/12", "application/pdf", "reponses/pieces/12.pdf"),
            ("/style.css?v=1234", "text/css", "style.css"),
        ] {
            assert_eq!(address(link).file(kind), file, "{link}");
        }
        let (one, other) = (address("/a?apres=x-y"), address("/a?apres=x=y"));
        assert_ne!(one.file("text/html"), other.file("text/html"));
        assert!(Address::of("https://exemple.org/", &Address::first(false)).is_none());
        assert!(Address::of("//exemple.org/", &Address::first(false)).is_none());
        assert!(Address::of("mailto:a@exemple.org", &Address::first(false)).is_none());
        assert!(address("/en/connexion").is_live() && address("/?au=2024-01-01").is_live());
        assert!(!address("/reponses").is_live() && address("/reponse/x/y/z").is_live());
    }

    #[test]
    fn the_way_leads_from_file_to_file() {
        assert_eq!(relative("index.html", "style.css"), "style.css");
        assert_eq!(relative("a/b/index.html", "a/c/index.html"), "../c/index.html");
        assert_eq!(relative("a/index.html", "a/index.html"), "index.html");
        assert_eq!(relative("en/a/index.html", "index.html"), "../../index.html");
        assert_eq!(relative("index.html", "a/b%.csv"), "a/b%25.csv");
    }

    #[test]
    fn links_lead_to_files_and_forms_to_a_sentence() {
        let page = "<main id=\"c\"><a class=\"x\" href=\"/a?b=1&amp;c=2#d\" title=\"1 > 2\">A</a><a href=\"/connexion\">C</a>\
                    <form action=\"/x\"><a href=\"/y\">n</a></form><img src=\"/logo.svg\"></main>";
        assert_eq!(links(page), ["/a?b=1&c=2#d", "/connexion", "/y", "/logo.svg"]);
        let mut leads = |link: &str| (link != "/connexion").then(|| format!("..{link}"));
        assert_eq!(
            rewritten(page, &mut leads, "<p>non</p>", "<p>ici</p>"),
            "<main id=\"c\"><p>ici</p><a class=\"x\" href=\"../a?b=1&amp;c=2#d\" title=\"1 > 2\">A</a><span>C</span>\
             <p>non</p><img src=\"../logo.svg\"></main>"
        );
    }
}
