use super::*;

const WORDS: SeatingWords<'static> = SeatingWords {
    title: "Comité <fictif>",
    desc: "a & b",
    filled: "pourvus",
    vacant: "vacants",
    suspended: "suspendus",
    unknown: "inconnus",
    chair: "présidence",
};

fn seat(constituency: usize, state: SeatState) -> SeatMark<'static> {
    SeatMark { constituency, state, chair: false, label: "Siège & titulaire" }
}

/// A fictional body: four constituencies, states in turn, the first seat the chair's.
fn body(size: usize) -> Vec<SeatMark<'static>> {
    (0..size)
        .map(|index| SeatMark { chair: index == 0, ..seat(index % 4, SeatState::ALL[(index / 4) % 4]) })
        .collect()
}

#[test]
fn no_two_seats_touch_and_all_are_under_the_roof() {
    for size in 0..=160 {
        for chaired in [false, true] {
            let mut seats = body(size);
            if let Some(first) = seats.first_mut() {
                first.chair = chaired;
            }
            let plan = Plan::of(&seats);
            assert_eq!(plan.placed.len(), size);
            for (index, one) in plan.placed.iter().enumerate() {
                let reach = one.x.hypot(one.y) + if one.chair { CHAIR } else { SEAT };
                assert!(reach < plan.roof - 9.0, "size {size}: a seat under the roof's edge");
                assert!(one.x.hypot(one.y) > 45.0, "size {size}: the middle is left to the count");
                for other in &plan.placed[..index] {
                    let gap = (one.x - other.x).hypot(one.y - other.y);
                    let needed = if one.chair || other.chair { CHAIR + SEAT } else { 2.0 * SEAT };
                    assert!(gap >= needed + 2.0, "size {size}, chaired {chaired}: {gap:.1} apart");
                }
            }
        }
    }
}

#[test]
fn rows_hold_all_seats_within_what_they_can_hold() {
    for seats in 0..=300 {
        let rows = rows(seats);
        assert_eq!(rows.iter().map(|row| row.seats).sum::<usize>(), seats);
        for row in &rows {
            assert!(row.seats <= capacity(row.radius, rows[0].radius), "{seats} seats");
        }
    }
    assert_eq!(rows(12).len(), 1);
    assert_eq!(rows(25).len(), 1);
    assert_eq!(rows(26).len(), 2);
    assert_eq!(rows(120).len(), 4);
}

#[test]
fn a_constituency_sits_together() {
    let seats: Vec<_> = (0..40).map(|index| seat(index % 3, SeatState::Filled)).collect();
    let plan = Plan::of(&seats);
    let order: Vec<usize> = plan.placed.iter().map(|placed| placed.seat.constituency).collect();
    assert!(order.is_sorted());
    let angles: Vec<f64> =
        plan.placed.iter().map(|placed| placed.x.atan2(-placed.y).rem_euclid(2.0 * PI)).collect();
    assert!(angles.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9));
}

#[test]
fn one_seat_sits_opposite_the_head_and_the_chair_at_it() {
    let alone = Plan::of(&[seat(0, SeatState::Vacant)]);
    assert!(alone.placed[0].x.abs() < 1e-9 && alone.placed[0].y > 0.0);
    let chair = Plan::of(&[SeatMark { chair: true, ..seat(0, SeatState::Vacant) }]);
    assert!(chair.placed[0].y < 0.0 && chair.placed[0].chair);
}

#[test]
fn a_second_chair_sits_among_the_others() {
    let seats = [SeatMark { chair: true, ..seat(0, SeatState::Filled) }; 2];
    let plan = Plan::of(&seats);
    assert_eq!(plan.placed.iter().filter(|placed| placed.chair).count(), 1);
}

#[test]
fn states_and_constituencies_are_counted() {
    let seats = [
        SeatMark { chair: true, ..seat(0, SeatState::Filled) },
        seat(0, SeatState::Vacant),
        seat(1, SeatState::Suspended),
        seat(1, SeatState::Filled),
        seat(1, SeatState::Filled),
    ];
    let page = seating(&seats, &["État", "Société civile <OSC>", "Personne"], &WORDS).into_string();
    assert!(page.contains(">3/5</text>"));
    assert!(page.contains("pourvus\u{a0}: <b>3</b>"));
    assert!(page.contains("vacants\u{a0}: <b>1</b>"));
    assert!(page.contains("suspendus\u{a0}: <b>1</b>"));
    assert!(!page.contains("inconnus"));
    assert!(page.contains(" État\u{a0}: <b>1/2</b>"));
    assert!(page.contains(" Société civile &lt;OSC&gt;\u{a0}: <b>2/3</b>"));
    assert!(!page.contains("Personne"), "a constituency without seat is not in the legend");
    assert!(page.contains(" présidence"));
}

#[test]
fn each_seat_is_drawn_once_with_its_words_escaped_and_no_style() {
    let seats = body(120);
    let page = seating(&seats, &["a", "b", "c", "d"], &WORDS).into_string();
    assert_eq!(page.matches("<title>Siège &amp; titulaire</title>").count(), 120);
    assert!(page.contains("<title>Comité &lt;fictif&gt;</title><desc>a &amp; b</desc>"));
    assert!(!page.contains("style="));
    assert!(page.contains("role=\"img\""));
    let picture = page.split("<figcaption>").next().unwrap();
    let vacant = seats.iter().filter(|seat| seat.state == SeatState::Vacant).count();
    let dashed: usize = picture
        .split("<g ")
        .filter(|group| group.contains("stroke-dasharray=\"4 3\""))
        .map(|group| group.matches("<circle").count())
        .sum();
    assert_eq!(dashed, vacant);
    let suspended = seats.iter().filter(|seat| seat.state == SeatState::Suspended).count();
    let struck: usize = picture
        .split("<path d=\"M")
        .skip(1)
        .map(|path| path.split('"').next().unwrap().matches('l').count())
        .sum();
    assert_eq!(struck, suspended);
}

#[test]
fn a_constituency_beyond_colours_and_letters_is_still_drawn() {
    let page =
        seating(&[seat(9, SeatState::Filled), seat(400, SeatState::Vacant)], &[], &WORDS).into_string();
    assert!(page.contains("class=\"c1\"") && page.contains(">J</text>"));
    assert!(page.contains("class=\"c0\"") && page.contains(">·</text>"));
}

#[test]
fn nobody_is_still_a_roof() {
    let page = seating(&[], &[], &WORDS).into_string();
    assert!(page.contains(">0/0</text>"));
    assert!(!page.contains("NaN"));
}
