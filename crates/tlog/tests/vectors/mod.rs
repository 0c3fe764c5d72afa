//! Fixed values of a fictional log of eight leaves and two fictional witnesses.
//!
//! All were computed outside this crate: hashes by the recursive definitions of RFC 6962 written in Python
//! with its own SHA-256, signatures by the Python package `cryptography`, with the private keys of RFC 8032
//! section 7.1: test 1 for the log, tests 2 and 3 for the witnesses.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

use tlog::*;

pub(crate) const LOG: &str = "registre.example/essai";
pub(crate) const LOG_KEY: &str =
    "registre.example/essai+3fb2e27d+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
pub(crate) const LOG_SECRET: &str =
    "PRIVATE+KEY+registre.example/essai+3fb2e27d+AZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
pub(crate) const ONE_KEY: &str = "temoin.example/un+bbfc2657+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
pub(crate) const ONE_SECRET: &str =
    "PRIVATE+KEY+temoin.example/un+08e5ccdf+AUzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7";
/// The key of type 0x01 of the same name and bytes.
pub(crate) const ONE_AS_LOG: &str = "temoin.example/un+08e5ccdf+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
pub(crate) const TWO_KEY: &str = "temoin.example/deux+f7526101+BPxRzY5iGKGjjaR+0AIw8FgIFu0TujMDrF3rkRVIkIAl";
pub(crate) const ONE_TIME: u64 = 1_780_000_000;
pub(crate) const TWO_TIME: u64 = 1_780_000_001;

pub(crate) const TEXT_OF_EIGHT: &str =
    "registre.example/essai\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
pub(crate) const LOG_LINE: &str = "— registre.example/essai \
    P7LifcVDlJcGzklE6oq2PNg/ib85kQ80ykXe4nXfsU5ywt1x5YDfVc+QlaUK/LuVDJVwWnKTHrqzl8C90CemEutjjAk=\n";
pub(crate) const ONE_LINE: &str = "— temoin.example/un u/wmVwAAAABqGKUAUYIxHAsesrrIMHd5nIsu9vINvENKMVP0VdMOhQKB\
    OkVU7AYI+EDiE+K1EvHY4erzmZcA+UWWu1xxKYY1wY0rDQ==\n";
pub(crate) const TWO_LINE: &str = "— temoin.example/deux 91JhAQAAAABqGKUBQgX/q4XHhOYKMy1GDSRBXAh8IHxo0pdQiQawckbU\
    uB1cZ3eMwbjQ7M6KY3QhptbTC6mObvFA4kkBZ2Sx05x9Bg==\n";
/// Cosigned by one at 2^63 - 1, at 2^63 and at 0.
pub(crate) const ONE_AT_LAST: &str = "— temoin.example/un u/wmV3//////////KoaWzdFHqtckJYmOTRDEL4PbEsJjMY+805zVgGcJ\
    hPsX3Fo3g8ZIIjfQQoIjBi3KQ3dT7kKDNzGUzNBE18pZDA==\n";
pub(crate) const ONE_TOO_LATE: &str = "— temoin.example/un u/wmV4AAAAAAAAAAYbOFkRNTg5KkbIM++BCN8Qo8x5VrM+8qJ9aXBWxD\
    efUbosVBk6XXZiL5ZP9VHedyYy1qs7MTSkygm60ESlFHDQ==\n";
pub(crate) const ONE_AT_ZERO: &str = "— temoin.example/un u/wmVwAAAAAAAAAAQ9etwpUU0qLC+hOOeBCZJGodiX/oAFppNC/3SUVO\
    xoEAR9qdhY2q4NhLF94d2Cks0ODehsbFOvS8bmwR6njACg==\n";

pub(crate) const NOTE_OF_FIVE: &str = "registre.example/essai\n5\nTju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=\n\n\
    — registre.example/essai \
    P7LifR8bwge3zoD8RAcQTSrE+5EQ7MBk1RB3LJ9KG9iYFjU6iFYCClnWwOwapcc0hnysUOqcF5fZ1BI/xG1tmOhzbwc=\n";
/// From five leaves to eight.
pub(crate) const FIVE_TO_EIGHT: &str = "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=\n\
    QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=\n\
    yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=\n\
    037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n";
/// The hash of leaf 5, and from it to the root of eight.
pub(crate) const LEAF_FIVE: &str = "QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=";
pub(crate) const PATH_OF_FIVE: &str = "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=\n\
    yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=\n\
    037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n";
/// The eight entries as a bundle, in hexadecimal.
pub(crate) const BUNDLE_OF_EIGHT: &str = "00000001000001100002202100023031000440414243000850515253545556570010\
    606162636465666768696a6b6c6d6e6f";

/// The checkpoint of eight leaves with these lines.
pub(crate) fn note_of_eight(lines: &[&str]) -> Note {
    Note::parse(format!("{TEXT_OF_EIGHT}\n{}", lines.concat()).as_bytes()).unwrap()
}

pub(crate) fn log() -> Signer {
    Signer::parse(LOG_SECRET).unwrap()
}

pub(crate) fn log_key() -> VerifierKey {
    VerifierKey::parse(LOG_KEY).unwrap()
}

pub(crate) fn one() -> CosignerKey {
    CosignerKey::parse(ONE_KEY).unwrap()
}

pub(crate) fn two() -> CosignerKey {
    CosignerKey::parse(TWO_KEY).unwrap()
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}
