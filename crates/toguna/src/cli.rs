//! What may be typed. The names of commands and flags are fixed; later work adds to them.

use std::path::PathBuf;

use std::io::Write as _;

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use terms::Day;
use terms::instance::SuccessionGround;

use crate::ending::Ending;

/// Toguna : la mémoire publique de la société civile dans une réforme du secteur de la sécurité.
#[derive(Debug, Parser)]
#[command(name = "toguna", version, about, disable_help_subcommand = true, arg_required_else_help = false)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Crée ou ouvre l’instance de démonstration, affiche l’audit, puis sert le site.
    Demo {
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER", default_value = "toguna-data")]
        data: PathBuf,
        /// Port d’écoute sur 127.0.0.1.
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// S’arrête après l’audit.
        #[arg(long)]
        no_serve: bool,
    },
    /// Crée une instance vide à partir d’un pack.
    New {
        /// Dossier de la nouvelle instance.
        #[arg(value_name = "DOSSIER")]
        dir: PathBuf,
        /// Nom d’un pack livré (mali) ou dossier d’un pack.
        #[arg(long, value_name = "PACK")]
        pack: String,
    },
    /// Sert le site d’une instance.
    Serve(Serving),
    /// Tient un témoin : cosigne les points de contrôle d’autres registres (C2SP tlog-witness) et imprime sa clé.
    Witness {
        /// Dossier du témoin.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Port d’écoute.
        #[arg(long, default_value_t = 8790)]
        port: u16,
        /// Adresse d’écoute.
        #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
        listen: std::net::IpAddr,
        /// Nom du témoin, dans sa clé : son adresse sans https://.
        #[arg(long, value_name = "NOM")]
        name: Option<String>,
        /// Crée le témoin, et sa clé.
        #[arg(long)]
        new: bool,
    },
    /// Reprend un registre à partir d’une copie : prépare l’acte de succession, puis, signé par les gardiens, l’exécute.
    Promote {
        /// Dossier de la copie, sans clé.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Écrit l’acte à faire signer, et prépare la nouvelle clé.
        #[arg(long, value_name = "FICHIER", requires = "ground", conflicts_with = "succession")]
        prepare: Option<PathBuf>,
        /// Motif de la succession.
        #[arg(long, value_enum, value_name = "MOTIF")]
        ground: Option<Ground>,
        /// Acte signé par assez de gardiens.
        #[arg(long, value_name = "FICHIER", required_unless_present = "prepare")]
        succession: Option<PathBuf>,
        /// Nouvelle adresse du registre, dite dans l’acte.
        #[arg(long, value_name = "URL")]
        address: Option<String>,
    },
    /// Les gardiens de la succession : leurs clés, leurs signatures, hors ligne.
    #[command(arg_required_else_help = false)]
    Custodian {
        /// Quoi faire.
        #[command(subcommand)]
        what: CustodianWhat,
    },
    /// Les indicateurs.
    Audit {
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Jour auquel se placer (AAAA-MM-JJ) : ce qui était tenu et su ce jour-là.
        #[arg(long, value_name = "JOUR")]
        as_of: Option<Day>,
        /// Forme du résultat.
        #[arg(long, value_enum, default_value_t = AuditFormat::Table)]
        format: AuditFormat,
    },
    /// Importe un fichier.
    #[command(arg_required_else_help = false)]
    Import {
        /// Quoi importer.
        #[command(subcommand)]
        what: ImportWhat,
    },
    /// Exporte un fichier.
    #[command(arg_required_else_help = false)]
    Export {
        /// Quoi exporter.
        #[command(subcommand)]
        what: ExportWhat,
    },
    /// Refait les tables à partir du registre ; avec --check, les compare sans rien changer ; avec --from et --to, déplace l’instance.
    Replay {
        /// Rejoue le registre dans une base vide et compare, sans rien changer.
        #[arg(long)]
        check: bool,
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER", required_unless_present = "from")]
        data: Option<PathBuf>,
        /// Dossier de l’instance à déplacer ; elle n’y est plus ensuite.
        #[arg(long, value_name = "DOSSIER", requires = "to", conflicts_with_all = ["check", "data"])]
        from: Option<PathBuf>,
        /// Où la déplacer : un serveur PostgreSQL (postgres://…), la clé restant dans le dossier, ou un autre dossier.
        #[arg(long, value_name = "URL|DOSSIER", requires = "from")]
        to: Option<String>,
    },
    /// Vérifie, sans confiance en personne, que le registre est entier et signé, ou qu’une entrée y est.
    Verify {
        /// Dossier d’une instance, registre téléchargé (entrees.jsonl), fichier de preuve (.tlog-proof), ou adresse d’un site.
        #[arg(value_name = "DOSSIER|FICHIER|URL")]
        what: String,
        /// Politique de confiance (C2SP tlog-policy) : la clé du registre et les témoins qui sont exigés.
        #[arg(long, value_name = "FICHIER")]
        policy: Option<PathBuf>,
        /// Octets exacts de l’entrée, pour un fichier de preuve qui ne la porte pas.
        #[arg(long, value_name = "FICHIER")]
        entry: Option<PathBuf>,
    },
    /// Copie le registre d’un autre site, vérifie chaque pas, et le montre en lecture seule ; reprend où il s’est arrêté.
    Mirror {
        /// Adresse du site à copier.
        #[arg(value_name = "URL")]
        url: String,
        /// Dossier du miroir.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Sert aussi le site, en lecture seule.
        #[arg(long)]
        serve: bool,
        /// Port d’écoute.
        #[arg(long, default_value_t = 8788)]
        port: u16,
        /// Adresse d’écoute.
        #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
        listen: std::net::IpAddr,
        /// Secondes entre deux contacts.
        #[arg(long, value_name = "SECONDES", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..))]
        every: u64,
        /// Un seul contact, puis s’arrête.
        #[arg(long, conflicts_with = "serve")]
        once: bool,
    },
    /// Porte le registre et ses pièces publiques sur une clé (--to), ou de la clé dans un miroir (--from).
    #[command(group(clap::ArgGroup::new("way").required(true).args(["to", "from"])))]
    Carry {
        /// Dossier, sur la clé, où écrire.
        #[arg(long, value_name = "CLE")]
        to: Option<PathBuf>,
        /// Dossier, sur la clé, où lire.
        #[arg(long, value_name = "CLE")]
        from: Option<PathBuf>,
        /// Dossier de l’instance (avec --to), du miroir (avec --from).
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Première entrée à porter ; sans elle, tout.
        #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "from")]
        since: u64,
    },
    /// Écrit tout le site public en fichiers, qu’un serveur quelconque ou un navigateur seul montre.
    Publish {
        /// Dossier vide où écrire.
        #[arg(value_name = "DOSSIER")]
        dir: PathBuf,
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Adresse du site en service, vers laquelle mène ce qui le demande.
        #[arg(long, value_name = "URL")]
        address: Option<String>,
    },
    /// Explique une échéance, ligne à ligne.
    Due {
        /// Jour de remise (AAAA-MM-JJ).
        #[arg(long, value_name = "JOUR")]
        from: Day,
        /// Nom de l’horloge (ccsc, ccsr, national…).
        #[arg(long, value_name = "NOM")]
        rule: String,
        /// Dossier de l’instance ; sans lui, le pack livré.
        #[arg(long, value_name = "DOSSIER")]
        data: Option<PathBuf>,
        /// Forme du résultat.
        #[arg(long, value_enum, default_value_t = DueFormat::Text)]
        format: DueFormat,
    },
    /// Statistiques de survie d’un fichier CSV (duration,event[,group]), en JSON.
    Survival {
        /// Le fichier.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
    },
    /// Tire au sort, aussi équitablement que les quotas le permettent, et dit tout ce qu’il faut pour le refaire.
    Draw(Drawing),
    /// Crée un lien d’invitation pour une personne qui agira pour une organisation, une instance ou la maison.
    Invite {
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Pour qui : `gardien`, `instance:ID` ou `organisation:ID`.
        #[arg(long, value_name = "QUI")]
        behalf: String,
        /// Rôle : secretary, delegate, authority ou steward.
        #[arg(long, value_name = "ROLE", default_value = "secretary")]
        role: String,
    },
    /// Sauvegarde une instance dans un fichier, aussi pendant qu’elle est servie.
    Backup {
        /// Fichier à écrire ; il ne doit pas exister.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Destinataires age (age1…) : eux seuls pourront ouvrir la sauvegarde.
        #[arg(long, value_name = "DESTINATAIRE", num_args = 1..)]
        to_recipient: Vec<String>,
        /// Joint la clé de signature : qui ouvre la sauvegarde peut alors signer au nom du registre.
        #[arg(long)]
        with_key: bool,
    },
    /// Restaure une sauvegarde dans un nouveau dossier, après l’avoir contrôlée et vérifiée.
    Restore {
        /// Fichier de la sauvegarde.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dossier de l’instance à créer ; il ne doit rien contenir.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Fichier de la clé age, pour une sauvegarde chiffrée.
        #[arg(long, value_name = "FICHIER")]
        identity: Option<PathBuf>,
    },
    /// Dit où sont les fichiers joints et s’il en manque ; avec --to, les déplace dans un autre magasin.
    Attachments {
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Fichier qui décrit le magasin où les déplacer, comme pieces.toml ; il est ensuite noté dans le dossier.
        #[arg(long, value_name = "FICHIER")]
        to: Option<PathBuf>,
    },
    /// Retire une pièce (texte, nom, fichier) : la détruit, et le dit au registre pour toujours.
    Withdraw {
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Empreinte de la pièce, que montre la page de l’entrée.
        #[arg(long, value_name = "SHA256")]
        enclosure: String,
        /// Fondement : personne-exposee, danger, consentement-retire, decision-de-justice ou erreur.
        #[arg(long, value_name = "FONDEMENT")]
        ground: String,
        /// Qui a décidé : une fonction ou une organisation. Cela reste public.
        #[arg(long, value_name = "QUI")]
        decided_by: String,
        /// Sur l’ordre de qui, si on le sait. Cela reste public.
        #[arg(long, value_name = "QUI")]
        ordered_by: Option<String>,
    },
}

/// How a site is served.
#[derive(Debug, Args)]
pub(crate) struct Serving {
    /// Dossier de l’instance.
    #[arg(long, value_name = "DOSSIER", default_value = "toguna-data")]
    pub(crate) data: PathBuf,
    /// Serveur PostgreSQL où est sa base (postgres://…), s’il n’est pas noté dans le dossier : le dossier garde la clé.
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Port d’écoute.
    #[arg(long, default_value_t = 8787)]
    pub(crate) port: u16,
    /// Adresse d’écoute.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) listen: std::net::IpAddr,
    /// Adresse publique du site, imprimée dans les QR, les flux et les lettres.
    #[arg(long, value_name = "URL")]
    pub(crate) public_address: Option<String>,
    /// Comment joindre qui tient l’instance ; la page « À propos » le montre.
    #[arg(long, value_name = "TEXTE")]
    pub(crate) contact: Option<String>,
    /// Adresse IP d’un mandataire placé devant (répétable) : lui seul est cru sur l’adresse du visiteur, qui ne sert qu’à
    /// limiter la cadence, en mémoire.
    #[arg(long = "trusted-proxy", value_name = "IP")]
    pub(crate) proxies: Vec<std::net::IpAddr>,
    /// Politique (C2SP tlog-policy) qui nomme les témoins à solliciter et leurs adresses : « witness NOM CLÉ ADRESSE ».
    #[arg(long, value_name = "FICHIER")]
    pub(crate) witnesses: Option<PathBuf>,
    /// Secondes qui passent au moins entre deux demandes à un témoin, quand il y a du nouveau.
    #[arg(long, value_name = "SECONDES", default_value_t = 10)]
    pub(crate) witness_every: u64,
    /// Minutes sans réponse d’un témoin après lesquelles la page et le journal donnent l’alarme.
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    pub(crate) witness_silence: u64,
    /// Le registre a été repris ailleurs : ce site n’ouvre plus son instance et renvoie chaque page à cette adresse.
    #[arg(long, value_name = "URL")]
    pub(crate) moved_to: Option<String>,
}

/// A draw, or the verification of one.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Drawing {
    /// What else to do with a draw.
    #[command(subcommand)]
    pub(crate) what: Option<DrawWhat>,
    /// Fichier CSV des candidatures : une colonne id, une colonne par critère.
    #[arg(long, value_name = "FICHIER", required = true)]
    pub(crate) pool: Option<PathBuf>,
    /// Fichier CSV des quotas : feature,value,min,max ou category,feature,min,max.
    #[arg(long, value_name = "FICHIER", required = true)]
    pub(crate) quotas: Option<PathBuf>,
    /// Nombre de sièges.
    #[arg(long, value_name = "N", required = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) seats: Option<u32>,
    /// Graine publique, en hexadécimal ; sans elle, la loterie seule, à publier avant que la graine n’existe.
    #[arg(long, value_name = "HEX")]
    pub(crate) seed: Option<String>,
    /// Nom de la colonne des identifiants.
    #[arg(long, value_name = "COLONNE", default_value = "id")]
    pub(crate) id: String,
    /// Forme du résultat.
    #[arg(long, value_enum, default_value_t = DrawFormat::Text)]
    pub(crate) format: DrawFormat,
}

/// What else is done with a draw.
#[derive(Debug, Subcommand)]
pub(crate) enum DrawWhat {
    /// Vérifie une transcription : quotas, probabilités, preuve d’équité, et le tirage refait à partir de la graine.
    Verify {
        /// La transcription, telle que « toguna draw --format json » l’a écrite.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Empreinte de la loterie qui avait été publiée avant la graine.
        #[arg(long, value_name = "SHA256")]
        announced: Option<String>,
    },
    /// Choisit un secret pour la graine d’un tirage, et donne l’engagement à publier ; rien n’est écrit ni envoyé.
    Commit {
        /// Le nom de la partie, tel que la page de l’appel le donne (« organisation:… », « body:… »).
        #[arg(long, value_name = "NOM")]
        party: String,
        /// Un secret déjà choisi : 16 à 128 lettres minuscules et chiffres.
        #[arg(long, value_name = "SECRET")]
        secret: Option<String>,
    },
}

/// How a draw is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DrawFormat {
    /// For reading.
    Text,
    /// The transcript, as one JSON object.
    Json,
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportWhat {
    /// Des recommandations : matrice de suivi, EPU, ou une autre disposition connue, d’après l’en-tête.
    Recommendations {
        /// Le fichier CSV.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
    },
    /// Des organisations : un tableau CSV de colonnes quelconques, du Popolo ou des déclarations BODS 0.4.
    Organisations {
        /// Le fichier CSV ou JSON.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Ce que porte chaque colonne d’un tableau, dans l’ordre : nom, sigle, sorte, fondation, forme, siege, numero, faitiere, note, rien.
        /// Sans cela, d’après l’en-tête.
        #[arg(long, value_name = "COLONNES", value_delimiter = ',')]
        columns: Option<Vec<String>>,
        /// Sorte, là où le fichier n’en dit pas.
        #[arg(long, value_name = "SORTE")]
        kind: Option<String>,
        /// Registre qui a donné les numéros d’un tableau : un code d’org-id.guide, ou une adresse.
        #[arg(long, value_name = "REGISTRE")]
        scheme: Option<String>,
        /// Source que les inscriptions citeront, déjà au registre.
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
        /// Inscrit aussi celles qui ressemblent à une inscription.
        #[arg(long)]
        also_alike: bool,
        /// Dit ce qui serait fait, sans rien inscrire.
        #[arg(long)]
        dry_run: bool,
    },
    /// Des jours fériés, d’un calendrier iCalendar.
    Holidays {
        /// Le fichier .ics.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
    },
}

/// What a custodian does.
#[derive(Debug, Subcommand)]
pub(crate) enum CustodianWhat {
    /// Crée la clé d’un gardien et imprime sa moitié publique.
    New {
        /// Fichier de la clé.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Nom de l’organisation ou de l’office, comme une adresse : sans espace ni signe plus.
        #[arg(long, value_name = "NOM")]
        name: String,
    },
    /// Signe un acte de succession, à côté des signatures qui y sont.
    Sign {
        /// L’acte.
        #[arg(value_name = "ACTE")]
        statement: PathBuf,
        /// Clé du gardien.
        #[arg(long, value_name = "FICHIER")]
        key: PathBuf,
    },
}

/// Why a record is handed on.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Ground {
    /// The server is gone.
    #[value(name = "serveur-perdu")]
    ServerLost,
    /// The server was seized.
    #[value(name = "serveur-saisi")]
    ServerSeized,
    /// The keeper cannot go on.
    #[value(name = "gardien-empeche")]
    KeeperPrevented,
    /// The key may be in other hands.
    #[value(name = "cle-exposee")]
    KeyExposed,
    /// The keeper gave it over.
    #[value(name = "remise")]
    HandedOver,
}

impl From<Ground> for SuccessionGround {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::ServerLost => Self::ServerLost,
            Ground::ServerSeized => Self::ServerSeized,
            Ground::KeeperPrevented => Self::KeeperPrevented,
            Ground::KeyExposed => Self::KeyExposed,
            Ground::HandedOver => Self::HandedOver,
        }
    }
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportWhat {
    /// La matrice de suivi des recommandations.
    Matrice {
        /// Dossier de l’instance.
        #[arg(long, value_name = "DOSSIER")]
        data: PathBuf,
        /// Forme du résultat.
        #[arg(long, value_enum, default_value_t = MatriceFormat::Csv)]
        format: MatriceFormat,
    },
}

/// How the audit is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum AuditFormat {
    /// Tables in a terminal.
    Table,
    /// One JSON array.
    Json,
    /// CSV.
    Csv,
}

/// How the follow-up matrix is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum MatriceFormat {
    /// CSV.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

/// How a due day is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DueFormat {
    /// Sentences.
    Text,
    /// JSON.
    Json,
}

/// What was typed.
///
/// **Errors** what was typed is no command: refused, with what is.
pub(crate) fn parse() -> Result<Command, Ending> {
    match Cli::try_parse() {
        Ok(cli) => Ok(cli.command),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // The terminal that asked for help shows it; a closed pipe is no fault.
            let _ = std::io::stdout().write_all(help_fr(&error.render().to_string()).as_bytes());
            Err(Ending::Told)
        }
        Err(error) => Err(Ending::Refused(mistake_fr(&error))),
    }
}

/// The words that the parser itself puts around ours, and what they say in French.
const HELP_FR: [(&str, &str); 11] = [
    ("Usage:", "Usage :"),
    ("Commands:", "Commandes :"),
    ("Arguments:", "Arguments :"),
    ("Options:", "Options :"),
    ("<COMMAND>", "<COMMANDE>"),
    ("[COMMAND]", "[COMMANDE]"),
    (
        "Print this message or the help of the given subcommand(s)",
        "Affiche cette aide, ou celle de la commande nommée",
    ),
    ("Print help", "Affiche cette aide"),
    ("Print version", "Affiche la version"),
    ("[default: ", "[par défaut : "),
    ("[possible values: ", "[valeurs : "),
];

fn help_fr(help: &str) -> String {
    let help = HELP_FR.iter().fold(help.to_owned(), |help, (english, french)| help.replace(english, french));
    help.replace("Possible values:", "Valeurs :")
        .replace(" (see a summary with '-h')", "")
        .replace(" (see more with '--help')", "")
}

/// How the value of this argument is written.
fn written(argument: &str) -> &'static str {
    match argument.split(['<', '>']).nth(1) {
        Some("JOUR") => " : écrivez un jour du calendrier comme 2026-03-02 (année-mois-jour)",
        Some("PORT") => " : écrivez un nombre de 0 à 65535",
        Some("IP") => " : écrivez une adresse comme 127.0.0.1",
        _ => "",
    }
}

/// What was mistyped, in a sentence that names it, and where to read how it is typed.
fn mistake_fr(error: &clap::Error) -> String {
    let named = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("« {argument} » n’est pas attendu ici"),
        ErrorKind::InvalidSubcommand => {
            format!("« {} » n’est pas une commande", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "il manque la commande".into()
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("il manque la valeur de {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("« {value} » ne convient pas à {argument}{}", written(&argument))
        }
        ErrorKind::ArgumentConflict if named(ContextKind::PriorArg) == argument => {
            format!("{argument} est écrit deux fois")
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} ne va pas avec {}", named(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues => format!("{argument} ne prend pas de valeur : « {value} » est de trop"),
        _ => "commande incomprise".into(),
    };
    let instead = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::ValidValue,
        ContextKind::ValidSubcommand,
    ]
    .map(named)
    .into_iter()
    .find(|words| !words.is_empty())
    .map(|words| format!(" (possible : {words})"))
    .unwrap_or_default();
    format!("{what}{instead} ; « toguna --help » et « toguna COMMANDE --help » montrent ce qui se tape")
}
