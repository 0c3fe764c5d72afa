//! The two profiles of an organisation, criterion by criterion. There is no total: what holds and what does not is counted beside what
//! nobody knows, and nothing is weighed.

use terms::Day;
use terms::organisations::{Basis, Verdict};

use crate::acts::Side;
use crate::tables::{Reply, Said};

/// One criterion with what stands of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) criterion: &'static str,
    pub(crate) declared: Option<&'a Said>,
    pub(crate) observed: Option<&'a Said>,
    pub(crate) verdict: Verdict,
}

/// How many criteria of a side stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) yes: i64,
    pub(crate) no: i64,
    pub(crate) contested: i64,
    pub(crate) unknown: i64,
}

/// The lines of a side on the day. `said` is newest first: of each basis the newest that holds for the day stands.
pub(crate) fn lines<'a>(side: Side, said: &'a [Said], replies: &[Reply], day: Day) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for criterion in side.criteria() {
        let newest = |basis: Basis| {
            said.iter().find(|one| one.criterion == criterion && one.basis == basis && holds_for(one, day))
        };
        let (declared, observed) = (newest(Basis::Declared), newest(Basis::Observed));
        lines.push(Line { criterion, declared, observed, verdict: verdict(declared, observed, replies) });
    }
    lines
}

/// Whether what was said is of that day. What begins on a day that nobody knows holds since always, as far as is known.
fn holds_for(said: &Said, day: Day) -> bool {
    said.from.is_none_or(|from| from <= day) && said.to.is_none_or(|to| day < to)
}

fn verdict(declared: Option<&Said>, observed: Option<&Said>, replies: &[Reply]) -> Verdict {
    let answered = |said: &Said| replies.iter().any(|reply| reply.about == said.entry && reply.contests);
    Verdict::of(
        [declared, observed].into_iter().flatten().map(|said| (said.value, said.contested || answered(said))),
    )
}

/// How the lines stand.
pub(crate) fn counts(lines: &[Line<'_>]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        match line.verdict {
            Verdict::Yes => counts.yes += 1,
            Verdict::No => counts.no += 1,
            Verdict::Contested => counts.contested += 1,
            Verdict::Unknown => counts.unknown += 1,
        }
    }
    counts
}
