//! `toguna export`: files that officials can open.

use std::path::Path;

use toguna::instance::look;

use crate::cli::MatriceFormat;
use crate::ending::Ending;
use crate::progress::bar;

/// The follow-up matrix is on standard output.
///
/// **Errors** no instance; the file cannot be read.
pub(crate) fn matrice(data: &Path, format: MatriceFormat) -> Result<(), Ending> {
    let reading = look(data, &mut bar("Reconstruction des tables"))?;
    let rows = reading.shelf.read(recommendations::export::rows)?;
    let bytes = match format {
        MatriceFormat::Csv => recommendations::export::csv(&rows),
        MatriceFormat::Xlsx => recommendations::export::xlsx(&rows)?,
    };
    use std::io::Write;
    match std::io::stdout().lock().write_all(&bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Ending::Fault(error.to_string())),
        _ => Ok(()),
    }
}
