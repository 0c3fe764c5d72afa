//! Faults: what only the operator can mend. Every sentence says what to do.

/// Something the person cannot mend. Nothing of the act is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The disk has no room left.
    #[error(
        "le disque est plein : libérez de la place, puis recommencez. Rien n’a été écrit à moitié, la lecture continue"
    )]
    Full,
    /// The file cannot be written.
    #[error(
        "le fichier de données n’est pas accessible en lecture et en écriture : {0}. Vérifiez les droits du dossier"
    )]
    ReadOnly(String),
    /// The database file is damaged.
    #[error(
        "le fichier de données est endommagé ({0}). Ne l’effacez pas : copiez tout le dossier à part, puis refaites les tables \
         avec « toguna replay --data DOSSIER » ; si le registre lui-même est touché, cette commande le refuse : remettez \
         alors à sa place la dernière sauvegarde que « toguna verify DOSSIER » dit entière"
    )]
    Damaged(String),
    /// Another process holds the data.
    #[error("un autre processus utilise déjà « {0} » : arrêtez-le, ou indiquez un autre dossier avec --data")]
    Held(String),
    /// The database was written by a newer version.
    #[error(
        "les données viennent d’une version plus récente (format {found}, celle-ci lit jusqu’à {known}) : mettez toguna à jour"
    )]
    Newer {
        /// Format found.
        found: i64,
        /// Newest format this version reads.
        known: i64,
    },
    /// There is no instance here.
    #[error("il n’y a pas d’instance dans « {0} » : créez-la avec « toguna new {0} --pack mali »")]
    Absent(String),
    /// The instance was moved away from here.
    #[error("l’instance qui était ici a été déplacée : servez-la là où elle est maintenant")]
    Moved,
    /// The record cannot be handed on so; why, in a sentence.
    #[error("{0}")]
    Succession(String),
    /// There is an instance here already.
    #[error("« {0} » contient déjà une instance")]
    Present(String),
    /// Something else than an instance is there.
    #[error("« {0} » existe et n’est pas un dossier vide : choisissez-en un autre")]
    Occupied(String),
    /// The signing key is missing or is another record's.
    #[error("la clé du registre est absente ou n’est pas celle de ce registre : {0}")]
    Key(String),
    /// An entry over the size, or unreadable.
    #[error(transparent)]
    Entry(#[from] terms::EntryFault),
    /// The database server does not answer.
    #[error(
        "le serveur de base de données ne répond pas : {0}. Vérifiez qu’il tourne et l’adresse donnée à --database"
    )]
    Unreachable(String),
    /// Any other answer of the database.
    #[error("la base de données a répondu : {0}")]
    Database(String),
    /// A table does not hold what its writer put there.
    #[error("valeur inattendue dans une table : {0}")]
    Value(String),
    /// The system refused a file.
    #[error("{0}")]
    File(String),
    /// An earlier day is asked for while another is being replayed; so many hundredths of that are done.
    #[error("un autre jour passé est en cours de relecture ({0} %) : redemandez dans un instant")]
    Replaying(u8),
    /// The instance is a mirror.
    #[error("ceci est un miroir : rien ne s’y écrit, les actes se font à l’adresse d’origine")]
    Mirror,
    /// An enclosure is neither here nor withdrawn.
    #[error("{0} : elle manque, sans qu’une entrée l’ait retirée")]
    Missing(String),
    /// The first copy of a mirror is not finished.
    #[error(
        "la première copie de ce miroir n’est pas finie : il n’y a encore rien à vérifier ni à montrer. Reprenez-la où elle s’est \
         arrêtée : « toguna mirror ADRESSE --data DOSSIER », ou « toguna carry --from CLE --data DOSSIER »"
    )]
    Unfinished,
    /// The store of files does not answer, or refuses.
    #[error(
        "le magasin des pièces jointes n’est pas accessible ({0}). Rien n’a été écrit à moitié, le reste du site se lit : vérifiez \
         le serveur et le fichier pieces.toml"
    )]
    Store(String),
    /// The store of files is another instance's, or not the one in which this instance's files are.
    #[error(
        "le magasin des pièces jointes ({0}) n’est pas celui de cette instance. Dans un dossier neuf, ou sur un second serveur de la \
         même base, indiquez dans pieces.toml le magasin où sont ses fichiers ; pour les déplacer : « toguna attachments »"
    )]
    OtherStore(String),
    /// The bytes of a file cannot be had although the store answers.
    #[error(
        "le fichier de la pièce {sha256} {lost}. Le registre garde son empreinte : remettez le fichier à sa place à partir d’une \
         sauvegarde, ou retirez la pièce avec « toguna withdraw »"
    )]
    Lost {
        /// Which.
        sha256: terms::Commitment,
        /// Why.
        lost: crate::store::Lost,
    },
    /// The writer has stopped.
    #[error("l’écriture est arrêtée : redémarrez toguna")]
    Stopped,
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(error.to_string())
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::damaged(&error.to_string()),
            Some(ErrorCode::SystemIoFailure) => {
                Self::File(format!("le disque a refusé une opération : {error}"))
            }
            _ => Self::Database(error.to_string()),
        }
    }
}

impl From<postgres::Error> for Fault {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        match error.code() {
            Some(&SqlState::DISK_FULL) => Self::Full,
            Some(&SqlState::READ_ONLY_SQL_TRANSACTION | &SqlState::INSUFFICIENT_PRIVILEGE) => {
                Self::ReadOnly(error.to_string())
            }
            Some(&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN | &SqlState::CANNOT_CONNECT_NOW) => {
                Self::Unreachable(error.to_string())
            }
            None if error.is_closed() => Self::Unreachable(error.to_string()),
            _ => match error.as_db_error() {
                Some(refused) => Self::Database(refused.message().to_owned()),
                None => Self::Database(error.to_string()),
            },
        }
    }
}

impl Fault {
    /// A damaged database file, with what the database says of it on one line.
    pub(crate) fn damaged(why: &str) -> Self {
        Self::Damaged(why.lines().map(str::trim).collect::<Vec<_>>().join(" "))
    }

    /// A fault of the file system, with the path that the system refused.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                Self::ReadOnly(format!("{} ({error})", path.display()))
            }
            _ => Self::File(format!("{} : {error}", path.display())),
        }
    }
}
