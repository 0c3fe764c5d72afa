//! `toguna export`: files that officials can open.

use std::path::Path;

use toguna::instance::look;

use crate::cli::MatriceFormat;
use crate::ending::Ending;
use crate::progress::{bar, result_bytes};

/// The follow-up matrix is on standard output.
///
/// **Errors** no instance; the file cannot be read.
pub(crate) fn matrice(data: &Path, format: MatriceFormat) -> Result<(), Ending> {
    let reading = look(data, &mut bar("Reconstruction des tables"))?;
    let mut moved = bar("Lecture des recommandations");
    let rows = reading.shelf.read(|tx| recommendations::export::rows(tx, &mut moved))?;
    let bytes = match format {
        MatriceFormat::Csv => recommendations::export::csv(&rows),
        MatriceFormat::Xlsx => recommendations::export::xlsx(&rows)?,
    };
    result_bytes(&bytes)
}
