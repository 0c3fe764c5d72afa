//! The verification written a second time, in Python and apart from this crate, agrees with it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod instances;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use instances::{golden, one};
use sortition::{Quotas, Seed, Transcript, prepare, verify};

/// What Python says of a transcript; none where there is no Python.
fn python(name: &str, transcript: &Transcript) -> Option<(bool, String)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tirage/verify_draw.py");
    let file = std::env::temp_dir().join(format!("tirage-{}-{name}.json", std::process::id()));
    std::fs::write(&file, serde_json::to_string(transcript).unwrap()).unwrap();
    let output = Command::new("python3").arg(script).arg(&file).output();
    std::fs::remove_file(&file).unwrap();
    match output {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
            Some((output.status.success(), said))
        }
        Err(error) => {
            // Not `eprintln!`: the test runner would hide it from a run that passes.
            let _ = writeln!(std::io::stderr(), "SKIPPED: no python3 ({error})");
            None
        }
    }
}

fn seed() -> Seed {
    Seed::from_hex("5eed000000000000000000000000000000000000000000000000000000002026").unwrap()
}

#[test]
fn python_finds_good_draws_good() {
    for (name, instance) in golden() {
        let lottery = instance.prepared();
        for (what, transcript) in [("before", lottery.clone()), ("after", lottery.drawn(&seed()))] {
            let Some((good, said)) = python(&format!("{name}-{what}"), &transcript) else { return };
            assert!(good && said.starts_with("EXACT"), "{name}: {said}");
            assert_eq!(said.contains("crues sur parole"), !transcript.cuts.is_empty(), "{name}: {said}");
        }
    }
    let quotas = Quotas::parse(b"feature,value,min,max\ngenre,f,2,2\ngenre,h,0,2\n").unwrap();
    let pool = sortition::Pool::parse(b"id,genre\na,f\nb,h\n", "id", &quotas).unwrap();
    let impossible = prepare(&pool, &quotas, 2, &mut |_| {}).unwrap();
    let Some((good, said)) = python("impossible", &impossible) else { return };
    assert!(good && said.contains("sur parole"), "{said}");
}

#[test]
fn python_and_rust_refuse_the_same() {
    let drawn = one("tight-8").prepared().drawn(&seed());
    type Change = fn(&mut Transcript);
    let changes: [(&str, Change); 14] = [
        ("algorithm", |t| t.algorithm.push('x')),
        ("seats", |t| t.seats += 1),
        ("id", |t| t.types[2].members[0].push('x')),
        ("types", |t| t.types.swap(0, 1)),
        ("quota", |t| t.quotas[0].max += 1),
        ("weight", |t| t.portfolio[0].weight -= 1),
        ("count", |t| t.portfolio[0].panel[0].1 += 1),
        ("probability", |t| *t.probabilities.values_mut().next().unwrap() += 1e-6),
        ("least", |t| t.min_probability = Some(0.9)),
        ("price", |t| t.levels[0].seat += 0.001),
        ("level", |t| drop(t.levels.pop())),
        ("panel", |t| t.panel.swap(0, 1)),
        ("alternates", |t| t.alternates.swap(0, 1)),
        ("seed", |t| t.seed = Some(Seed::from_hex("00").unwrap())),
    ];
    for (name, change) in changes {
        let mut changed = drawn.clone();
        change(&mut changed);
        assert!(verify(&changed, &mut |_| {}).is_err(), "{name}");
        let Some((good, said)) = python(name, &changed) else { return };
        assert!(!good && said.starts_with("FAUX"), "{name}: {said}");
    }
}
