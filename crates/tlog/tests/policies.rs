//! Policy files: the syntax line by line, and what a quorum asks for.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

mod vectors;

use proptest::prelude::*;
use tlog::policy::*;
use tlog::*;
use vectors::*;

/// The example of tlog-policy, with keys and addresses of fictional witnesses.
fn example() -> String {
    let key = |seed: u8| Cosigner::from_seed(&format!("temoin.example/{seed}"), &[seed; 32]).unwrap();
    let mut file = format!("# une politique\n\nlog {LOG_KEY} https://registre.example/essai\n");
    for (name, seed) in [("X1", 11), ("X2", 12), ("X3", 13)] {
        file += &format!("witness {name} {}\n", key(seed).key());
    }
    file += "group X-witnesses 2 X1 X2 X3\n\t # les autres\n";
    for (name, seed) in [("Y1", 21), ("Y2", 22), ("Y3", 23)] {
        file += &format!("witness\t{name}  {} https://{name}.example/\n", key(seed).key());
    }
    file + "group Y-witnesses any Y1 Y2 Y3\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
}

#[test]
fn the_example_of_the_specification() {
    let policy = Policy::parse(example().as_bytes()).unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().len(), policy.groups().len()), (1, 6, 3));
    assert_eq!(policy.logs()[0].url.as_ref().unwrap().to_string(), "https://registre.example/essai");
    assert_eq!(policy.witnesses()[0].url, None);
    assert_eq!(policy.witnesses()[3].name.as_bytes(), b"Y1");
    assert_eq!(policy.groups().iter().map(|group| group.threshold).collect::<Vec<_>>(), [2, 1, 2]);
    assert_eq!(policy.groups()[2].members, [Member::Group(0), Member::Group(1)]);
    assert_eq!(policy.quorum(), Some(Member::Group(2)));
    // All 64 sets of witnesses against the sentence of the specification.
    for set in 0_u32..64 {
        let (x, y) = ((set & 7).count_ones(), (set >> 3).count_ones());
        assert_eq!(policy.quorum_met(|place| set >> place & 1 == 1), x >= 2 && y >= 1, "{set:06b}");
    }
    let again = Policy::parse(&policy.to_bytes()).unwrap();
    assert_eq!(again, policy);
}

#[test]
fn what_a_line_may_be() {
    let read = |file: &[u8]| Policy::parse(file).unwrap();
    for file in
        ["quorum none", "quorum none\n", " \tquorum\t none \n\n#\n # x\n\t\n", "#\u{301}é\nquorum none\n"]
    {
        let policy = read(file.as_bytes());
        assert_eq!((policy.quorum(), policy.quorum_met(|_| false)), (None, true), "{file:?}");
    }
    // Names are bytes: what is not UTF-8 serves, and what looks alike is another.
    let file = [b"witness \xff ".as_slice(), ONE_KEY.as_bytes(), b" \xfe\nwitness K ", TWO_KEY.as_bytes()];
    let file = [file.concat(), "\ngroup \u{212a} any K \nquorum \u{212a}\n".into()].concat();
    let policy = read(&file);
    assert_eq!(policy.witnesses()[0].name.as_bytes(), b"\xff");
    assert_eq!(policy.witnesses()[0].url.as_ref().unwrap().as_bytes(), b"\xfe");
    assert_eq!(Policy::parse(&policy.to_bytes()).unwrap(), policy);
    // The words of the syntax are no names of their own.
    let file = format!("witness all {ONE_KEY}\nwitness any {TWO_KEY}\ngroup 1 01 all any\nquorum 1\n");
    let policy = read(file.as_bytes());
    assert!(policy.quorum_met(|place| place == 1) && !policy.quorum_met(|_| false));
    // A log and a witness may have one key.
    let both = format!("log {ONE_AS_LOG}\nwitness w {ONE_KEY}\nquorum w\n");
    assert!(policy.quorum_met(|_| true) && Policy::parse(both.as_bytes()).is_ok());
}

#[test]
fn lines_that_are_refused() {
    let (w, v) = (format!("witness w {ONE_KEY}"), format!("witness v {TWO_KEY}"));
    let name = |name: &str| {
        let file = format!("witness {name} {ONE_KEY}\nquorum none\n");
        Policy::parse(file.as_bytes()).unwrap().witnesses()[0].name.clone()
    };
    let same_key_other_name = CosignerKey::new("autre", &one().key_bytes()).unwrap();
    let usage = PolicyReason::Items;
    let cases = [
        ("quorum none\nquorom none".into(), 2, PolicyReason::Keyword(name("quorom"))),
        ("quorum none\r\n".into(), 1, PolicyReason::Control(b'\r')),
        ("# \u{7f}\nquorum none\n".into(), 1, PolicyReason::Control(0x7f)),
        ("\0".into(), 1, PolicyReason::Control(0)),
        (String::new(), 1, PolicyReason::NoQuorum),
        (format!("{w}\n\n# fin\n\n"), 3, PolicyReason::NoQuorum),
        ("quorum none\n\nquorum none".into(), 3, PolicyReason::SecondQuorum(1)),
        ("quorum".into(), 1, usage("quorum <name|none>")),
        ("quorum none none".into(), 1, usage("quorum <name|none>")),
        ("quorum w".into(), 1, PolicyReason::Undefined(name("w"))),
        (format!("quorum w\n{w}"), 1, PolicyReason::Undefined(name("w"))),
        ("log".into(), 1, usage("log <vkey> [<url>]")),
        (format!("log {LOG_KEY} a b"), 1, usage("log <vkey> [<url>]")),
        (format!("log {ONE_KEY}"), 1, PolicyReason::Key(KeyError::Type(4))),
        (format!("log {LOG_KEY}\nlog {LOG_KEY}"), 2, PolicyReason::SameKey(1)),
        ("witness w".into(), 1, usage("witness <name> <vkey> [<url>]")),
        (format!("{w} a b"), 1, usage("witness <name> <vkey> [<url>]")),
        (format!("witness w {LOG_KEY}"), 1, PolicyReason::Key(KeyError::Type(1))),
        (format!("witness none {ONE_KEY}"), 1, PolicyReason::None),
        (format!("{w}\nwitness w {TWO_KEY}"), 2, PolicyReason::SameName { name: name("w"), line: 1 }),
        (format!("#\n{w}\nwitness v {same_key_other_name}"), 3, PolicyReason::SameKey(2)),
        (format!("{w}\ngroup w any w"), 2, PolicyReason::SameName { name: name("w"), line: 1 }),
        (format!("{w}\ngroup g any"), 2, usage("group <name> <all|any|k> <name>...")),
        (format!("{w}\ngroup none any w"), 2, PolicyReason::None),
        (format!("{w}\ngroup g any none"), 2, PolicyReason::None),
        (format!("{w}\ngroup g any g"), 2, PolicyReason::Undefined(name("g"))),
        (format!("{w}\ngroup g any w w"), 2, PolicyReason::MemberTwice { name: name("w"), line: 2 }),
        (
            format!("{w}\n{v}\ngroup g any w\ngroup h any v w"),
            4,
            PolicyReason::MemberTwice { name: name("w"), line: 3 },
        ),
    ];
    for (file, line, reason) in cases {
        assert_eq!(Policy::parse(file.as_bytes()), Err(PolicyError { line, reason }), "{file}");
    }
    for written in ["0", "3", "-1", "+1", "ALL", "1.0", "18446744073709551616"] {
        let file = format!("{w}\n{v}\ngroup g {written} w v");
        let refused = Policy::parse(file.as_bytes()).unwrap_err();
        let wanted = format!(
            "line 3: the threshold is all, any, or a number from 1 to the 2 members, not {written:?}"
        );
        assert_eq!(refused.to_string(), wanted);
    }
    let refused = Policy::parse(b"quorum none\nlog \xff").unwrap_err();
    assert_eq!(refused, PolicyError { line: 2, reason: PolicyReason::KeyNotUtf8 });
}

#[test]
fn the_bounds_of_a_policy() {
    let witness = |n: usize| {
        let seed = [(n % 251) as u8, (n / 251) as u8, 7].repeat(11)[..32].try_into().unwrap();
        format!("witness w{n} {}\n", Cosigner::from_seed("w", &seed).unwrap().key())
    };
    let witnesses = |count: usize| (0..count).map(witness).collect::<String>() + "quorum none\n";
    let most = Policy::parse(witnesses(MAX_POLICY_ITEMS).as_bytes()).unwrap();
    assert_eq!(most.witnesses().len(), MAX_POLICY_ITEMS);
    let over = Policy::parse(witnesses(MAX_POLICY_ITEMS + 1).as_bytes()).unwrap_err();
    assert_eq!(over, PolicyError { line: MAX_POLICY_ITEMS + 1, reason: PolicyReason::TooMany("witness") });
    let filler = |length: usize| format!("quorum none\n#{}", "a".repeat(length - 13));
    assert!(Policy::parse(filler(MAX_POLICY_BYTES).as_bytes()).is_ok());
    let large = Policy::parse(filler(MAX_POLICY_BYTES + 1).as_bytes()).unwrap_err();
    assert_eq!(large.reason, PolicyReason::TooLarge(MAX_POLICY_BYTES + 1));
}

#[test]
fn checkpoints_under_a_policy() {
    let policy = |quorum: &str| {
        let file = format!(
            "log {ONE_AS_LOG}\nlog {LOG_KEY}\nwitness un {ONE_KEY}\nwitness deux {TWO_KEY}\n\
            group tous all un deux\nquorum {quorum}\n"
        );
        Policy::parse(file.as_bytes()).unwrap()
    };
    let (none, one_of, all) = (policy("none"), policy("un"), policy("tous"));
    let (signed, by_one) = (note_of_eight(&[LOG_LINE]), note_of_eight(&[LOG_LINE, ONE_LINE]));
    let by_all = note_of_eight(&[TWO_LINE, LOG_LINE, ONE_LINE]);
    let times = |policy: &Policy, note: &Note| {
        let accepted = policy.check(note)?;
        assert_eq!((accepted.checkpoint.size, accepted.log), (8, log_key()));
        Ok(accepted.cosigned.iter().map(|(_, time)| *time).collect::<Vec<_>>())
    };
    assert_eq!(times(&none, &signed), Ok(vec![]));
    assert_eq!(times(&one_of, &by_one), Ok(vec![ONE_TIME]));
    assert_eq!(times(&all, &by_all), Ok(vec![ONE_TIME, TWO_TIME]));
    let wanting = |quorum: &str, cosigned: &[&str]| {
        let cosigned = cosigned.iter().map(|name| (*name).to_owned()).collect();
        Err(NotAccepted::Quorum { quorum: quorum.to_owned(), cosigned })
    };
    assert_eq!(times(&one_of, &signed), wanting("un", &[]));
    assert_eq!(times(&one_of, &note_of_eight(&[LOG_LINE, TWO_LINE])), wanting("un", &["deux"]));
    assert_eq!(times(&all, &by_one), wanting("tous", &["un"]));
    let sentence = times(&all, &by_one).unwrap_err().to_string();
    assert_eq!(sentence, "the quorum tous is not met; cosigned by: un");

    // A false line of a witness that the policy knows spoils the note, even where it is not asked for.
    let altered = note_of_eight(&[LOG_LINE, &ONE_LINE.replace("Q==", "g==")]);
    assert!(matches!(times(&none, &altered), Err(NotAccepted::FalseCosignature { .. })));
    // Signed by no log of the policy, or falsely.
    let unknown = Err(NotAccepted::UnknownLog { origin: LOG.to_owned() });
    assert_eq!(times(&none, &note_of_eight(&[ONE_LINE])), unknown);
    let forged = note_of_eight(&[&LOG_LINE.replace("P7Lifc", "P7Lifd")]);
    assert!(matches!(times(&none, &forged), Err(NotAccepted::Checkpoint(_))));
    // A log of the policy that signs in the name of another.
    let other = Signer::parse(ONE_SECRET).unwrap().sign(TEXT_OF_EIGHT).unwrap();
    assert_eq!(times(&none, &Note::parse(other.as_bytes()).unwrap()), unknown);
    // A policy of witnesses alone, for a log that is known.
    let witnesses = format!("witness un {ONE_KEY}\nquorum un\n");
    let witnesses = Policy::parse(witnesses.as_bytes()).unwrap();
    assert!(matches!(witnesses.check(&by_one), Err(NotAccepted::UnknownLog { .. })));
    assert_eq!(witnesses.check_of(&by_one, LOG, &log_key()).unwrap().cosigned.len(), 1);
    assert!(witnesses.check_of(&signed, LOG, &log_key()).is_err());
}

/// A tree of groups over witnesses, written as a file, and the same evaluated by its definition.
#[derive(Debug, Clone)]
enum Rule {
    Witness,
    Group(usize, Vec<Rule>),
}

fn rules() -> impl Strategy<Value = Rule> {
    Just(Rule::Witness).prop_recursive(4, 24, 4, |inner| {
        prop::collection::vec(inner, 1..5)
            .prop_flat_map(|members| (1..=members.len(), Just(members)))
            .prop_map(|(threshold, members)| Rule::Group(threshold, members))
    })
}

impl Rule {
    /// Writes the lines of the rule; its name.
    fn write(&self, file: &mut String, witnesses: &mut usize) -> String {
        match self {
            Rule::Witness => {
                *witnesses += 1;
                let key = Cosigner::from_seed("w", &[*witnesses as u8; 32]).unwrap();
                *file += &format!("witness w{witnesses} {}\n", key.key());
                format!("w{witnesses}")
            }
            Rule::Group(threshold, members) => {
                let names: Vec<String> = members.iter().map(|member| member.write(file, witnesses)).collect();
                let name = format!("g{}", file.lines().count());
                *file += &format!("group {name} {threshold} {}\n", names.join(" "));
                name
            }
        }
    }

    fn met(&self, set: u32, witnesses: &mut u32) -> bool {
        match self {
            Rule::Witness => {
                *witnesses += 1;
                set >> (*witnesses - 1) & 1 == 1
            }
            Rule::Group(threshold, members) => {
                let met: Vec<bool> = members.iter().map(|member| member.met(set, witnesses)).collect();
                met.into_iter().filter(|met| *met).count() >= *threshold
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn quorums_as_defined(rule in rules(), sets in prop::collection::vec(any::<u32>(), 32)) {
        let (mut file, mut witnesses) = (String::new(), 0);
        let name = rule.write(&mut file, &mut witnesses);
        file += &format!("quorum {name}\n");
        let policy = Policy::parse(file.as_bytes()).unwrap();
        prop_assert_eq!(Policy::parse(&policy.to_bytes()).unwrap(), policy.clone());
        for set in sets.into_iter().chain([0, u32::MAX]) {
            let met = policy.quorum_met(|place| set.checked_shr(place as u32).is_some_and(|bits| bits & 1 == 1));
            prop_assert_eq!(met, rule.met(set, &mut 0), "{:b} in\n{}", set, file);
        }
    }

    /// A file with any line taken out, doubled or moved is read as another policy or refused, never a panic.
    #[test]
    fn files_put_in_disorder(order in prop::collection::vec(0usize..16, 0..20)) {
        let example = example();
        let lines: Vec<&str> = example.lines().collect();
        let file: String = order.iter().map(|at| format!("{}\n", lines[at % lines.len()])).collect();
        match Policy::parse(file.as_bytes()) {
            Ok(policy) => prop_assert_eq!(Policy::parse(&policy.to_bytes()).unwrap(), policy),
            Err(error) => prop_assert!(error.line <= order.len().max(1)),
        }
    }
}
