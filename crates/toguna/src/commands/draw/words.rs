//! What a draw says to people.

use std::fmt::Write as _;

use sortition::{Counted, Failure, Fault, Hint, Refusal, Table, Transcript, Trouble, Unverified, Verified};

use crate::ending::Ending;

fn table(table: Table) -> &'static str {
    match table {
        Table::Pool => "candidatures",
        Table::Quotas => "quotas",
    }
}

/// A refusal, with what to do.
pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotText { table: of, line } => format!(
            "{}, ligne {line} : le fichier n’est pas en UTF-8 ; dans le tableur, enregistrez-le sous « CSV UTF-8 »",
            table(*of)
        ),
        Refusal::NoColumn { table: Table::Pool, column } if column == "id" => {
            "candidatures, ligne 1 : il manque la colonne « id » ; si elle a un autre nom, dites-le par --id NOM".into()
        }
        Refusal::NoColumn { table: of, column } => {
            let (of, where_from) = (table(*of), match of {
                Table::Pool => ", dont parlent les quotas",
                Table::Quotas => " ; l’en-tête attendu est feature,value,min,max ou category,feature,min,max",
            });
            format!("{of}, ligne 1 : il manque la colonne « {column} »{where_from}")
        }
        Refusal::SameColumn { table: of, column } => {
            format!("{}, ligne 1 : deux colonnes s’appellent « {column} » ; renommez-en une", table(*of))
        }
        Refusal::Cells { table: of, line, cells, columns } => format!(
            "{}, ligne {line} : {cells} cellules, l’en-tête en a {columns} ; un texte qui contient une virgule se met entre guillemets",
            table(*of)
        ),
        Refusal::Empty { table: of, line, column } => {
            format!("{}, ligne {line} : « {column} » est vide ; remplissez-le, un inconnu se dit par un mot", table(*of))
        }
        Refusal::NoRow { table: of } => format!("{} : le fichier n’a aucune ligne", table(*of)),
        Refusal::TooLong { table: of, line, column } => {
            format!("{}, ligne {line} : « {column} » dépasse {} octets", table(*of), sortition::TEXT_MAX)
        }
        Refusal::TooMany { table: of, what, most } => {
            let what = match what {
                Counted::People => "candidatures",
                Counted::Features => "critères",
                Counted::Values => "valeurs",
                Counted::Types => "types de candidatures ; retirez un critère",
            };
            format!("{} : plus de {most} {what}", table(*of))
        }
        Refusal::SameId { line, first, id } => format!(
            "candidatures, ligne {line} : l’identifiant « {id} » est déjà à la ligne {first} ; chacun n’a qu’une candidature"
        ),
        Refusal::NoQuota { line, feature, value } => format!(
            "candidatures, ligne {line} : « {value} » ({feature}) n’a pas de quota ; corrigez la valeur, ou ajoutez aux quotas une \
             ligne de 0 au nombre de sièges"
        ),
        other => of_quotas_or_seed(other),
    }
}

fn of_quotas_or_seed(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoNumber { line, column, text } => {
            format!(
                "quotas, ligne {line} : « {text} » ({column}) n’est pas un nombre entier, de 0 à {}",
                sortition::PEOPLE_MAX
            )
        }
        Refusal::Upside { line, min, max } => {
            format!(
                "quotas, ligne {line} : le minimum {min} dépasse le maximum {max} ; corrigez l’un des deux"
            )
        }
        Refusal::SameQuota { line, first, feature, value } => format!(
            "quotas, ligne {line} : « {value} » ({feature}) a déjà un quota à la ligne {first} ; gardez l’un des deux"
        ),
        Refusal::NoSeat => "il faut au moins un siège".into(),
        Refusal::Seed => format!(
            "la graine n’est pas un nombre hexadécimal de {} à {} octets (deux chiffres de 0 à f par octet)",
            sortition::SEED_MIN,
            sortition::SEED_MAX
        ),
        Refusal::Reveal { party } => format!(
            "ce que « {party} » révèle n’est pas ce à quoi il s’était engagé ; demandez-lui le secret exact, sinon annoncez un nouveau \
             tirage"
        ),
        Refusal::NotRevealed { party } => format!(
            "« {party} » n’a pas révélé son secret ; demandez-le-lui, sinon annoncez un nouveau tirage"
        ),
        Refusal::NotCommitted { party } => {
            format!("« {party} » révèle un secret sans s’être engagé avant ; retirez-le, il ne compte pas")
        }
        Refusal::SameParty { party } => {
            format!("« {party} » s’est engagé deux fois ; gardez le premier engagement")
        }
        Refusal::NoParty => "personne ne s’est engagé à un secret : il en faut au moins un".into(),
        Refusal::ShortSecret { party } => format!(
            "le secret de « {party} » est trop court pour rester secret : au moins {} octets",
            sortition::SECRET_MIN
        ),
        Refusal::NoEvent => "l’événement public doit avoir un nom et une issue".into(),
        other => other.to_string(),
    }
}

/// Why there is no lottery.
pub(super) fn failure(failure: &Failure) -> Ending {
    match failure {
        Failure::Refusal(why) => Ending::Refused(refusal(why)),
        Failure::Trouble(Trouble::TooHard) => Ending::Refused(
            "ces quotas s’enchevêtrent trop pour être résolus : retirez un critère, ou élargissez des quotas"
                .into(),
        ),
        Failure::Trouble(why) => Ending::Fault(format!("le calcul n’a pas abouti : {why}")),
    }
}

/// What to relax, in a sentence.
pub(super) fn hint(hint: &Hint) -> String {
    match hint {
        Hint::Min { feature, value, from, to } => {
            format!("ramenez le minimum de « {value} » ({feature}) de {from} à {to}")
        }
        Hint::Max { feature, value, from, to } => {
            format!("portez le maximum de « {value} » ({feature}) de {from} à {to}")
        }
        Hint::Seats { from, to } => {
            format!("ramenez le nombre de sièges de {from} à {to} : il n’y a pas plus de candidatures")
        }
    }
}

/// That no panel exists, and what would change it.
pub(super) fn infeasible(transcript: &Transcript) -> String {
    let mut text = String::from(
        "aucune composition ne respecte tous les quotas. Le plus petit changement qui en permet une :",
    );
    for each in &transcript.hints {
        let _ = write!(text, "\n  - {}", hint(each));
    }
    text
}

fn percent(share: f64) -> String {
    format!("{:.2} %", 100.0 * share).replace('.', ",")
}

/// The draw for reading.
pub(super) fn text(transcript: &Transcript) -> String {
    let mut text = String::new();
    let shares = || transcript.probabilities.values().copied();
    let (least, most) = (shares().fold(1.0, f64::min), shares().fold(0.0, f64::max));
    let _ =
        writeln!(text, "Sièges : {} ; candidatures : {}", transcript.seats, transcript.probabilities.len());
    let _ = writeln!(text, "Probabilité d’être tiré : de {} à {}", percent(least), percent(most));
    let _ = writeln!(text, "Empreinte des candidatures : {}", transcript.pool_sha256);
    let _ = writeln!(text, "Empreinte des quotas : {}", transcript.quotas_sha256);
    let _ = writeln!(text, "Empreinte de la loterie : {}", transcript.lottery_sha256);
    if let Some(seed) = &transcript.seed {
        let _ = writeln!(text, "Graine : {seed}");
        let _ = writeln!(text, "\nSont tirés :");
        for id in &transcript.panel {
            let share = transcript.probabilities.get(id).copied().unwrap_or_default();
            let _ = writeln!(text, "  {id} ({})", percent(share));
        }
        let _ = writeln!(
            text,
            "\nOrdre de remplacement (le premier avec qui tous les quotas sont de nouveau respectés) :"
        );
        for (place, id) in (1..).zip(&transcript.alternates) {
            let _ = writeln!(text, "  {place}. {id}");
        }
    }
    text
}

/// That a transcript holds.
pub(super) fn verified(transcript: &Transcript, verified: Verified) -> String {
    let mut text = String::new();
    if !transcript.feasible {
        return "La transcription est exacte : aucune composition ne respecte ces quotas.\n".into();
    }
    let least = transcript.min_probability.unwrap_or_default();
    let _ = writeln!(
        text,
        "La transcription est exacte : {} sièges, {} candidatures, {} compositions possibles ; personne n’a moins de {} de chances, et \
         aucune loterie ne donne davantage à qui en a le moins.",
        transcript.seats,
        transcript.probabilities.len(),
        transcript.portfolio.len(),
        percent(least)
    );
    let _ = writeln!(
        text,
        "{}",
        if verified.same_lottery {
            "La loterie refaite à partir des candidatures et des quotas est la même."
        } else {
            "La loterie n’est pas celle que ce programme calcule, mais elle avait été annoncée et elle est aussi équitable."
        }
    );
    let _ = writeln!(
        text,
        "{}",
        if verified.drawn {
            "La graine donne bien ces personnes, et cet ordre de remplacement."
        } else {
            "Aucune graine n’y est : personne n’est encore tiré."
        }
    );
    let _ = writeln!(text, "Empreinte de la loterie : {}", transcript.lottery_sha256);
    text
}

/// Why a transcript does not hold.
pub(super) fn unverified(why: &Unverified) -> Ending {
    let fault = match why {
        Unverified::Failure(why) => return failure(why),
        Unverified::Fault(fault) => fault,
    };
    let what = match fault {
        Fault::Algorithm { found } => {
            return Ending::Refused(format!(
                "cette transcription est d’un autre algorithme (« {found} ») ; prenez la version de toguna qui l’a écrite"
            ));
        }
        Fault::Tables => "les candidatures ou les quotas n’y sont pas en ordre".into(),
        Fault::PoolDigest => "l’empreinte des candidatures n’est pas la leur".into(),
        Fault::QuotasDigest => "l’empreinte des quotas n’est pas la leur".into(),
        Fault::LotteryDigest => "l’empreinte de la loterie n’est pas la sienne".into(),
        Fault::Panel { panel } => format!("la composition {panel} ne respecte pas les quotas"),
        Fault::Weights => "les poids des compositions ne font pas le tout".into(),
        Fault::Probability { id } if id.is_empty() => {
            "la plus petite probabilité n’est pas celle qui est dite".into()
        }
        Fault::Probability { id } => {
            format!("la probabilité de « {id} » n’est pas celle que donnent les compositions")
        }
        Fault::Proof { level } => format!("la preuve d’équité ne tient pas au degré {level}"),
        Fault::Cut { cut } => format!("une composition dépasse la borne {cut} de la preuve"),
        Fault::Draw => "la graine donne un autre tirage".into(),
        Fault::Feasible => "elle dit qu’aucune composition n’existe, ou en donne, à tort".into(),
        Fault::Hints => "les assouplissements dits ne sont pas ceux qu’il faut".into(),
    };
    Ending::Refused(format!("la transcription est fausse : {what}. Ne vous fiez pas à ce tirage."))
}

/// That the lottery is not the one announced.
pub(super) fn not_announced(transcript: &Transcript) -> String {
    format!(
        "la loterie n’est pas celle qui avait été annoncée : son empreinte est {}. Ne vous fiez pas à ce tirage.",
        transcript.lottery_sha256
    )
}

/// That the lottery is fair but another than this program makes.
pub(super) fn another_lottery(transcript: &Transcript) -> String {
    format!(
        "la transcription est exacte, mais la loterie n’est pas celle que ce programme calcule : qui l’a faite a pu choisir. Elle ne vaut \
         que si son empreinte ({}) était publique avant la graine ; si vous avez cette annonce, donnez-la par --announced.",
        transcript.lottery_sha256
    )
}
