//! Against an independent peer: dateutil 2.9.0 (`easter`, `rrule`, `relativedelta`), run once elsewhere.
//!
//! Each constant is the FNV-1a 64 digest of the peer's answers, one ISO day and a line feed each, in the
//! order that the test gives its own.

use crate::{day, ruled};
use calendar::{Day, Span, Unit, due, easter};

fn digest(days: impl Iterator<Item = Day>) -> u64 {
    let bytes = days.flat_map(|day| format!("{day}\n").into_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Every day of 2023 to 2028, with every amount.
fn dues(amounts: impl IntoIterator<Item = u32>, unit: Unit, roll: bool) -> impl Iterator<Item = Day> {
    let calendar = ruled();
    let amounts: Vec<u32> = amounts.into_iter().collect();
    let starts = day("2023-01-01").series(jiff::Span::new().days(1)).take_while(|from| from.year() <= 2028);
    starts.flat_map(move |from| {
        let spans = amounts.iter().map(|amount| Span { amount: *amount, unit, roll });
        spans.map(|span| due(from, &span, &calendar, &[]).day.unwrap()).collect::<Vec<_>>()
    })
}

/// `easter(y)` for 1583 to 2500.
#[test]
fn easter_agrees() {
    assert_eq!(digest((1583..=2500).map(|year| easter(year).unwrap())), 0xe192_1035_d78a_2d74);
}

/// The n-th day after the start in `rrule(DAILY, byweekday=MO..FR)` without the feasts, `byeaster` 1 and 39.
#[test]
fn working_days_agree() {
    let days = dues([1, 2, 5, 7, 10, 20, 60], Unit::WorkingDays, false);
    assert_eq!(digest(days), 0x845a_c459_5e95_6083);
}

/// The first day on or after start + n days in the same set.
#[test]
fn moved_days_agree() {
    assert_eq!(digest(dues([0, 1, 3, 30, 60, 90], Unit::Days, true)), 0x088f_a820_55e8_4ae4);
}

/// `start + relativedelta(months=n)`.
#[test]
fn months_agree() {
    assert_eq!(digest(dues(0..26, Unit::Months, false)), 0xaa62_740a_1f33_0e33);
}
