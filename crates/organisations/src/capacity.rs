//! The grid by which capacity is assessed: eight domains, their items, and what each of the four levels looks like, in words. Pure data
//! that anybody reads at `/capacites/grille`; a changed word makes a new version.

use std::sync::LazyLock;

use terms::organisations::ItemAssessed;

/// The version of the grid that forms ask by.
pub const GRID_VERSION: u16 = 1;

/// The grid as it is downloaded.
pub(crate) const GRID_CSV: &str = include_str!("../grids/capacity-1.csv");

/// The highest level; the lowest is 1.
pub const LEVEL_MAX: u8 = 4;

/// Something in both languages, with its four levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its code: `D1.1`.
    pub code: String,
    /// What it is called, in French then in English.
    pub name: [String; 2],
    /// What each level looks like, from 1 to 4, in French then in English.
    pub anchors: [[String; 4]; 2],
}

/// A domain of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Its code: `D1`.
    pub code: String,
    /// What it is called, in French then in English.
    pub name: [String; 2],
    /// Its items.
    pub items: Vec<Item>,
}

static GRID: LazyLock<Vec<Domain>> = LazyLock::new(|| read(GRID_CSV));

/// The domains of the grid, in order.
#[must_use]
pub fn grid() -> &'static [Domain] {
    &GRID
}

fn read(text: &str) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    // The text is part of the program; a test reads every cell of it.
    for record in csv::Reader::from_reader(text.as_bytes()).records().filter_map(Result::ok) {
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let code = cell(0);
        let domain = code.split('.').next().unwrap_or_default().to_owned();
        if domains.last().is_none_or(|last| last.code != domain) {
            domains.push(Domain { code: domain, name: [cell(1), cell(2)], items: Vec::new() });
        }
        let anchors = [[4, 5, 6, 7], [9, 10, 11, 12]].map(|cells: [usize; 4]| cells.map(cell));
        if let Some(last) = domains.last_mut() {
            last.items.push(Item { code, name: [cell(3), cell(8)], anchors });
        }
    }
    domains
}

/// The domain of this code, and whether the code is an item of it.
pub(crate) fn about(code: &str) -> Option<(&'static Domain, Option<&'static Item>)> {
    let domain = grid().iter().find(|domain| code.split('.').next() == Some(&domain.code))?;
    if domain.code == code {
        return Some((domain, None));
    }
    Some((domain, Some(domain.items.iter().find(|item| item.code == code)?)))
}

/// What an assessment says of a domain: only what is known counts, and how much that is is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// The levels of the known items, added up.
    pub sum: u32,
    /// How many items are known.
    pub known: u32,
}

impl Mean {
    /// The mean level; unknown where no item is.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.known > 0).then(|| f64::from(self.sum) / f64::from(self.known))
    }
}

/// The means of the domains, in the order of the grid.
#[must_use]
pub fn means(items: &[ItemAssessed]) -> Vec<Mean> {
    let of = |domain: &Domain| {
        let levels = items.iter().filter(|said| domain.items.iter().any(|item| item.code == said.item));
        levels.filter_map(|said| said.level).fold(Mean { sum: 0, known: 0 }, |mean, level| Mean {
            sum: mean.sum + u32::from(level),
            known: mean.known + 1,
        })
    };
    grid().iter().map(of).collect()
}

/// The mean of the domains, where every domain is known.
#[must_use]
pub fn overall(means: &[Option<f64>]) -> Option<f64> {
    let known: Option<Vec<f64>> = means.iter().copied().collect();
    let known = known.filter(|known| !known.is_empty())?;
    Some(known.iter().sum::<f64>() / known.len() as f64)
}
