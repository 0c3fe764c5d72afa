//! Addresses: the language in front, the format behind, and between them a French noun that never changes.

use axum::http::{HeaderMap, Uri, header};

/// The languages of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// French, the first language.
    #[default]
    French,
    /// English.
    English,
}

impl Language {
    /// Both, French first.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The tag in `lang=` and in addresses.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language a header prefers: the first of ours in `Accept-Language`, with its weights.
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Self {
        let asked =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut best = (Self::French, 0.0_f32);
        for part in asked.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
            for language in Self::ALL {
                let ours = tag == language.tag() || tag.starts_with(&format!("{}-", language.tag()));
                if ours && weight > best.1 {
                    best = (language, weight);
                }
            }
        }
        best.0
    }
}

/// What the end of an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// A page.
    #[default]
    Html,
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// An Atom feed.
    Atom,
    /// A calendar.
    Ics,
}

impl Format {
    /// Every format with a suffix.
    pub const SUFFIXED: [(Self, &'static str); 4] =
        [(Self::Csv, ".csv"), (Self::Json, ".json"), (Self::Atom, ".atom"), (Self::Ics, ".ics")];

    /// The format that a path asks for.
    #[must_use]
    pub fn of(path: &str) -> Self {
        Self::SUFFIXED
            .into_iter()
            .find(|(_, suffix)| path.ends_with(suffix))
            .map_or(Self::Html, |(format, _)| format)
    }

    /// The suffix in addresses; empty for a page.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        Self::SUFFIXED.into_iter().find(|(format, _)| *format == self).map_or("", |(_, suffix)| suffix)
    }
}

/// How a visitor came to their language: by the address, or by the header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chosen {
    pub(crate) language: Language,
    /// Whether the address says it; links then go on saying it.
    pub(crate) by_address: bool,
}

/// The address without its language, and the language.
pub(crate) fn split(uri: &Uri, headers: &HeaderMap) -> (Option<Uri>, Chosen) {
    let path = uri.path();
    for language in Language::ALL {
        let Some(rest) = path.strip_prefix('/').and_then(|path| path.strip_prefix(language.tag())) else {
            continue;
        };
        if !rest.is_empty() && !rest.starts_with('/') {
            continue;
        }
        let bare = if rest.is_empty() { "/" } else { rest };
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let chosen = Chosen { language, by_address: true };
        return (format!("{bare}{query}").parse().ok(), chosen);
    }
    (None, Chosen { language: Language::accepted(headers), by_address: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_prefers_by_weight() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, value.parse().unwrap());
            Language::accepted(&headers)
        };
        assert_eq!(of("en-GB,en;q=0.9,fr;q=0.8"), Language::English);
        assert_eq!(of("fr-ML, en;q=0.5"), Language::French);
        assert_eq!(of("de, en;q=0.1"), Language::English);
        assert_eq!(of("bm"), Language::French);
        assert_eq!(of("en;q=abc"), Language::French);
        assert_eq!(Language::accepted(&HeaderMap::new()), Language::French);
    }

    #[test]
    fn the_address_says_its_language_and_format() {
        let (bare, chosen) = split(&"/en/recommandations.csv?q=a".parse().unwrap(), &HeaderMap::new());
        assert_eq!(bare.unwrap().to_string(), "/recommandations.csv?q=a");
        assert_eq!(chosen.language, Language::English);
        assert!(split(&"/entites".parse().unwrap(), &HeaderMap::new()).0.is_none());
        assert_eq!(split(&"/fr".parse().unwrap(), &HeaderMap::new()).0.unwrap().path(), "/");
        assert_eq!(Format::of("/recommandations.csv"), Format::Csv);
        assert_eq!(Format::of("/recommandations"), Format::Html);
    }
}
