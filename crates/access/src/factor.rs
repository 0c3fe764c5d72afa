//! The second factor: six digits that a phone shows, and ten codes on paper for the day it is lost.
//!
//! The secret that phone and server share is in no file: it is derived from the instance's own secret and a
//! random text
//! kept with the account, so that a copy of the drawers alone does not give it away.

use record::Fault;
use terms::{Instant, PersonId};
use totp_rs::{Builder, Totp};
use web::House;

/// Recovery codes that a person gets at once.
pub(crate) const CODES: usize = 10;

/// Bytes of a shared secret.
///
/// **Source** RFC 4226, 4, R6: 128 bits at least, 160 recommended.
const SECRET_BYTES: usize = 20;

/// A fresh text from which a shared secret is derived.
pub(crate) fn fresh() -> Result<String, Fault> {
    web::fresh_text(26)
}

/// The second factor derived from this text, under the name that the phone shows.
///
/// **Units** six digits, steps of thirty seconds, one step of drift either way (RFC 6238, 5.2).
pub(crate) fn totp(house: &House, factor: &str, name: &str) -> Result<Totp, Fault> {
    let digits =
        house.signature(&["access-totp", factor, "a"]) + &house.signature(&["access-totp", factor, "b"]);
    let secret: Vec<u8> = (0..SECRET_BYTES)
        .filter_map(|i| u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok())
        .collect();
    // A colon ends the issuer in the address that phones read.
    let plain = |text: &str| text.replace(':', " ");
    let name = if name.trim().is_empty() { "toguna".to_owned() } else { plain(name) };
    Builder::new()
        .with_secret(secret)
        .with_skew(1)
        .with_account_name(name)
        .with_issuer(Some(plain(&house.record().founded.title.fr)))
        .build()
        .map_err(|error| Fault::Value(error.to_string()))
}

/// The step whose six digits were typed at this moment.
pub(crate) fn step(totp: &Totp, typed: &str, at: Instant) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    totp.check(&digits, u64::try_from(at.as_second()).ok()?)
}

/// Ten fresh recovery codes, as they are printed.
///
/// **Units** 80 bits each.
pub(crate) fn fresh_codes() -> Result<Vec<String>, Fault> {
    (0..CODES).map(|_| Ok(grouped(&web::fresh_text(16)?))).collect()
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of a person's recovery code, however it is typed.
///
/// **Source** Douglas Crockford, Base 32: `o` is read as 0, `i` and `l` as 1.
pub(crate) fn code_hash(house: &House, person: &PersonId, typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    let read = letters.map(|c| match c {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    });
    house.signature(&["access-recovery", person.as_str(), &read.collect::<String>()])
}
