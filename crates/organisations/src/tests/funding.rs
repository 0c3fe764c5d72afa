//! Funding: bands on both sides of each limit, the unknown that opens them, what people write of money, and a story through the house.
//! All names are fictional.

use proptest::prelude::*;
use terms::access::Role;
use terms::organisations::{
    Category, ConcentrationBand, Exposure, FundingDeclared, FundingFigures, FundingLine, MonthsBand,
    ShareBand, Within,
};
use terms::{Behalf, Commitment, Enclosed, Media, RestrictionId, Word};

use super::{day, house, id};
use crate::acts::{AMOUNT_MAX, Declared, FundingRefusal, LINES_MAX, Weighing, declare, is_stale, restate};
use crate::funding::{amount, table, yes_or_no};

const TODAY: &str = "2026-03-02";

fn enclosed() -> Enclosed {
    Enclosed { sha256: Commitment([7; 32]), media: Media::Text, bytes: 4_096 }
}

fn line(funder: &str, amount: u64) -> FundingLine {
    FundingLine { funder: Some(funder.into()), amount: Some(amount), ..FundingLine::default() }
}

fn of_lines(lines: Vec<FundingLine>) -> FundingFigures {
    FundingFigures { lines, ..FundingFigures::default() }
}

fn decided(figures: FundingFigures, weighing: &[Weighing]) -> Result<FundingDeclared, Vec<FundingRefusal>> {
    let declared = Declared { organisation: id("afd"), year: Some(2025), figures, enclosed: enclosed() };
    match declare(declared, weighing, &["XX".into(), "Pays d’ici".into()], day(TODAY))? {
        Word::FundingDeclared(word) => Ok(word),
        other => panic!("{other:?}"),
    }
}

fn declared(figures: FundingFigures) -> FundingDeclared {
    decided(figures, &[]).unwrap()
}

#[test]
fn a_declaration_is_refused_on_one_side_of_each_limit() {
    use FundingRefusal as R;
    let one = || of_lines(vec![line("a", 1)]);
    let cases: Vec<(Option<i16>, FundingFigures, Vec<R>)> = vec![
        (Some(2025), one(), vec![]),
        (Some(2026), one(), vec![]),
        (Some(2027), one(), vec![R::YearOutside(2026)]),
        (Some(1990), one(), vec![]),
        (Some(1989), one(), vec![R::YearOutside(2026)]),
        (None, one(), vec![R::YearOutside(2026)]),
        (Some(2025), FundingFigures::default(), vec![R::NothingSaid]),
        (Some(2025), FundingFigures { reserves: Some(0), ..FundingFigures::default() }, vec![]),
        (Some(2025), of_lines(vec![FundingLine::default(); LINES_MAX]), vec![]),
        (
            Some(2025),
            of_lines(vec![FundingLine::default(); LINES_MAX + 1]),
            vec![R::TooManyLines(LINES_MAX + 1)],
        ),
        (Some(2025), of_lines(vec![line("a", AMOUNT_MAX)]), vec![]),
        (Some(2025), of_lines(vec![line("a", 1), line("b", AMOUNT_MAX + 1)]), vec![R::AmountTooLarge(2)]),
        (
            Some(2025),
            FundingFigures { running: Some(AMOUNT_MAX + 1), ..one() },
            vec![R::SumTooLarge("charges")],
        ),
        (Some(2025), FundingFigures { running: Some(0), ..one() }, vec![R::RunningZero]),
        (Some(2025), FundingFigures { running: Some(1), ..one() }, vec![]),
        (Some(2025), FundingFigures { total: Some(1), ..one() }, vec![]),
        (Some(2025), FundingFigures { total: Some(0), ..one() }, vec![R::TotalTooSmall(1)]),
    ];
    for (year, figures, refusals) in cases {
        let name = format!("{year:?} {} lines", figures.lines.len());
        let written = Declared { organisation: id("afd"), year, figures, enclosed: enclosed() };
        let found = declare(written, &[], &[], day(TODAY)).err().unwrap_or_default();
        assert_eq!(found, refusals, "{name}");
    }
}

#[test]
fn parts_lie_in_their_bands_on_both_sides_of_each_limit() {
    use ShareBand as Band;
    let cases = [
        (0, Band::None),
        (1, Band::UpTo10),
        (1_000, Band::UpTo10),
        (1_001, Band::UpTo25),
        (2_500, Band::UpTo25),
        (2_501, Band::UpTo50),
        (5_000, Band::UpTo50),
        (5_001, Band::UpTo75),
        (7_500, Band::UpTo75),
        (7_501, Band::Over75),
        (10_000, Band::Over75),
    ];
    for (part, band) in cases {
        let state = FundingLine { category: Some(Category::State), ..line("État", part) };
        let rest = FundingLine { category: Some(Category::Own), ..line("cotisations", 10_000 - part) };
        let found = declared(of_lines(vec![state, rest]));
        assert_eq!(found.state, Some(Within { low: band, high: band }), "{part}");
        assert_eq!(found.untold, Some(Band::None), "{part}");
    }
}

#[test]
fn the_index_lies_in_its_bands_on_both_sides_of_each_limit() {
    use ConcentrationBand as Band;
    // The index of one of so many parts and of the rest in countless ones is set by equal hands.
    let equal = |n: u64| of_lines((0..n).map(|n| line(&format!("bailleur {n}"), 10)).collect());
    for (hands, band) in
        [(10, Band::Diversified), (7, Band::Diversified), (6, Band::Moderate), (4, Band::Moderate)]
    {
        assert_eq!(declared(equal(hands)).by_funder, Some(Within { low: band, high: band }), "{hands}");
    }
    for (hands, band) in [(3, Band::Concentrated), (2, Band::Concentrated), (1, Band::Dependent)] {
        assert_eq!(declared(equal(hands)).by_funder, Some(Within { low: band, high: band }), "{hands}");
    }
    // 0.3² + 0.2² + … = 0.15 is no longer diversified.
    let exact = of_lines(
        [30, 10, 10, 10, 10, 10, 10, 10]
            .iter()
            .zip('a'..)
            .map(|(part, name)| line(&name.to_string(), *part))
            .chain([line("z", 0)])
            .collect(),
    );
    assert_eq!(declared(exact).by_funder.unwrap().low, Band::Moderate, "0.16");
    let over = of_lines(vec![line("a", 5_001), line("b", 4_999)]);
    assert_eq!(declared(over).by_funder.unwrap().low, Band::Dependent, "a hair over a half");
}

#[test]
fn the_same_name_is_one_funder_however_it_is_spelled_and_own_resources_are_one_source() {
    let spelled = of_lines(vec![line("Fondation du Fleuve", 50), line("FONDATION DU FLEUVE ", 50)]);
    assert_eq!(declared(spelled).by_funder.unwrap().one(), Some(ConcentrationBand::Dependent));
    let own = FundingLine { category: Some(Category::Own), amount: Some(50), ..FundingLine::default() };
    let found = declared(of_lines(vec![own.clone(), own]));
    assert_eq!(
        (found.by_funder.unwrap().one(), found.untold),
        (Some(ConcentrationBand::Dependent), Some(ShareBand::None))
    );
}

#[test]
fn what_is_not_told_opens_the_bands_and_is_never_nought() {
    use ShareBand as Band;
    let silent = FundingLine { amount: Some(40), ..FundingLine::default() };
    let found = declared(of_lines(vec![line("a", 60), silent]));
    assert_eq!(found.untold, Some(Band::UpTo50));
    assert_eq!(found.largest, Some(Within { low: Band::UpTo75, high: Band::Over75 }));
    assert_eq!(found.state, Some(Within { low: Band::None, high: Band::Over75 }), "no kind is told");
    let (low, high) = (ConcentrationBand::Concentrated, ConcentrationBand::Dependent);
    assert_eq!(found.by_funder, Some(Within { low, high }), "from 0.36 to 1: it may be the same funder");
    // An amount that is not told leaves everything unknown, unless the whole is told.
    let quiet = || FundingLine { funder: Some("b".into()), ..FundingLine::default() };
    let unknown = declared(of_lines(vec![line("a", 60), quiet()]));
    assert_eq!((unknown.by_funder, unknown.largest, unknown.untold), (None, None, None));
    let whole = FundingFigures { total: Some(100), ..of_lines(vec![line("a", 60), quiet()]) };
    assert_eq!(declared(whole).largest, Some(Within { low: Band::UpTo75, high: Band::Over75 }));
    // An income of nought has no parts.
    assert_eq!(declared(of_lines(vec![line("a", 0)])).largest, None);
}

#[test]
fn abroad_is_another_country_or_a_body_of_none() {
    let of = |category, country: Option<&str>| FundingLine {
        category,
        country: country.map(str::to_owned),
        ..line("a", 10)
    };
    let cases = [
        (of(Some(Category::State), None), Some(false)),
        (of(Some(Category::Own), None), Some(false)),
        (of(Some(Category::ForeignGovernment), None), Some(true)),
        (of(Some(Category::International), Some("pays d'ici")), Some(true)),
        (of(Some(Category::Foundation), Some("PAYS D’ICI")), Some(false)),
        (of(Some(Category::Foundation), Some("xx")), Some(false)),
        (of(Some(Category::Foundation), Some("Ailleurs")), Some(true)),
        (of(Some(Category::Foundation), None), None),
        (of(None, None), None),
    ];
    for (line, foreign) in cases {
        let name = format!("{line:?}");
        let found = declared(of_lines(vec![line])).foreign.unwrap();
        let (none, all) = (ShareBand::None, ShareBand::Over75);
        let expected = match foreign {
            Some(true) => (all, all),
            Some(false) => (none, none),
            None => (none, all),
        };
        assert_eq!((found.low, found.high), expected, "{name}");
    }
}

#[test]
fn reserves_carry_so_many_months() {
    use MonthsBand as Band;
    let cases = [
        (0, Band::None),
        (1, Band::Under1),
        (99, Band::Under1),
        (100, Band::Under3),
        (299, Band::Under3),
        (300, Band::Under6),
        (599, Band::Under6),
        (600, Band::Under12),
        (1_199, Band::Under12),
        (1_200, Band::Over12),
    ];
    for (reserves, band) in cases {
        let figures =
            FundingFigures { reserves: Some(reserves), running: Some(1_200), ..FundingFigures::default() };
        assert_eq!(declared(figures).reserve, Some(band), "{reserves}");
    }
    let bare = FundingFigures { reserves: Some(9), ..FundingFigures::default() };
    assert_eq!(declared(bare).reserve, None);
}

fn weighing(kind: &str, funder: Option<&str>, rate: Option<u16>) -> Weighing {
    Weighing {
        id: RestrictionId::parse("r").unwrap(),
        told: 5,
        kind: kind.into(),
        funder: funder.map(str::to_owned),
        some_activities: false,
        rate,
    }
}

#[test]
fn a_restriction_means_the_part_it_names() {
    use ShareBand as Band;
    let from = |funder: &str, country: Option<&str>, amount| FundingLine {
        country: country.map(str::to_owned),
        ..line(funder, amount)
    };
    let income = of_lines(vec![
        from("Agence d’Ailleurs", Some("Ailleurs"), 30),
        from("Ambassade de Là-bas", Some("Là-bas"), 50),
        FundingLine { category: Some(Category::Own), amount: Some(20), ..FundingLine::default() },
    ]);
    let told = |weighs: Weighing, income: &FundingFigures| {
        let found = decided(income.clone(), &[weighs]).unwrap().exposures;
        found.first().map(|exposure| exposure.share.map(|share| (share.low, share.high)))
    };
    let cases = [
        (weighing("ban", Some("Ailleurs"), None), Some((Band::UpTo50, Band::UpTo50))),
        (weighing("ban", Some("ambassade de la bas"), None), Some((Band::UpTo50, Band::UpTo50))),
        (weighing("ban", Some("Nulle part"), None), Some((Band::None, Band::None))),
        (weighing("levy", None, Some(100)), Some((Band::UpTo10, Band::UpTo10))),
        (weighing("levy", None, Some(101)), Some((Band::UpTo25, Band::UpTo25))),
        (weighing("levy", Some("Ailleurs"), Some(1_000)), Some((Band::UpTo50, Band::UpTo50))),
        (weighing("suspension", None, None), Some((Band::Over75, Band::Over75))),
        (
            Weighing { some_activities: true, ..weighing("suspension", None, None) },
            Some((Band::None, Band::Over75)),
        ),
    ];
    for (weighs, share) in cases {
        let name = format!("{weighs:?}");
        assert_eq!(told(weighs, &income), Some(share), "{name}");
    }
    assert_eq!(told(weighing("reporting", None, None), &income), None, "a paper takes no money");
    // Where neither who gave nor whence is told, it may come from there.
    let mut silent = income.clone();
    silent.lines[1] = FundingLine { amount: Some(50), ..FundingLine::default() };
    assert_eq!(
        told(weighing("ban", Some("Ailleurs"), None), &silent),
        Some(Some((Band::UpTo50, Band::Over75)))
    );
    // « Nord » is not in « Nordique ».
    let near = of_lines(vec![from("Banque nordique", Some("Là-bas"), 10)]);
    assert_eq!(told(weighing("ban", Some("Nord"), None), &near), Some(Some((Band::None, Band::None))));
}

#[test]
fn exposure_is_said_anew_where_restrictions_changed_and_only_there() {
    let figures = of_lines(vec![line("a", 10)]);
    let levy = weighing("levy", None, Some(100));
    let before = decided(figures.clone(), std::slice::from_ref(&levy)).unwrap().exposures;
    assert!(!is_stale(&before, std::slice::from_ref(&levy)));
    assert!(!is_stale(&before, &[levy.clone(), weighing("reporting", None, None)]), "no matter of money");
    let again = Weighing { told: 9, ..levy.clone() };
    assert!(is_stale(&before, std::slice::from_ref(&again)), "told anew");
    assert!(is_stale(&before, &[]), "lifted before the year");
    let say = |declared, weighing: &[Weighing]| restate(id("afd"), 2025, declared, &before, weighing, &[]);
    assert_eq!(say(None, std::slice::from_ref(&again)).unwrap_err(), [FundingRefusal::NotDeclared]);
    assert_eq!(say(Some((3, &figures)), &[levy]).unwrap_err(), [FundingRefusal::NothingNew]);
    match say(Some((3, &figures)), &[again]).unwrap() {
        Word::ExposureStated(word) => {
            let share = Some(Within { low: ShareBand::UpTo10, high: ShareBand::UpTo10 });
            let restriction = RestrictionId::parse("r").unwrap();
            assert_eq!(word.exposures, [Exposure { restriction, told: 9, share }]);
            assert_eq!((word.declared, word.year), (3, 2025));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_length_of_the_enclosure_does_not_tell_how_many_funders_there_are() {
    let few = of_lines(vec![line("a", 1)]).to_text().unwrap();
    let many = of_lines((0..20).map(|n| line(&format!("bailleur {n}"), 10)).collect());
    assert_eq!((few.len(), many.to_text().unwrap().len()), (4_096, 4_096));
    assert_eq!(FundingFigures::of_text(&many.to_text().unwrap()).unwrap(), many);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, expected) in [
        ("1250000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u{202f}250\u{a0}000 F CFA", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1'250'000,00", 1_250_000),
        ("12,5", 0),
        ("0", 0),
    ] {
        let found = amount(text);
        if text == "12,5" {
            assert_eq!(found, Err(()), "{text}");
        } else {
            assert_eq!(found, Ok(Some(expected)), "{text}");
        }
    }
    for untold in ["", " ", "?", "—", "inconnu", "Ne souhaite pas répondre"] {
        assert_eq!(amount(untold), Ok(None), "{untold}");
    }
    for bad in ["environ 3", "-5", "1.25", "12.34.567", "10000000000001", "1e6", "99999999999999999999999"] {
        assert_eq!(amount(bad), Err(()), "{bad}");
    }
    assert_eq!(amount("10 000 000 000 000"), Ok(Some(AMOUNT_MAX)));
    assert_eq!(
        (yes_or_no("Oui"), yes_or_no("non"), yes_or_no(""), yes_or_no("peut-être")),
        (Ok(Some(true)), Ok(Some(false)), Ok(None), Err(()))
    );
}

fn names() -> Vec<(String, Category)> {
    vec![("state".into(), Category::State), ("etat".into(), Category::State), ("own".into(), Category::Own)]
}

#[test]
fn a_pasted_table_is_read_and_what_is_not_understood_is_told_with_its_line() {
    let text = "Bailleur;Montant;Sorte;Affecté;Remarque\nFondation fictive;1 000;;oui;x\n\nÉtat;2 000;État;non;\n\
                Don;trois;club;peut-être;\nCourt\n";
    let (lines, odd) = table(text, &names());
    assert_eq!(lines.len(), 4);
    assert_eq!(
        (lines[0].funder.as_deref(), lines[0].amount, lines[0].tied),
        (Some("Fondation fictive"), Some(1_000), Some(true))
    );
    assert_eq!((lines[1].category, lines[1].tied), (Some(Category::State), Some(false)));
    assert_eq!((lines[2].amount, lines[2].category, lines[2].tied), (None, None, None));
    let told: Vec<(u64, &str)> = odd.iter().map(|odd| (odd.line, odd.key)).collect();
    assert_eq!(
        told,
        [
            (1, "organisations-funding-odd-column"),
            (5, "organisations-funding-odd-category"),
            (5, "organisations-funding-odd-amount"),
            (5, "organisations-funding-odd-tied"),
            (6, "organisations-funding-odd-short"),
        ]
    );
    let (none, odd) = table("Fondation;1000\n", &names());
    assert_eq!((none.len(), odd[0].key), (0, "organisations-funding-odd-headings"));
    let many = format!("montant\n{}", "5\n".repeat(LINES_MAX + 1));
    let (lines, odd) = table(&many, &names());
    assert_eq!((lines.len(), odd[0].key), (LINES_MAX, "organisations-funding-odd-many"));
}

proptest! {
    #[test]
    fn any_text_is_a_table_or_oddities(text in ".{0,300}") {
        let (lines, _) = table(&text, &names());
        prop_assert!(lines.len() <= LINES_MAX);
        let _ = (amount(&text), yes_or_no(&text));
    }

    #[test]
    fn any_whole_amount_is_read_back(whole in 0_u64..=AMOUNT_MAX) {
        prop_assert_eq!(amount(&whole.to_string()), Ok(Some(whole)));
    }

    #[test]
    fn bounds_hold_what_the_whole_truth_would_say(parts in prop::collection::vec((1_u64..1_000, any::<bool>()), 1..8)) {
        // What is kept back of a declaration never puts the truth outside of the bands.
        let whole: Vec<FundingLine> = parts.iter().enumerate().map(|(n, (part, _))| FundingLine {
            category: Some(Category::ALL[n % 7]), ..line(&format!("b{}", n % 3), *part)
        }).collect();
        let silent: Vec<FundingLine> = whole.iter().zip(&parts).map(|(line, (_, told))| {
            if *told { line.clone() } else { FundingLine { amount: line.amount, ..FundingLine::default() } }
        }).collect();
        let (truth, said) = (declared(of_lines(whole)), declared(of_lines(silent)));
        let (truth, said) = ((truth.by_funder.unwrap(), truth.largest.unwrap(), truth.state.unwrap()),
            (said.by_funder.unwrap(), said.largest.unwrap(), said.state.unwrap()));
        prop_assert!(said.0.low <= truth.0.low && truth.0.high <= said.0.high, "{:?} {:?}", said.0, truth.0);
        prop_assert!(said.1.low <= truth.1.low && truth.1.high <= said.1.high);
        prop_assert!(said.2.low <= truth.2.low && truth.2.high <= said.2.high);
    }
}

#[tokio::test]
async fn figures_are_read_by_the_organisation_alone() {
    let house = house();
    let own = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    let delegate = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Delegate);
    let other = house.guest(Behalf::Organisation { organisation: id("coaf") }, Role::Secretary);
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let new = "/organisations/afd/financement/nouveau";
    for guest in [Some(&other), Some(&steward), Some(&delegate), None] {
        let reply = house.get(guest, new).await;
        assert_ne!(reply.status, 200, "{}", reply.text());
    }
    let fields = [
        ("annee", "2025"),
        ("lignes", "2"),
        ("l1-bailleur", "Donatrice secrète"),
        ("l1-montant", "7 654 321"),
        ("faire", "declarer"),
    ];
    let led = house.post(Some(&own), new, &fields).await;
    assert_eq!(led.status, 303, "{}", led.text());
    let public = house.get(None, "/organisations/afd/financement").await.text();
    assert!(public.contains("dépendance") && !public.contains("Donatrice") && !public.contains("654"));
    let entry = house.get(None, "/organisations/afd/financement.csv").await.text();
    assert!(entry.contains(",2025,dependent,dependent,"), "{entry}");
    let at = entry.lines().nth(1).unwrap().rsplit(',').nth(1).unwrap().to_owned();
    let held = format!("/organisations/afd/financement/{at}");
    for (guest, sees) in [(&own, true), (&delegate, true), (&other, false), (&steward, false)] {
        let reply = house.get(Some(guest), &held).await;
        assert_eq!(reply.status == 200, sees);
        assert_eq!(reply.text().contains("Donatrice secrète"), sees);
    }
    assert_ne!(house.get(None, &held).await.status, 200);
}
