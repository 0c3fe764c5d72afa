use super::*;

/// A fictional country: a square of two degrees with a square hole, and a strip beside it.
const FILE: &str = "# fictional\n\nid,name,path\n\
    F.A,Plaine,M-1 -1 1 -1 1 1 -1 1ZM-0.5 -0.5 0.5 -0.5 0.5 0.5Z\n\
    F.B,Rive, Est,M1 -1 1.5 -1 1.5 1 1 1Z\n";

const WORDS: MapWords<'static> = MapWords {
    title: "Comités <installés>",
    desc: "2 & 1",
    yes: "installé",
    no: "non installé",
    unknown: "inconnu",
    exercise: "exercice",
    source: "domaine public",
};

fn point(lon: f64, lat: f64, label: &str, state: PointState) -> Point<'_> {
    Point { lat, lon, label, href: "/lieux/x?a=1&b=2", state }
}

#[test]
fn a_file_gives_its_areas_in_order() {
    let outlines = Outlines::parse(FILE).unwrap();
    let names: Vec<_> = outlines.areas().iter().map(|area| (area.id.as_str(), area.name.as_str())).collect();
    assert_eq!(names, [("F.A", "Plaine"), ("F.B", "Rive, Est")]);
    assert_eq!(outlines.areas()[0].rings.len(), 2);
    assert_eq!(outlines.areas()[0].rings[0].len(), 4);
    assert_eq!(outlines.areas()[1].rings[0][1], Position { lon: 1.5, lat: -1.0 });
}

#[test]
fn a_line_that_cannot_be_read_is_named_by_its_number() {
    let cases = [
        ("name,id\n", 1, OutlineProblem::Header),
        ("id,name,path\nA,B\n", 2, OutlineProblem::Columns),
        ("id,name,path\n\n# c\nA,B,M0 0 1 1 2 0\n", 4, OutlineProblem::Ring),
        ("id,name,path\nA,B,0 0 1 1 2 0Z\n", 2, OutlineProblem::Ring),
        ("id,name,path\nA,B,M0 0 1 1Z\n", 2, OutlineProblem::Short),
        ("id,name,path\nA,B,M0 0 1 1 2 0 3Z\n", 2, OutlineProblem::Short),
        ("id,name,path\nA,B,M0 0 1 90.1 2 0Z\n", 2, OutlineProblem::Number("90.1".into())),
        ("id,name,path\nA,B,M0 0 -180.5 9 2 0Z\n", 2, OutlineProblem::Number("-180.5".into())),
        ("id,name,path\nA,B,M0 0 NaN 9 2 0Z\n", 2, OutlineProblem::Number("NaN".into())),
    ];
    for (file, line, problem) in cases {
        assert_eq!(Outlines::parse(file), Err(OutlineRefusal { line, problem }), "{file}");
    }
    assert_eq!(Outlines::parse("# nothing\n"), Ok(Outlines::default()));
    assert!(Outlines::parse("id,name,path\nA,B,M180 90 -180 -90 2 0Z\n").is_ok());
}

#[test]
fn a_refusal_says_its_line() {
    let refusal = Outlines::parse("id,name,path\nA,B,M0 0 x 1 2 0Z").unwrap_err();
    assert_eq!(refusal.to_string(), "line 2: \"x\" is no longitude or latitude in degrees");
}

#[test]
fn a_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude() {
    let corners = [Position { lon: 10.0, lat: 59.0 }, Position { lon: 12.0, lat: 61.0 }];
    let projection = Projection::fit(corners.into_iter());
    let (x0, y0) = projection.place(Position { lon: 10.0, lat: 61.0 });
    let (x1, y1) = projection.place(Position { lon: 11.0, lat: 60.0 });
    assert_eq!((x0, y0), (MARGIN, MARGIN));
    assert!(((x1 - x0) / (y1 - y0) - 0.5).abs() < 1e-9, "cos 60° is one half");
    let (x2, _) = projection.place(corners[1]);
    assert!((x2 - (WIDTH - MARGIN)).abs() < 1e-9);
}

#[test]
fn an_outline_is_drawn_in_relative_whole_units() {
    let outlines = Outlines::parse("id,name,path\nA,B,M-1 -1 1 -1 1 1 -1 1Z\n").unwrap();
    let projection = Projection::fit(outlines.positions());
    assert_eq!(path(&outlines.areas()[0], &projection), "M24 976l952 0 0-952-952 0z");
}

#[test]
fn each_point_is_a_link_with_name_and_state() {
    let outlines = Outlines::parse(FILE).unwrap();
    let points = [
        point(0.0, 0.8, "Awa & fils", PointState::Yes),
        point(-0.8, 0.0, "Bas", PointState::No),
        point(0.0, -0.8, "Cime", PointState::Unknown),
        point(1.2, 0.3, "Dune", PointState::Exercise),
    ];
    let page = country_map(&outlines, &points, &WORDS).into_string();
    assert_eq!(page.matches("<a href=\"/lieux/x?a=1&amp;b=2\"").count(), 4);
    for said in ["Awa &amp; fils\u{a0}: installé", "Bas\u{a0}: non installé", "Cime\u{a0}: inconnu"] {
        assert!(page.contains(&format!("aria-label=\"{said}\"")), "{said}");
    }
    assert!(page.contains("<title>Comités &lt;installés&gt;</title><desc>2 &amp; 1</desc>"));
    assert!(page.contains(">Dune</text>"));
    assert!(!page.contains("style="));
    assert!(page.contains("exercice\u{a0}: <b>1</b>"));
}

#[test]
fn the_four_states_differ_in_shape() {
    let shapes: Vec<String> = PointState::ALL
        .into_iter()
        .map(|state| {
            let drawn = mark(state).into_string();
            drawn.split_once("pointer-events=\"all\"></circle>").unwrap().1.to_owned()
        })
        .collect();
    for (index, shape) in shapes.iter().enumerate() {
        assert!(!shapes[..index].contains(shape));
    }
}

#[test]
fn the_legend_counts_and_hides_what_is_nowhere() {
    let points = [point(0.0, 0.0, "a", PointState::Yes), point(0.5, 0.5, "b", PointState::Yes)];
    let page = country_map(&Outlines::default(), &points, &WORDS).into_string();
    assert!(page.contains(" installé\u{a0}: <b>2</b>"));
    for absent in ["non installé", "inconnu", "exercice"] {
        assert!(!page.contains(absent), "{absent}");
    }
    let page = country_map(&Outlines::default(), &[], &WORDS).into_string();
    assert!(
        page.contains(" installé\u{a0}: <b>0</b>"),
        "what the map shows is counted even where it is nowhere"
    );
}

#[test]
fn nothing_to_draw_is_still_a_map() {
    let page = country_map(&Outlines::default(), &[], &WORDS).into_string();
    assert!(page.contains("viewBox=\"0 0 1000 "));
    assert!(!page.contains("NaN") && !page.contains("inf"));
    let alone = country_map(&Outlines::default(), &[point(3.0, 4.0, "Seul", PointState::Yes)], &WORDS);
    assert!(!alone.into_string().contains("NaN"));
}

#[test]
fn a_point_outside_the_outlines_widens_the_map() {
    let outlines = Outlines::parse(FILE).unwrap();
    let far = [point(3.0, 0.0, "Loin", PointState::Yes)];
    let projection =
        Projection::fit(outlines.positions().chain([Position { lon: far[0].lon, lat: far[0].lat }]));
    let (x, y) = projection.place(Position { lon: 3.0, lat: 0.0 });
    assert!(x <= WIDTH && y >= 0.0 && y <= projection.height);
    assert!(
        country_map(&outlines, &far, &WORDS).into_string().contains(&format!("translate({x:.0} {y:.0})"))
    );
}

#[test]
fn names_cover_neither_marks_nor_one_another() {
    // A knot of twenty places, as close as the regions around a capital.
    let labels: Vec<String> = (0..20).map(|index| format!("Lieu-{index:02}")).collect();
    let points: Vec<Point<'_>> = labels
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let (column, row) = ((index % 5) as f64, (index / 5) as f64);
            point(column * 0.15 - 0.4, row * 0.15, label, PointState::Yes)
        })
        .collect();
    let outlines = Outlines::parse(FILE).unwrap();
    let projection = Projection::fit(outlines.positions());
    let names = name_places(&points, &projection);
    let frames: Vec<Frame> = points
        .iter()
        .zip(&names)
        .filter_map(|(point, name)| {
            let name = (*name)?;
            let (x, y) = projection.place(Position { lon: point.lon, lat: point.lat });
            let width = 7.0 * LETTER_WIDTH;
            let left = x + match name.anchor {
                "start" => name.dx,
                "end" => name.dx - width,
                _ => -width / 2.0,
            };
            Some((left, y + name.dy - LETTER_HEIGHT * 0.8, left + width, y + name.dy + LETTER_HEIGHT * 0.2))
        })
        .collect();
    assert!(frames.len() < points.len(), "some names are left out");
    assert!(frames.len() >= 5, "not all of them");
    for (index, frame) in frames.iter().enumerate() {
        assert!(frames[..index].iter().all(|other| apart(*frame, *other)));
        for point in &points {
            let (x, y) = projection.place(Position { lon: point.lon, lat: point.lat });
            assert!(apart(*frame, (x - MARK, y - MARK, x + MARK, y + MARK)));
        }
    }
}

/// The promise of weight: a page with its style is at most 14 KB compressed, a map at most 4.
#[test]
fn every_pack_s_outlines_are_read_and_light() {
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    let mut read = 0;
    for pack in std::fs::read_dir(packs).unwrap() {
        let path = pack.unwrap().path().join("outlines.csv");
        let Ok(file) = std::fs::read_to_string(&path) else { continue };
        let outlines = Outlines::parse(&file).unwrap();
        assert!(!outlines.areas().is_empty());
        let page = country_map(&outlines, &[], &WORDS).into_string();
        assert!(page.len() <= 8_000, "{} bytes before compression", page.len());
        read += 1;
    }
    assert!(read > 0, "no pack with outlines in {packs}");
}
