//! A country in outline with its places as points, nothing of any country in the code.
//!
//! The outlines come from a pack file ([`Outlines::parse`]), the points from the record. The projection is
//! equirectangular, true to scale along the middle parallel: enough for a country, not for a continent, and
//! not for one that crosses the 180th meridian.

use std::{error, fmt};

use maud::{Markup, html};

use super::{COLOURS, Tenths};

/// Width of the drawing in its own units; at 600 pixels a unit is a little more than half a pixel.
const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 24.0;
/// Height of the letters of a place's name, and the mean width of one of them.
const LETTER_HEIGHT: f64 = 24.0;
const LETTER_WIDTH: f64 = 12.5;
/// Half the side of the square that a mark fills.
const MARK: f64 = 15.0;

/// A place on the globe.
///
/// **Units** degrees, WGS 84; east and north are positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// One area of a pack's outlines: its rings, the first its border, further ones holes or islands.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The id that the pack's file gives.
    pub id: String,
    /// The name that the pack's file gives.
    pub name: String,
    /// Closed rings of at least three positions; the first is not repeated at the end.
    pub rings: Vec<Vec<Position>>,
}

/// The outlines of a country, as read from its pack; may be empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlines(Vec<Outline>);

/// A line of an outlines file that cannot be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineRefusal {
    /// Counted from one, comments included.
    pub line: usize,
    /// What is wrong with it.
    pub problem: OutlineProblem,
}

/// What can be wrong with a line of an outlines file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutlineProblem {
    /// The first line that is no comment is not `id,name,path`.
    Header,
    /// Fewer than three columns.
    Columns,
    /// A ring does not start with `M` or the path does not end with `Z`.
    Ring,
    /// A ring has fewer than three positions, or a longitude without its latitude.
    Short,
    /// Not a number, or outside −180 to 180 and −90 to 90.
    Number(String),
}

impl fmt::Display for OutlineRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: ", self.line)?;
        match &self.problem {
            OutlineProblem::Header => write!(out, "the header id,name,path is expected"),
            OutlineProblem::Columns => write!(out, "three columns are expected: id,name,path"),
            OutlineProblem::Ring => write!(out, "a ring starts with M and ends with Z"),
            OutlineProblem::Short => write!(out, "a ring has three or more pairs of longitude and latitude"),
            OutlineProblem::Number(found) => {
                write!(out, "\"{found}\" is no longitude or latitude in degrees")
            }
        }
    }
}

impl error::Error for OutlineRefusal {}

impl Outlines {
    /// The areas of the file, in its order.
    ///
    /// **Shape** comments start with `#`; then the header `id,name,path`; then a line per area, its path
    /// `M lon lat lon lat …Z`, a ring after another. A name may hold commas, a path none.
    ///
    /// **Errors** the first line that cannot be read, with its number.
    pub fn parse(file: &str) -> Result<Self, OutlineRefusal> {
        let mut lines = file
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        match lines.next() {
            None => return Ok(Self::default()),
            Some((_, "id,name,path")) => {}
            Some((line, _)) => return Err(OutlineRefusal { line, problem: OutlineProblem::Header }),
        }
        lines
            .map(|(line, text)| area(text).map_err(|problem| OutlineRefusal { line, problem }))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The areas, in the order of the file.
    pub fn areas(&self) -> &[Outline] {
        &self.0
    }

    fn positions(&self) -> impl Iterator<Item = Position> + '_ {
        self.0.iter().flat_map(|outline| outline.rings.iter().flatten().copied())
    }
}

fn area(line: &str) -> Result<Outline, OutlineProblem> {
    let (id, rest) = line.split_once(',').ok_or(OutlineProblem::Columns)?;
    let (name, path) = rest.rsplit_once(',').ok_or(OutlineProblem::Columns)?;
    let path = path.trim().strip_suffix('Z').ok_or(OutlineProblem::Ring)?;
    let rings = path.split('Z').map(ring).collect::<Result<_, _>>()?;
    Ok(Outline { id: id.trim().to_owned(), name: name.trim().to_owned(), rings })
}

fn ring(text: &str) -> Result<Vec<Position>, OutlineProblem> {
    let text = text.trim().strip_prefix('M').ok_or(OutlineProblem::Ring)?;
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    if words.len() < 6 || words.len() % 2 == 1 {
        return Err(OutlineProblem::Short);
    }
    words
        .chunks(2)
        .map(|pair| Ok(Position { lon: degrees(pair[0], 180.0)?, lat: degrees(pair[1], 90.0)? }))
        .collect()
}

fn degrees(word: &str, limit: f64) -> Result<f64, OutlineProblem> {
    match word.parse::<f64>() {
        Ok(value) if value.abs() <= limit => Ok(value),
        _ => Err(OutlineProblem::Number(word.to_owned())),
    }
}

/// What a point of the map says of its place; each has its own shape as well as its own colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointState {
    /// What the map shows is so here: a full disc.
    Yes,
    /// It is not: a ring with a cross.
    No,
    /// Nobody has said: a dotted lozenge with a question mark.
    Unknown,
    /// A fictional place, for exercise: a square with a bar.
    Exercise,
}

impl PointState {
    const ALL: [Self; 4] = [Self::Yes, Self::No, Self::Unknown, Self::Exercise];

    /// Colour class, and the same colour for a drawing saved alone.
    fn colour(self) -> usize {
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::Unknown => 7,
            Self::Exercise => 6,
        }
    }
}

/// A place of the map with its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point<'a> {
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// The place's name.
    pub label: &'a str,
    /// The address of the place's page.
    pub href: &'a str,
    /// What the map says of it.
    pub state: PointState,
}

/// The words of a map, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct MapWords<'a> {
    /// What the map shows, at which date.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
    /// Legend of [`PointState::Yes`].
    pub yes: &'a str,
    /// Legend of [`PointState::No`], shown only where such a point is.
    pub no: &'a str,
    /// Legend of [`PointState::Unknown`], shown only where such a point is.
    pub unknown: &'a str,
    /// Legend of [`PointState::Exercise`], shown only where such a point is.
    pub exercise: &'a str,
    /// Where the outlines come from and what they are not.
    pub source: &'a str,
}

impl MapWords<'_> {
    fn of(&self, state: PointState) -> &str {
        match state {
            PointState::Yes => self.yes,
            PointState::No => self.no,
            PointState::Unknown => self.unknown,
            PointState::Exercise => self.exercise,
        }
    }
}

/// From degrees to units of the drawing, fitted to what is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Projection {
    west: f64,
    north: f64,
    units_per_lon: f64,
    units_per_lat: f64,
    height: f64,
}

impl Projection {
    /// All the positions fit into the width with a margin; a degree of longitude is shortened by the cosine
    /// of the middle latitude.
    pub fn fit(positions: impl Iterator<Item = Position>) -> Self {
        let mut bounds: Option<(f64, f64, f64, f64)> = None;
        for Position { lon, lat } in positions {
            let (west, east, south, north) = bounds.unwrap_or((lon, lon, lat, lat));
            bounds = Some((west.min(lon), east.max(lon), south.min(lat), north.max(lat)));
        }
        let (west, east, south, north) = bounds.unwrap_or((-1.0, 1.0, -1.0, 1.0));
        let shrink = ((south + north) / 2.0).to_radians().cos().max(0.05);
        // A single place has no extent: half a degree around it keeps the scale finite.
        let across = ((east - west) * shrink).max(0.5);
        let scale = (WIDTH - 2.0 * MARGIN) / across;
        let height = (north - south).max(0.5) * scale + 2.0 * MARGIN;
        Self { west, north, units_per_lon: shrink * scale, units_per_lat: scale, height }
    }

    /// Where the position falls, x to the right and y downwards.
    pub fn place(&self, at: Position) -> (f64, f64) {
        (
            MARGIN + (at.lon - self.west) * self.units_per_lon,
            MARGIN + (self.north - at.lat) * self.units_per_lat,
        )
    }
}

/// The outlines with the points upon them, each a link with its name and state, and a legend with counts.
///
/// The drawing is a group of links and not one image, else a screen reader could not reach them. A list of
/// the same places belongs beside it: names are left out where they would cover one another, and all of them
/// on a narrow screen.
pub fn country_map(outlines: &Outlines, points: &[Point<'_>], words: &MapWords<'_>) -> Markup {
    let places = points.iter().map(|point| Position { lon: point.lon, lat: point.lat });
    let projection = Projection::fit(outlines.positions().chain(places));
    let names = name_places(points, &projection);
    let view = format!("0 0 {WIDTH} {}", projection.height.ceil());
    html! {
        figure.drawing.map {
            svg role="group" viewBox=(view) {
                title { (words.title) }
                desc { (words.desc) }
                g.land aria-hidden="true" fill="currentColor" fill-opacity=".09" stroke="currentColor"
                    stroke-opacity=".5" stroke-width="2" stroke-linejoin="round" {
                    @for outline in outlines.areas() {
                        path d=(path(outline, &projection)) { title { (outline.name) } }
                    }
                }
                g font-size=(LETTER_HEIGHT) fill="currentColor" {
                    @for (point, name) in points.iter().zip(names) {
                        (link(point, name, &projection, words))
                    }
                }
            }
            (legend(points, words))
        }
    }
}

fn link(point: &Point<'_>, name: Option<Name>, projection: &Projection, words: &MapWords<'_>) -> Markup {
    let (x, y) = projection.place(Position { lon: point.lon, lat: point.lat });
    let said = format!("{}\u{a0}: {}", point.label, words.of(point.state));
    html! {
        a href=(point.href) aria-label=(said) transform=(format!("translate({x:.0} {y:.0})")) {
            title { (said) }
            (mark(point.state))
            @if let Some(name) = name {
                text x=(Tenths(name.dx)) y=(Tenths(name.dy)) text-anchor=(name.anchor) { (point.label) }
            }
        }
    }
}

/// The sign of a state around the origin; the unseen circle is what a finger hits.
fn mark(state: PointState) -> Markup {
    let index = state.colour();
    html! {
        g class={ "mark c" (index) } color=(COLOURS[index]) fill="none" stroke="currentColor"
            stroke-width="4" {
            circle r="24" stroke="none" pointer-events="all" {}
            @match state {
                PointState::Yes => circle r="12" fill="currentColor" {},
                PointState::No => path d="M12 0A12 12 0 1 1-12 0A12 12 0 1 1 12 0M-5-5 5 5M5-5-5 5" {},
                PointState::Unknown => {
                    path d="M0-15 15 0 0 15-15 0Z" stroke-width="3" stroke-dasharray="4 3" {}
                    text y="7" font-size="19" text-anchor="middle" fill="currentColor" stroke="none" { "?" }
                },
                PointState::Exercise => path d="M-11-11H11V11H-11ZM-5 0H5" {},
            }
        }
    }
}

fn legend(points: &[Point<'_>], words: &MapWords<'_>) -> Markup {
    let count = |state| points.iter().filter(|point| point.state == state).count();
    let shown = |state: &PointState| *state == PointState::Yes || count(*state) > 0;
    html! {
        figcaption {
            ul.legend {
                @for state in PointState::ALL.into_iter().filter(shown) {
                    li {
                        svg viewBox="-18 -18 36 36" width="20" height="20" aria-hidden="true" {
                            (mark(state))
                        }
                        " " (words.of(state)) "\u{a0}: " b { (count(state)) }
                    }
                }
            }
            small { (words.source) }
        }
    }
}

/// Rings as relative moves in whole units: shared borders meet, and the text is half as long.
fn path(outline: &Outline, projection: &Projection) -> String {
    let mut text = String::new();
    for ring in &outline.rings {
        let mut pen: Option<(i64, i64)> = None;
        for position in ring {
            let (x, y) = projection.place(*position);
            let at = (x.round() as i64, y.round() as i64);
            match pen {
                None => text.push_str(&format!("M{} {}l", at.0, at.1)),
                Some(from) if from == at => continue,
                Some(from) => push_pair(&mut text, at.0 - from.0, at.1 - from.1),
            }
            pen = Some(at);
        }
        text.push('z');
    }
    text
}

/// A minus sign parts two numbers as well as a space does.
fn push_pair(text: &mut String, dx: i64, dy: i64) {
    if dx >= 0 && !text.ends_with('l') {
        text.push(' ');
    }
    text.push_str(&dx.to_string());
    if dy >= 0 {
        text.push(' ');
    }
    text.push_str(&dy.to_string());
}

/// Where a name is written, from its mark.
#[derive(Debug, Clone, Copy)]
struct Name {
    dx: f64,
    dy: f64,
    anchor: &'static str,
}

/// A rectangle that is taken: left, top, right, bottom.
type Frame = (f64, f64, f64, f64);

fn apart(one: Frame, other: Frame) -> bool {
    one.2 <= other.0 || other.2 <= one.0 || one.3 <= other.1 || other.3 <= one.1
}

/// For each point, the first of eight sides where its name covers no mark and no earlier name; else none.
fn name_places(points: &[Point<'_>], projection: &Projection) -> Vec<Option<Name>> {
    let spots: Vec<(f64, f64)> =
        points.iter().map(|point| projection.place(Position { lon: point.lon, lat: point.lat })).collect();
    let mut taken: Vec<Frame> = spots.iter().map(|(x, y)| (x - MARK, y - MARK, x + MARK, y + MARK)).collect();
    let page = (0.0, 0.0, WIDTH, projection.height);
    points
        .iter()
        .zip(&spots)
        .map(|(point, (x, y))| {
            let width = point.label.chars().count() as f64 * LETTER_WIDTH;
            let sides = [
                (Name { dx: 20.0, dy: 8.0, anchor: "start" }, 20.0),
                (Name { dx: -20.0, dy: 8.0, anchor: "end" }, -20.0 - width),
                (Name { dx: 0.0, dy: -20.0, anchor: "middle" }, -width / 2.0),
                (Name { dx: 0.0, dy: 36.0, anchor: "middle" }, -width / 2.0),
                (Name { dx: 10.0, dy: 36.0, anchor: "start" }, 10.0),
                (Name { dx: -10.0, dy: 36.0, anchor: "end" }, -10.0 - width),
                (Name { dx: 10.0, dy: -20.0, anchor: "start" }, 10.0),
                (Name { dx: -10.0, dy: -20.0, anchor: "end" }, -10.0 - width),
            ];
            sides.into_iter().find_map(|(name, left)| {
                let (left, base) = (x + left, y + name.dy);
                let frame = (left, base - LETTER_HEIGHT * 0.8, left + width, base + LETTER_HEIGHT * 0.2);
                let inside = frame.0 >= page.0 && frame.1 >= page.1 && frame.2 <= page.2 && frame.3 <= page.3;
                if !inside || !taken.iter().all(|other| apart(frame, *other)) {
                    return None;
                }
                taken.push(frame);
                Some(name)
            })
        })
        .collect()
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
