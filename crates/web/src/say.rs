//! Words for people: Fluent messages of every room, French first.

use std::collections::HashMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::Language;

/// Every message of every room in both languages.
pub struct Languages(HashMap<Language, FluentBundle<FluentResource>>);

impl Languages {
    /// The messages of these `.ftl` texts, one pair (French, English) a room.
    ///
    /// **Errors** a text that is not Fluent, or a message defined twice: said with its name.
    pub fn of(texts: &[(&'static str, &'static str)]) -> Result<Self, String> {
        let mut languages = HashMap::new();
        for language in Language::ALL {
            let tag = language.tag().parse().map_err(|error| format!("{error}"))?;
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            // Isolation marks would stand in attributes and in CSV.
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(match language {
                Language::French => french_number,
                Language::English => english_number,
            }));
            for (fr, en) in texts {
                let text = if language == Language::French { fr } else { en };
                let resource = FluentResource::try_new((*text).to_owned())
                    .map_err(|(_, errors)| format!("{} : {:?}", language.tag(), errors.first()))?;
                bundle
                    .add_resource(resource)
                    .map_err(|errors| format!("{} : {:?}", language.tag(), errors.first()))?;
            }
            languages.insert(language, bundle);
        }
        Ok(Self(languages))
    }

    /// The message in this language, with its arguments; in French where this language lacks it; the key itself where
    /// neither has it, and a test of every room sees that none does.
    #[must_use]
    pub fn say(&self, language: Language, key: &str, arguments: &[(&str, Say<'_>)]) -> String {
        self.message(language, key, arguments)
            .or_else(|| self.message(Language::French, key, arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    /// Whether the language has the message.
    #[must_use]
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.0.get(&language).is_some_and(|bundle| bundle.has_message(key))
    }

    fn message(&self, language: Language, key: &str, arguments: &[(&str, Say<'_>)]) -> Option<String> {
        let bundle = self.0.get(&language)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut given = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            given.set(*name, value.clone().into_fluent());
        }
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&given), &mut errors);
        if !errors.is_empty() {
            tracing::warn!(key, "message mal rempli : {errors:?}");
        }
        Some(said.into_owned())
    }
}

/// Something that can stand in a message.
#[derive(Debug, Clone)]
pub enum Say<'a> {
    /// A text.
    Text(std::borrow::Cow<'a, str>),
    /// A whole number: chooses the plural and is printed with the language's grouping.
    Number(i64),
}

impl Say<'_> {
    fn into_fluent(self) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::String(text.into_owned().into()),
            Self::Number(number) => FluentValue::Number(FluentNumber::from(number)),
        }
    }
}

impl<'a> From<&'a str> for Say<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Say<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Say<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

macro_rules! said_numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Say<'_> {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
said_numbers! { i64 i32 i16 u64 u32 u16 u8 usize }

fn french_number(value: &FluentValue<'_>, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Option<String> {
    grouped(value, '\u{202f}')
}

fn english_number(
    value: &FluentValue<'_>,
    _: &intl_memoizer::concurrent::IntlLangMemoizer,
) -> Option<String> {
    grouped(value, ',')
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(group(number.value as i64, separator)),
        _ => None,
    }
}

/// The number with a separator every three digits.
pub(crate) fn group(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('\u{2212}');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_choose_their_plural_and_are_grouped() {
        let languages = Languages::of(&[(
            "jours = { $n ->\n    [one] { $n } jour\n   *[other] { $n } jours\n}\n",
            "jours = { $n ->\n    [one] { $n } day\n   *[other] { $n } days\n}\n",
        )])
        .unwrap();
        let say = |language, n: i64| languages.say(language, "jours", &[("n", n.into())]);
        assert_eq!(say(Language::French, 0), "0 jour");
        assert_eq!(say(Language::French, 12_345), "12\u{202f}345 jours");
        assert_eq!(say(Language::English, 0), "0 days");
        assert_eq!(say(Language::English, 1), "1 day");
        assert_eq!(languages.say(Language::French, "absent", &[]), "absent");
    }

    #[test]
    fn a_message_defined_twice_is_refused() {
        assert!(Languages::of(&[("a = 1\n", "a = 1\n"), ("a = 2\n", "b = 1\n")]).is_err());
    }
}
