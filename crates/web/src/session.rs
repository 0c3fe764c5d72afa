//! Sign-in sessions: a random token in a cookie, its hash in a drawer, nothing about the machine that holds it.

use hmac::{Hmac, KeyInit, Mac};
use record::{Desk, Fault, Tables, Tx, values};
use sha2::{Digest, Sha256};
use terms::{Day, PersonId};

/// Days a session lasts without being renewed by a sign-in.
const SESSION_DAYS: i32 = 14;

/// The cookie's name.
pub(crate) const COOKIE: &str = "session";

/// What the cookie holds: thirty-two random bytes in hexadecimal.
#[derive(Clone)]
pub struct SessionToken(String);

impl SessionToken {
    /// The `Set-Cookie` line that gives it to the browser. Browsers keep `Secure` cookies on loopback addresses too.
    #[must_use]
    pub fn cookie(&self) -> String {
        format!(
            "{COOKIE}={}; Path=/; Max-Age={}; HttpOnly; Secure; SameSite=Lax",
            self.0,
            SESSION_DAYS * 86_400
        )
    }

    /// The `Set-Cookie` line that takes it away.
    #[must_use]
    pub fn farewell() -> String {
        format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax")
    }

    /// The session cookie among a request's cookies.
    pub(crate) fn among(cookies: &str) -> Option<Self> {
        let value =
            cookies.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
        (value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(value.to_owned()))
    }

    fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// The token that forms of this session carry.
    pub(crate) fn form_token(&self, secret: &[u8]) -> String {
        keyed(secret, &["formulaire", &self.hash()])
    }
}

/// A token nobody can make without the secret.
pub(crate) fn keyed(secret: &[u8], parts: &[&str]) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}

/// Whether two texts are equal, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The drawer of sessions.
#[must_use]
pub const fn session_tables() -> Tables {
    Tables {
        room: "web-session",
        derived: "",
        drawers: "
CREATE TABLE IF NOT EXISTS session (
    token_sha256 TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    until_day TEXT NOT NULL
);
",
        apply: |_, _| Ok(()),
    }
}

/// The person is signed in; the token is theirs alone.
///
/// **Errors** the system has no randomness; the database refused.
pub fn begin_session(desk: &mut Desk<'_>, person: &PersonId, today: Day) -> Result<SessionToken, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Fault::File(error.to_string()))?;
    let token = SessionToken(hex(&bytes));
    let until = later(today, SESSION_DAYS);
    let tx = desk.tx();
    tx.run("DELETE FROM session WHERE until_day < ?1", values![today])?;
    tx.run(
        "INSERT INTO session (token_sha256, person, until_day) VALUES (?1, ?2, ?3)",
        values![token.hash(), *person, until],
    )?;
    Ok(token)
}

fn later(day: Day, days: i32) -> Day {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

/// The session is over; with no token, every session of the person is.
///
/// **Errors** the database refused.
pub fn end_session(
    desk: &mut Desk<'_>,
    token: Option<&SessionToken>,
    person: &PersonId,
) -> Result<(), Fault> {
    match token {
        Some(token) => desk.tx().run("DELETE FROM session WHERE token_sha256 = ?1", values![token.hash()])?,
        None => desk.tx().run("DELETE FROM session WHERE person = ?1", values![*person])?,
    };
    Ok(())
}

/// Whose session the token is, on this day.
pub(crate) fn person(tx: &mut Tx<'_>, token: &SessionToken, today: Day) -> Result<Option<PersonId>, Fault> {
    tx.row(
        "SELECT person FROM session WHERE token_sha256 = ?1 AND until_day >= ?2",
        values![token.hash(), today],
        |row| row.get(0),
    )
}
