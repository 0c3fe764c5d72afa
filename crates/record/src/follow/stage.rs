//! Bundles that were verified and wait for the rest of their checkpoint, with their enclosures, in one file beside the database.
//!
//! **Shape** eight bytes of mark, the size of the record that they continue, then for each bundle its index, its width, the number of
//! its bytes, that of its enclosures' bytes, and these. Numbers are big-endian. A frame that a cut left unfinished is dropped; every
//! other is verified again.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tlog::tile::{Bundle, MAX_BUNDLE_BYTES};

use crate::Fault;

/// The file's name.
const NAME: &str = "reprise";

/// How the file begins.
const MARK: &[u8; 8] = b"toguna2\n";

/// Bytes before the first frame.
const HEAD: u64 = 16;

/// Bytes before a frame's own.
const FRAME: usize = 22;

/// What is done with each bundle that waits, and with its enclosures.
type Each<'a, T> = dyn FnMut(Bundle, &[u8], &[u8]) -> Result<T, Fault> + 'a;

/// What waits.
pub(super) struct Stage {
    path: PathBuf,
    file: BufWriter<File>,
    /// Bytes of the head and of every sound frame.
    sound: u64,
}

impl Stage {
    /// What waits in the folder to continue a record of this size; nothing, where the file continues another.
    pub(super) fn open(folder: &Path, here: u64) -> Result<Self, Fault> {
        let path = folder.join(NAME);
        let refused = |error: std::io::Error| Fault::file(&path, &error);
        let mut options = OpenOptions::new();
        let mut file =
            options.create(true).truncate(false).read(true).write(true).open(&path).map_err(refused)?;
        let mut head = [0; HEAD as usize];
        let mut wanted = [0; HEAD as usize];
        wanted[..8].copy_from_slice(MARK);
        wanted[8..].copy_from_slice(&here.to_be_bytes());
        if file.read_exact(&mut head).is_err() || head != wanted {
            file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).map_err(refused)?;
            file.write_all(&wanted).map_err(refused)?;
        }
        Ok(Self { file: BufWriter::new(file), path: path.clone(), sound: HEAD })
    }

    fn refused(&self, error: &std::io::Error) -> Fault {
        Fault::file(&self.path, error)
    }

    /// `holds` has been asked of every bundle that waits, in order; from the first that does not hold on, nothing waits.
    pub(super) fn resume(
        &mut self,
        mut holds: impl FnMut(Bundle, &[u8], &[u8]) -> bool,
    ) -> Result<(), Fault> {
        self.file.flush().map_err(|error| Fault::file(&self.path, &error))?;
        let mut sound = HEAD;
        self.frames(u64::MAX, &mut |bundle, bytes, pieces| {
            let held = holds(bundle, bytes, pieces);
            if held {
                sound += (FRAME + bytes.len() + pieces.len()) as u64;
            }
            Ok(held)
        })?;
        self.sound = sound;
        let cut = self.file.get_ref().set_len(sound);
        cut.and_then(|()| self.file.seek(SeekFrom::Start(sound)).map(drop))
            .map_err(|error| self.refused(&error))
    }

    /// `each` has been called with every bundle that waits, in order.
    pub(super) fn each(&mut self, each: &mut Each<'_, ()>) -> Result<(), Fault> {
        self.file.flush().map_err(|error| Fault::file(&self.path, &error))?;
        self.frames(self.sound, &mut |bundle, bytes, pieces| each(bundle, bytes, pieces).map(|()| true))
    }

    fn frames(&mut self, until: u64, each: &mut Each<'_, bool>) -> Result<(), Fault> {
        let refused = |error: std::io::Error| Fault::file(&self.path, &error);
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(HEAD)).map_err(refused)?;
        let mut reader = BufReader::with_capacity(1 << 18, &*file).take(until.saturating_sub(HEAD));
        let mut head = [0; FRAME];
        let (mut bytes, mut pieces) = (Vec::new(), Vec::new());
        while reader.read_exact(&mut head).is_ok() {
            let (index, rest) = head.split_at(8);
            let (width, rest) = rest.split_at(2);
            let (many, more) = rest.split_at(4);
            let index = u64::from_be_bytes(index.try_into().unwrap_or_default());
            let width = u16::from_be_bytes(width.try_into().unwrap_or_default());
            let many = u32::from_be_bytes(many.try_into().unwrap_or_default()) as usize;
            let more = u64::from_be_bytes(more.try_into().unwrap_or_default());
            let Ok(bundle) = Bundle::new(index, width) else { break };
            if many > MAX_BUNDLE_BYTES {
                break;
            }
            bytes.resize(many, 0);
            if reader.read_exact(&mut bytes).is_err() {
                break;
            }
            pieces.clear();
            // What a false length announces is not allocated before it is there.
            let read = (&mut reader).take(more).read_to_end(&mut pieces);
            if read.is_err() || pieces.len() as u64 != more || !each(bundle, &bytes, &pieces)? {
                break;
            }
        }
        Ok(())
    }

    /// The bundle waits, with its enclosures.
    pub(super) fn push(&mut self, bundle: Bundle, bytes: &[u8], pieces: &[u8]) -> Result<(), Fault> {
        let mut head = Vec::with_capacity(FRAME);
        head.extend_from_slice(&bundle.index().to_be_bytes());
        head.extend_from_slice(&bundle.width().to_be_bytes());
        head.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
        head.extend_from_slice(&(pieces.len() as u64).to_be_bytes());
        let written = [&head, bytes, pieces].into_iter().try_for_each(|part| self.file.write_all(part));
        self.sound += (FRAME + bytes.len() + pieces.len()) as u64;
        written.map_err(|error| self.refused(&error))
    }

    /// What waits is on the disk.
    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        flushed.map_err(|error| self.refused(&error))
    }

    /// Nothing waits any more; where something was withdrawn, what the file held is overwritten first.
    pub(super) fn remove(mut self, withdrew: bool) -> Result<(), Fault> {
        if withdrew {
            let long = self.sound;
            let file = self.file.get_mut();
            let overwritten = file
                .seek(SeekFrom::Start(0))
                .and_then(|_| std::io::copy(&mut std::io::repeat(0).take(long), file))
                .and_then(|_| file.sync_data());
            overwritten.map_err(|error| self.refused(&error))?;
        }
        std::fs::remove_file(&self.path).map_err(|error| self.refused(&error))
    }
}

/// Nothing waits in the folder.
pub(super) fn forget(folder: &Path) -> Result<(), Fault> {
    let path = folder.join(NAME);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::file(&path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(folder: &Path, here: u64) -> Vec<(u64, Vec<u8>, Vec<u8>)> {
        let mut stage = Stage::open(folder, here).unwrap();
        let mut found = Vec::new();
        stage
            .resume(|bundle, bytes, pieces| {
                found.push((bundle.index(), bytes.to_vec(), pieces.to_vec()));
                true
            })
            .unwrap();
        found
    }

    #[test]
    fn a_cut_at_any_byte_costs_the_frame_that_it_cut_and_no_other() {
        let home = tempfile::tempdir().unwrap();
        let mut stage = Stage::open(home.path(), 7).unwrap();
        let frames: Vec<(u64, Vec<u8>, Vec<u8>)> =
            (0..4).map(|n| (n, vec![n as u8; 5 + n as usize], vec![7; n as usize])).collect();
        for (index, bytes, pieces) in &frames {
            stage.push(Bundle::new(*index, 256).unwrap(), bytes, pieces).unwrap();
        }
        stage.flush().unwrap();
        let whole = std::fs::read(home.path().join(NAME)).unwrap();
        let mut ends: Vec<usize> = vec![HEAD as usize];
        ends.extend(frames.iter().scan(HEAD as usize, |end, (_, bytes, pieces)| {
            *end += FRAME + bytes.len() + pieces.len();
            Some(*end)
        }));
        for cut in 0..=whole.len() {
            std::fs::write(home.path().join(NAME), &whole[..cut]).unwrap();
            let kept = ends[1..].iter().filter(|end| **end <= cut).count();
            assert_eq!(waiting(home.path(), 7), frames[..kept], "cut at {cut}");
            // What is pushed after a cut stands where the cut frame stood.
            let mut stage = Stage::open(home.path(), 7).unwrap();
            stage.resume(|_, _, _| true).unwrap();
            stage.push(Bundle::new(9, 1).unwrap(), b"apres", b"piece").unwrap();
            stage.flush().unwrap();
            assert_eq!(waiting(home.path(), 7).last().unwrap().1, b"apres");
        }
        std::fs::write(home.path().join(NAME), &whole).unwrap();
        assert_eq!(waiting(home.path(), 8), [], "what continues another size is dropped");
        std::fs::write(home.path().join(NAME), &whole).unwrap();
        let mut stage = Stage::open(home.path(), 7).unwrap();
        stage.resume(|bundle, _, _| bundle.index() < 2).unwrap();
        drop(stage);
        assert_eq!(
            waiting(home.path(), 7),
            frames[..2],
            "from the first that does not hold on, nothing waits"
        );
    }
}
