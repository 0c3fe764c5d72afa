//! Passwords: hashed with argon2id, two at a time so that sign-ins cannot take the machine's memory and
//! processors.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use record::Fault;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Hashes under way at once; each takes 19 MiB.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What an unknown name's password is compared with, so that it takes as long as a known one's.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("personne ne porte ce nom").ok());

/// The password's hash as a PHC string.
///
/// **Units** the parameters that the crate's authors keep current: 19 MiB, two passes, one lane.
///
/// **Source** RFC 9106 (argon2id); OWASP Password Storage Cheat Sheet.
pub(crate) fn hash_now(password: &str) -> Result<String, Fault> {
    let hash = Argon2::default().hash_password(one_spelling(password).as_bytes());
    Ok(hash.map_err(|error| Fault::Value(error.to_string()))?.to_string())
}

/// As [`hash_now`], when its turn comes.
pub(crate) async fn hash(password: String) -> Result<String, Fault> {
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password is the one that was hashed. Without a hash the answer is no, and takes as long.
pub(crate) async fn matches(password: String, kept: Option<String>) -> Result<bool, Fault> {
    in_turn(move || {
        let nobody = NOBODY.as_deref();
        let Some(against) = kept.as_deref().or(nobody) else { return false };
        let equal = PasswordHash::new(against).is_ok_and(|hash| {
            Argon2::default().verify_password(one_spelling(&password).as_bytes(), &hash).is_ok()
        });
        equal && kept.is_some()
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let turn = TURNS.acquire().await.map_err(|_| Fault::Stopped)?;
    // The turn goes along: a visitor who leaves does not give it back before the work is done.
    let worked = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    worked.await.map_err(|_| Fault::Stopped)
}

/// Keyboards write one accent in several ways; all are the same password.
///
/// **Source** NIST SP 800-63B-4, 3.1.1.2: normalisation NFKC or NFKD before hashing.
fn one_spelling(password: &str) -> String {
    password.nfkc().collect()
}
